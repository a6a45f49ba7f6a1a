using System;
using System.Linq;
using System.Text.Json.Nodes;
using PgSecurity.Sandbox.Estate;

namespace PgSecurity.Sandbox.Related;

/// <summary>A type of <see cref="PlainResources"/>: how its answers look.</summary>
/// <param name="Name">The full type in its service's spelling.</param>
/// <param name="Shape">Makes the body from what was sent, and what was there before.</param>
/// <param name="CreateStatus">The status of a PUT that makes one; of one that changes one it is 200.</param>
/// <param name="Pause">The pause of its operations in seconds; 0 where it is written at once.</param>
/// <param name="GivesLocation">Whether a PUT that makes one has a Location header.</param>
/// <param name="HidesResult">Whether a PUT answers 202 without a body.</param>
/// <param name="Made">What else a PUT does.</param>
internal sealed record PlainType(
    string Name,
    Func<Exchange, JsonObject, JsonObject?, JsonObject> Shape,
    int CreateStatus = 201,
    int Pause = 0,
    bool GivesLocation = false,
    bool HidesResult = false,
    Action<Exchange, EstateResource>? Made = null)
{
    internal static readonly PlainType[] All =
    {
        new("Microsoft.ManagedIdentity/userAssignedIdentities", Identity, GivesLocation: true),
        new("Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials", Simple, GivesLocation: true),
        new("Microsoft.Network/virtualNetworks", VirtualNetwork, Pause: 3, Made: Subnets),
        new("Microsoft.Network/virtualNetworks/subnets", Subnet, Pause: 3, Made: SubnetShape.ShowInNetwork),
        new("Microsoft.OperationalInsights/workspaces", Workspace, GivesLocation: true),
        new("Microsoft.Insights/activityLogAlerts", ActivityLogAlert),
        new("Microsoft.Insights/actionGroups", Tracked),
        new("Microsoft.Insights/metricAlerts", Tracked, CreateStatus: 200),
        new("Microsoft.Authorization/policyAssignments", Simple),
        new("Microsoft.Authorization/policyDefinitions", Simple),
        new("Microsoft.Authorization/policyExemptions", Simple),
        new("Microsoft.Authorization/policySetDefinitions", Simple),
        new("Microsoft.Authorization/roleEligibilityScheduleInstances", Simple),
        new("Microsoft.KeyVault/managedHSMs", ManagedHsm, Pause: 10, HidesResult: true),
        new("Microsoft.KeyVault/managedHSMs/keys", Simple, CreateStatus: 200),
        new("Microsoft.DataProtection/backupVaults", Tracked),
        new("Microsoft.DataProtection/backupVaults/backupInstances", Simple),
    };

    private static JsonObject Simple(Exchange exchange, JsonObject sent, JsonObject? before) => new()
    {
        ["id"] = exchange.Path.Text,
        ["name"] = exchange.Path.Name,
        ["type"] = KnownTypes.Spelling(exchange.Path.Type),
        ["properties"] = sent.Find("properties")?.DeepClone() ?? new JsonObject(),
    };

    private static JsonObject Tracked(Exchange exchange, JsonObject sent, JsonObject? before) => new()
    {
        ["id"] = exchange.Path.Text,
        ["name"] = exchange.Path.Name,
        ["type"] = KnownTypes.Spelling(exchange.Path.Type),
        ["location"] = sent.Text("location") ?? before.Text("location") ?? "Global",
        ["tags"] = sent.Find("tags")?.DeepClone() ?? new JsonObject(),
        ["properties"] = sent.Find("properties")?.DeepClone() ?? new JsonObject(),
    };

    /// <summary>An alert shows tags only where it has some (recorded).</summary>
    private static JsonObject ActivityLogAlert(Exchange exchange, JsonObject sent, JsonObject? before)
    {
        JsonObject body = Tracked(exchange, sent, before);
        if (body["tags"] is JsonObject { Count: 0 }) body.Remove("tags");
        return body;
    }

    /// <summary>An identity's id comes back with <c>resourcegroups</c> in lower case (recorded).</summary>
    private static JsonObject Identity(Exchange exchange, JsonObject sent, JsonObject? before)
    {
        string id = exchange.Path.Text;
        string shown = $"/subscriptions/{exchange.Path.Subscription}/resourcegroups/{exchange.Path.ResourceGroup}"
            + id.Substring(id.IndexOf("/providers/", StringComparison.OrdinalIgnoreCase));
        return new JsonObject
        {
            ["location"] = sent.Text("location") ?? before.Text("location"),
            ["tags"] = sent.Find("tags")?.DeepClone() ?? before.Find("tags")?.DeepClone() ?? new JsonObject(),
            ["id"] = shown,
            ["name"] = exchange.Path.Name,
            ["type"] = "Microsoft.ManagedIdentity/userAssignedIdentities",
            ["properties"] = before.Find("properties")?.DeepClone() ?? new JsonObject
            {
                ["tenantId"] = exchange.Options.TenantId,
                ["principalId"] = Exchange.GuidOf(id + "/principal"),
                ["clientId"] = Exchange.GuidOf(id + "/client"),
            },
        };
    }

    private static JsonObject VirtualNetwork(Exchange exchange, JsonObject sent, JsonObject? before)
    {
        JsonObject? properties = sent.Find("properties") as JsonObject;
        string etag = Etags.Weak(exchange);
        JsonObject made = new()
        {
            ["name"] = exchange.Path.Name,
            ["id"] = exchange.Path.Text,
            ["etag"] = etag,
            ["type"] = "Microsoft.Network/virtualNetworks",
            ["location"] = sent.Text("location") ?? before.Text("location"),
        };
        if (sent.Find("tags") is JsonNode tags) made["tags"] = tags.DeepClone();
        made["properties"] = new JsonObject
        {
            ["provisioningState"] = "Updating",
            ["resourceGuid"] = Exchange.GuidOf(exchange.Path.Text),
            ["addressSpace"] = properties.Find("addressSpace")?.DeepClone(),
            ["privateEndpointVNetPolicies"] = "Disabled",
            ["subnets"] = new JsonArray((properties.Find("subnets") as JsonArray ?? new JsonArray()).OfType<JsonObject>()
                .Select(subnet => (JsonNode?)SubnetShape.Of(exchange, exchange.Path.Text + "/subnets/" + subnet.Text("name"), subnet, etag)).ToArray()),
            ["virtualNetworkPeerings"] = new JsonArray(),
            ["enableDdosProtection"] = properties.IsTrue("enableDdosProtection"),
        };
        foreach (string name in new[] { "dhcpOptions", "encryption", "flowTimeoutInMinutes", "bgpCommunities" })
        {
            if (properties.Find(name) is JsonNode value) made.Object("properties")[name] = value.DeepClone();
        }

        if (sent.Find("extendedLocation") is JsonNode zone) made["extendedLocation"] = zone.DeepClone();
        return made;
    }

    private static void Subnets(Exchange exchange, EstateResource network)
    {
        foreach (JsonObject subnet in ((JsonArray)network.Properties["subnets"]!).OfType<JsonObject>())
        {
            string id = subnet.Text("id")!;
            exchange.Estate.Put(id, "Microsoft.Network/virtualNetworks/subnets", subnet.Text("name")!, subnet.Copy());
        }
    }

    private static JsonObject Subnet(Exchange exchange, JsonObject sent, JsonObject? before) =>
        SubnetShape.Of(exchange, exchange.Path.Text, sent, Etags.Weak(exchange));

    private static JsonObject Workspace(Exchange exchange, JsonObject sent, JsonObject? before)
    {
        JsonObject? properties = sent.Find("properties") as JsonObject;
        JsonObject made = new()
        {
            ["properties"] = new JsonObject
            {
                ["customerId"] = Exchange.GuidOf(exchange.Path.Text),
                ["provisioningState"] = "Succeeded",
                ["sku"] = new JsonObject { ["name"] = properties.Text("sku", "name") ?? "PerGB2018", ["lastSkuUpdate"] = exchange.Stamp },
                ["retentionInDays"] = properties.Whole("retentionInDays") ?? 30,
                ["features"] = new JsonObject
                {
                    ["legacy"] = 0,
                    ["searchVersion"] = 1,
                    ["enableLogAccessUsingOnlyResourcePermissions"] = true,
                },
                ["workspaceCapping"] = new JsonObject
                {
                    ["dailyQuotaGb"] = -1.0,
                    ["quotaNextResetTime"] = exchange.Stamp,
                    ["dataIngestionStatus"] = "RespectQuota",
                },
                ["publicNetworkAccessForIngestion"] = properties.Text("publicNetworkAccessForIngestion") ?? "Enabled",
                ["publicNetworkAccessForQuery"] = properties.Text("publicNetworkAccessForQuery") ?? "Enabled",
                ["createdDate"] = exchange.Stamp,
                ["modifiedDate"] = exchange.Stamp,
            },
            ["location"] = sent.Text("location") ?? before.Text("location"),
            ["id"] = exchange.Path.Text,
            ["name"] = exchange.Path.Name,
            ["type"] = "Microsoft.OperationalInsights/workspaces",
            ["etag"] = "\"" + exchange.NewGuid() + "\"",
        };
        return made;
    }

    private static JsonObject ManagedHsm(Exchange exchange, JsonObject sent, JsonObject? before)
    {
        JsonObject? properties = sent.Find("properties") as JsonObject;
        return new JsonObject
        {
            ["sku"] = sent.Find("sku")?.DeepClone() ?? new JsonObject { ["family"] = "B", ["name"] = "Standard_B1" },
            ["id"] = exchange.Path.Text,
            ["name"] = exchange.Path.Name,
            ["type"] = "Microsoft.KeyVault/managedHSMs",
            ["location"] = sent.Text("location") ?? before.Text("location"),
            ["tags"] = sent.Find("tags")?.DeepClone() ?? new JsonObject(),
            ["systemData"] = SystemData.New(exchange),
            ["properties"] = new JsonObject
            {
                ["tenantId"] = properties.Text("tenantId") ?? exchange.Options.TenantId,
                ["hsmUri"] = $"https://{exchange.Path.Name}.managedhsm.azure.net/",
                ["initialAdminObjectIds"] = properties.Find("initialAdminObjectIds")?.DeepClone() ?? new JsonArray(),
                ["enableSoftDelete"] = true,
                ["softDeleteRetentionInDays"] = properties.Whole("softDeleteRetentionInDays") ?? 90,
                ["enablePurgeProtection"] = properties.IsTrue("enablePurgeProtection"),
                ["provisioningState"] = "Provisioning",
                ["statusMessage"] = "The Managed HSM is provisioned and ready to use.",
                ["networkAcls"] = new JsonObject
                {
                    ["bypass"] = properties.Text("networkAcls", "bypass") ?? "None",
                    ["defaultAction"] = properties.Text("networkAcls", "defaultAction") ?? "Allow",
                    ["ipRules"] = properties.At("networkAcls", "ipRules")?.DeepClone() ?? new JsonArray(),
                    ["virtualNetworkRules"] = properties.At("networkAcls", "virtualNetworkRules")?.DeepClone() ?? new JsonArray(),
                },
                ["publicNetworkAccess"] = properties.Text("publicNetworkAccess") ?? "Enabled",
                ["regions"] = new JsonArray(),
                ["securityDomainProperties"] = new JsonObject
                {
                    ["activationStatus"] = "NotActivated",
                    ["activationStatusMessage"] = "Your HSM has been provisioned, but cannot be used for cryptographic operations until it is activated.",
                },
            },
        };
    }
}
