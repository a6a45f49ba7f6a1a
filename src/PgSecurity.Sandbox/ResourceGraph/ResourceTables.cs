using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using PgSecurity.Sandbox.Estate;

namespace PgSecurity.Sandbox.ResourceGraph;

/// <summary>
/// The rows of Resource Graph's tables. It has tracked resources and a few others, not all that ARM has: no server
/// parameters, firewall rules, locks or diagnostic settings.
/// </summary>
internal static class ResourceTables
{
    private static readonly Dictionary<string, string[]> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        ["resources"] = new[]
        {
            KnownTypes.Server, "Microsoft.KeyVault/vaults", "Microsoft.KeyVault/managedHSMs", "Microsoft.Network/privateEndpoints",
            "Microsoft.Network/virtualNetworks", "Microsoft.Network/privateDnsZones", "Microsoft.OperationalInsights/workspaces",
            "Microsoft.Insights/activityLogAlerts", "Microsoft.Insights/actionGroups", "Microsoft.Insights/metricAlerts",
            "Microsoft.ManagedIdentity/userAssignedIdentities", "Microsoft.DataProtection/backupVaults", "Microsoft.DBforPostgreSQL/servers",
        },
        ["resourcecontainers"] = new[] { "Microsoft.Resources/resourceGroups" },
        ["authorizationresources"] = new[] { "Microsoft.Authorization/roleAssignments", "Microsoft.Authorization/roleDefinitions" },
        ["securityresources"] = new[] { "Microsoft.Security/pricings" },
        ["policyresources"] = new[] { "Microsoft.Authorization/policyAssignments" },
        ["recoveryservicesresources"] = new[] { "Microsoft.DataProtection/backupVaults/backupInstances" },
    };

    /// <summary>Whether there is such a table.</summary>
    internal static bool Has(string table) => Types.ContainsKey(table);

    /// <summary>The types in a table.</summary>
    internal static IEnumerable<string> TypesOf(string table) => Types[table];

    /// <summary>The rows of a table in some subscriptions; those above subscriptions are in all of them.</summary>
    internal static IEnumerable<JsonObject> Rows(Exchange exchange, string table, IReadOnlyCollection<string> subscriptions)
    {
        IEnumerable<JsonObject> rows = Types[table]
            .SelectMany(type => exchange.Estate.OfType(type))
            .Where(resource => ArmPath.Parse(resource.Id).Subscription is not string owner || subscriptions.Contains(owner, StringComparer.OrdinalIgnoreCase))
            .Select(resource => Row(exchange, resource));
        return ArmPath.Same(table, "resourcecontainers")
            ? rows.Concat(subscriptions.Where(exchange.Estate.HasSubscription).Select(id => Subscription(exchange, id)))
            : rows;
    }

    private static JsonObject Row(Exchange exchange, EstateResource resource)
    {
        JsonObject body = resource.Body;
        ArmPath path = ArmPath.Parse(resource.Id);
        return new JsonObject
        {
            ["id"] = resource.Id,
            ["name"] = resource.Name,
            ["type"] = ArmPath.Same(resource.Type, "Microsoft.Resources/resourceGroups")
                ? "microsoft.resources/subscriptions/resourcegroups"
                : resource.Type.ToLowerInvariant(),
            ["tenantId"] = exchange.Options.TenantId,
            ["kind"] = body.Text("kind") ?? string.Empty,
            ["location"] = Locations.Code(body.Text("location") ?? string.Empty),
            ["resourceGroup"] = path.ResourceGroup?.ToLowerInvariant() ?? string.Empty,
            ["subscriptionId"] = path.Subscription ?? string.Empty,
            ["managedBy"] = body.Text("managedBy") ?? string.Empty,
            ["sku"] = body.Find("sku")?.DeepClone(),
            ["plan"] = null,
            ["properties"] = body.Find("properties")?.DeepClone(),
            ["tags"] = body.Find("tags")?.DeepClone(),
            ["identity"] = body.Find("identity")?.DeepClone(),
            ["zones"] = null,
            ["extendedLocation"] = null,
        };
    }

    private static JsonObject Subscription(Exchange exchange, string id) => new()
    {
        ["id"] = "/subscriptions/" + id,
        ["name"] = "Sandbox " + id.Substring(0, Math.Min(8, id.Length)),
        ["type"] = "microsoft.resources/subscriptions",
        ["tenantId"] = exchange.Options.TenantId,
        ["kind"] = string.Empty,
        ["location"] = string.Empty,
        ["resourceGroup"] = string.Empty,
        ["subscriptionId"] = id,
        ["managedBy"] = string.Empty,
        ["sku"] = null,
        ["plan"] = null,
        ["properties"] = new JsonObject { ["state"] = "Enabled" },
        ["tags"] = null,
        ["identity"] = null,
        ["zones"] = null,
        ["extendedLocation"] = null,
    };
}
