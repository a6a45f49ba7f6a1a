using System;
using System.Collections.Generic;
using System.Linq;

namespace PgSecurity.Core.Exports.AzurePolicy;

/// <summary>
/// The aliases that Microsoft's own built-in definitions use for flexible servers, which are therefore known to exist.
/// Azure refuses a definition that names an alias that does not exist, so a wrong guess is an error and never a pass.
/// </summary>
internal static class PolicyAliases
{
    private const string Server = "Microsoft.DBforPostgreSQL/flexibleServers/";
    private const string Diagnostics = "Microsoft.Insights/diagnosticSettings/";

    // Read from Azure/azure-policy, built-in-policies, commit f4a50bac (2026-04-29).
    private static readonly HashSet<string> Verified = new(
        new[]
        {
            Server + "administrators",
            Server + "advancedThreatProtectionSettings/state",
            Server + "authConfig.activeDirectoryAuth",
            Server + "authConfig.passwordAuth",
            Server + "backup.geoRedundantBackup",
            Server + "configurations/value",
            Server + "dataEncryption.primaryKeyURI",
            Server + "dataEncryption.type",
            Server + "highAvailability.mode",
            Server + "network.delegatedSubnetResourceId",
            Server + "network.privateDnsZoneArmResourceId",
            Server + "network.publicNetworkAccess",
            Server + "privateEndpointConnections/privateLinkServiceConnectionState.status",
            Diagnostics + "logs[*]",
            Diagnostics + "logs[*].categoryGroup",
            Diagnostics + "logs[*].enabled",
            Diagnostics + "metrics.enabled",
            Diagnostics + "workspaceId",
            Diagnostics + "storageAccountId",
            Diagnostics + "eventHubAuthorizationRuleId",
            "Microsoft.Security/pricings/pricingTier",
        },
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Those of some fields that are aliases and that no built-in definition is known to use.</summary>
    public static IReadOnlyList<string> Unverified(IEnumerable<string> fields) => fields
        .Where(field => field.IndexOf("/", StringComparison.Ordinal) > 0 && !Verified.Contains(field))
        .Distinct(StringComparer.OrdinalIgnoreCase)
        .OrderBy(field => field, StringComparer.Ordinal)
        .ToList();
}
