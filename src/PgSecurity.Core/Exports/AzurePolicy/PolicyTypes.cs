namespace PgSecurity.Core.Exports.AzurePolicy;

/// <summary>The resource types of Azure Policy, and the API version that the templates use for them.</summary>
internal static class PolicyTypes
{
    public const string Definition = "Microsoft.Authorization/policyDefinitions";
    public const string Initiative = "Microsoft.Authorization/policySetDefinitions";
    public const string ApiVersion = "2023-04-01";
}
