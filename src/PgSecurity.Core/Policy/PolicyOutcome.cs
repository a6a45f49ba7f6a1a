namespace PgSecurity.Core.Policy;

/// <summary>What a policy came to on a posture.</summary>
public enum PolicyOutcome
{
    /// <summary>No resource fails it, and what was seen is all there is.</summary>
    Compliant,

    /// <summary>At least one resource fails it.</summary>
    NonCompliant,

    /// <summary>It cannot be told.</summary>
    Unknown,

    /// <summary>It concerns nothing of the posture, or its effect never reports.</summary>
    NotApplicable,
}
