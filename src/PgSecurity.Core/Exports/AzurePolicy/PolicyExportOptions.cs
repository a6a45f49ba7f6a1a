namespace PgSecurity.Core.Exports.AzurePolicy;

/// <summary>What an export to Azure Policy is called and where it goes.</summary>
public sealed class PolicyExportOptions
{
    /// <summary>The beginning of every definition's name; letters, digits and hyphens, 1 to 32 characters.</summary>
    public string Prefix { get; init; } = "pgsecurity";

    /// <summary>The initiative's title, up to 128 characters.</summary>
    public string Title { get; init; } = "Security of Azure Database for PostgreSQL flexible servers (PgSecurity)";

    /// <summary>
    /// The ARM id of the subscription or management group that holds the definitions. The initiative names its
    /// definitions by their ids, so the JSON files cannot do without; a template asks for it when it is deployed.
    /// </summary>
    public required PolicyScope Scope { get; init; }

    /// <summary>The version of the definitions, such as <c>1.0.0</c>.</summary>
    public string Version { get; init; } = "1.0.0";
}
