namespace PgSecurity.Core.Policy;

/// <summary>The effects of Azure Policy on resources of Resource Manager.</summary>
public enum PolicyEffect
{
    /// <summary>A resource that matches is reported.</summary>
    Audit,

    /// <summary>A resource that matches is refused.</summary>
    Deny,

    /// <summary>A resource that matches gets properties added.</summary>
    Append,

    /// <summary>A resource that matches gets properties changed.</summary>
    Modify,

    /// <summary>An action on a resource that matches is refused.</summary>
    DenyAction,

    /// <summary>A resource that matches is reported where a related resource is missing.</summary>
    AuditIfNotExists,

    /// <summary>A resource that matches gets a deployment where a related resource is missing.</summary>
    DeployIfNotExists,

    /// <summary>Nothing happens.</summary>
    Disabled,

    /// <summary>Somebody attests to it.</summary>
    Manual,
}
