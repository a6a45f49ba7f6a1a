using System;
using System.Linq;

namespace PgSecurity.Pipeline;

/// <summary>Whether this process runs where nobody looks: Azure Automation or a build agent.</summary>
internal static class Automation
{
    private static readonly string[] Marks = { "CI", "TF_BUILD", "GITHUB_ACTIONS", "AUTOMATION_ASSET_ACCOUNTID" };

    /// <summary>Whether it does, by the environment variables that those services set.</summary>
    public static bool IsUnattended { get; } =
        Marks.Any(mark => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(mark)))
        || Environment.GetEnvironmentVariable("AZUREPS_HOST_ENVIRONMENT")?.StartsWith("AzureAutomation", StringComparison.OrdinalIgnoreCase) == true;
}
