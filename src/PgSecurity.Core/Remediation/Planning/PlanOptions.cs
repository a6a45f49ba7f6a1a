using PgSecurity.Core.Remediation.Guards;

namespace PgSecurity.Core.Remediation.Planning;

/// <summary>How a plan is made.</summary>
public sealed record PlanOptions
{
    /// <summary>What the user agreed to.</summary>
    public Consents Consents { get; init; } = Consents.None;

    /// <summary>The address that the caller reaches servers from; null where it is not known.</summary>
    public string? CallerAddress { get; init; }
}
