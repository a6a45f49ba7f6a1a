namespace PgSecurity.Core.Exports.AzurePolicy;

/// <summary>The forms in which an export to Azure Policy can be written.</summary>
public enum PolicyFormat
{
    /// <summary>Files for <c>New-AzPolicyDefinition</c>, <c>az policy</c> and the REST API.</summary>
    Json,

    /// <summary>One ARM template.</summary>
    Arm,

    /// <summary>One Bicep file.</summary>
    Bicep,
}
