using System;
using System.Linq;

namespace PgSecurity.Pipeline;

/// <summary>Whether this process runs where nobody looks: Azure Automation or a build agent.</summary>
internal static class Automation
{
    private static readonly string[] BuildAgents = { "CI", "TF_BUILD", "GITHUB_ACTIONS" };

    /// <summary>Whether it is a runbook of Azure Automation, which cannot start processes.</summary>
    public static bool IsRunbook { get; } =
        !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("AUTOMATION_ASSET_ACCOUNTID"))
        || Environment.GetEnvironmentVariable("AZUREPS_HOST_ENVIRONMENT")?.StartsWith("AzureAutomation", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Whether nobody looks, by the environment variables that those services set.</summary>
    public static bool IsUnattended { get; } =
        IsRunbook || BuildAgents.Any(mark => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(mark)));
}
