using System;
using System.Linq;
using PgSecurity.Sandbox.Estate;

namespace PgSecurity.Sandbox.Tests.Fidelity;

/// <summary>Which recorded requests are about something that the sandbox answers.</summary>
internal static class ReplayScope
{
    private static readonly string[] Types =
    {
        "Microsoft.DBforPostgreSQL/flexibleServers", "Microsoft.DBforPostgreSQL/locations", "Microsoft.DBforPostgreSQL/getPrivateDnsZoneSuffix",
        "Microsoft.Authorization/locks", "Microsoft.Authorization/roleAssignments", "Microsoft.Authorization/roleDefinitions",
        "Microsoft.Insights/diagnosticSettings", "Microsoft.Insights/activityLogAlerts", "Microsoft.Security/pricings",
        "Microsoft.KeyVault/vaults", "Microsoft.KeyVault/managedHSMs", "Microsoft.KeyVault/locations", "Microsoft.KeyVault/deletedVaults",
        "Microsoft.Network/privateEndpoints", "Microsoft.Network/privateDnsZones", "Microsoft.Network/privateDnsOperationStatuses",
        "Microsoft.Network/virtualNetworks", "Microsoft.Network/locations/operations", "Microsoft.Network/locations/operationResults", "Microsoft.OperationalInsights/workspaces",
        "Microsoft.ManagedIdentity/userAssignedIdentities",
    };

    private static readonly string[] Not =
    {
        "Microsoft.DBforPostgreSQL/flexibleServers/migrations", "Microsoft.DBforPostgreSQL/flexibleServers/checkMigrationNameAvailability",
        "Microsoft.KeyVault/vaults/privateEndpointConnections", "Microsoft.KeyVault/managedHSMs/privateEndpointConnections",
        "Microsoft.KeyVault/vaults/accessPolicies", "Microsoft.KeyVault/locations/deletedManagedHSMs", "Microsoft.KeyVault/locations/deletedManagedHSMs/purge",
        "Microsoft.Network/privateDnsZones/CNAME",
    };

    internal static bool Has(RecordedExchange exchange)
    {
        if (!exchange.Url.Host.StartsWith("management.", StringComparison.OrdinalIgnoreCase)) return false;
        if (exchange.Request is not null and not System.Text.Json.Nodes.JsonObject) return false;
        ArmPath path = exchange.Path;
        if (path.Namespace is null) return path.Subscription is not null && !path.Text.Contains("%", StringComparison.Ordinal);
        if (path.Types.Count == 0) return false;

        // Versions before 2020 are of single server, which shares addresses of the provider.
        if (ArmPath.Same(path.Namespace, "Microsoft.DBforPostgreSQL") && string.CompareOrdinal(exchange.ApiVersion, "2020") < 0) return false;

        // Subscription-level diagnostic settings are another, older resource than those of a server.
        bool ofSubscription = path.Is("Microsoft.Insights/diagnosticSettings") && ArmPath.Parse(path.Scope).Namespace is null;
        return !ofSubscription
            && Types.Any(type => ArmPath.IsAtOrBelow(path.Type, type))
            && !Not.Any(type => ArmPath.Same(path.Type, type));
    }
}
