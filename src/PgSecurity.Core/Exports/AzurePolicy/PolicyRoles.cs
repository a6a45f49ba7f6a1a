using System;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Exports.AzurePolicy;

/// <summary>
/// The built-in roles that a deployment of Azure Policy needs, as Microsoft's own definitions for the same resources name
/// them (Azure/azure-policy, commit f4a50bac). No narrower built-in role may write a flexible server's children.
/// </summary>
internal static class PolicyRoles
{
    private const string Prefix = "/providers/Microsoft.Authorization/roleDefinitions/";
    private const string Contributor = Prefix + "b24988ac-6180-42a0-ab88-20f7382dd24c";
    private const string MonitoringContributor = Prefix + "749f88d5-cbae-40b8-bcfc-e573ddc772fa";
    private const string LogAnalyticsContributor = Prefix + "92aaf0da-9dab-42b6-94a3-d43ce8d16293";

    /// <summary>The ids of the roles for a resource of a type.</summary>
    public static string[] For(string type) =>
        string.Equals(type, FacetTypes.DiagnosticSettings, StringComparison.OrdinalIgnoreCase)
            ? new[] { MonitoringContributor, LogAnalyticsContributor }
            : new[] { Contributor };
}
