namespace PgSecurity;

/// <summary>How much a failed control matters. Ordered: a greater value is worse.</summary>
public enum Severity
{
    /// <summary>A fact worth knowing; weighs nothing in the score.</summary>
    Informational,

    /// <summary>Hardening beyond the usual.</summary>
    Low,

    /// <summary>Weakens the server when something else fails too.</summary>
    Medium,

    /// <summary>Exposes data, or leaves an attack unseen.</summary>
    High,

    /// <summary>Exposes data to anybody.</summary>
    Critical,
}
