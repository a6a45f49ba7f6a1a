using System;
using System.Collections.Generic;

namespace PgSecurity.Azure.Arm;

/// <summary>
/// The API version of every provider that we speak to: the newest stable one that is known, in this one table. Flexible
/// servers stay at 2025-08-01: the previews after it answer <c>Succeeded</c> to writes of static parameters that they
/// did not make (Azure/bicep-registry-modules#7270).
/// </summary>
public static class ArmApiVersions
{
    /// <summary>The version for flexible servers.</summary>
    public const string FlexibleServers = "2025-08-01";

    private static readonly Dictionary<string, string> ByType = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Microsoft.DBforPostgreSQL"] = FlexibleServers,
        ["Microsoft.Authorization/locks"] = "2020-05-01",
        ["Microsoft.Authorization/permissions"] = "2022-04-01",
        ["Microsoft.Authorization/policyAssignments"] = "2023-04-01",
        ["Microsoft.Authorization/policyExemptions"] = "2022-07-01-preview",
        ["Microsoft.Authorization/policySetDefinitions"] = "2023-04-01",
        ["Microsoft.Authorization/roleAssignments"] = "2022-04-01",
        ["Microsoft.Authorization/roleDefinitions"] = "2022-04-01",
        ["Microsoft.Authorization/roleAssignmentScheduleInstances"] = "2020-10-01",
        ["Microsoft.Authorization/roleEligibilityScheduleInstances"] = "2020-10-01",
        ["Microsoft.DataProtection"] = "2024-04-01",
        ["Microsoft.EventHub"] = "2024-01-01",
        ["Microsoft.Insights/actionGroups"] = "2023-01-01",
        ["Microsoft.Insights/activityLogAlerts"] = "2020-10-01",
        ["Microsoft.Insights/diagnosticSettings"] = "2021-05-01-preview",
        ["Microsoft.Insights/diagnosticSettingsCategories"] = "2021-05-01-preview",
        ["Microsoft.Insights/eventtypes"] = "2015-04-01",
        ["Microsoft.Insights/metricAlerts"] = "2018-03-01",
        ["Microsoft.Insights/scheduledQueryRules"] = "2023-12-01",
        ["Microsoft.KeyVault"] = "2026-02-01",
        ["Microsoft.ManagedIdentity"] = "2023-01-31",
        ["Microsoft.Management/managementGroups"] = "2023-04-01",
        ["Microsoft.Network"] = "2024-05-01",
        ["Microsoft.Network/privateDnsZones"] = "2024-06-01",
        ["Microsoft.Network/privateEndpoints"] = "2025-07-01",
        ["Microsoft.OperationalInsights"] = "2023-09-01",
        ["Microsoft.ResourceGraph/resources"] = "2024-04-01",
        ["Microsoft.Security/pricings"] = "2024-01-01",
        ["Microsoft.Storage"] = "2024-01-01",
    };

    /// <summary>The version for a path; null where the path is not one of ARM's (Microsoft Graph) or its provider is not in the table.</summary>
    public static string? For(string path)
    {
        const string Providers = "/providers/";
        int query = path.IndexOf("?", StringComparison.Ordinal);
        string plain = query < 0 ? path : path.Substring(0, query);
        int start = plain.LastIndexOf(Providers, StringComparison.OrdinalIgnoreCase);
        if (start < 0) return plain.StartsWith("/subscriptions", StringComparison.OrdinalIgnoreCase) ? "2022-12-01" : null;

        string[] parts = plain.Substring(start + Providers.Length).Split('/');
        if (parts.Length > 1 && ByType.TryGetValue(parts[0] + "/" + parts[1], out string? version)) return version;
        return ByType.TryGetValue(parts[0], out version) ? version : null;
    }
}
