namespace PgSecurity;

/// <summary>How sure it is that a column is sensitive, from names, types and comments alone.</summary>
public enum MatchConfidence
{
    /// <summary>The name speaks of it, but its type or its ending speak against it; or nobody can tell from outside.</summary>
    Low,

    /// <summary>A part of the name, the comment, the table, a key or the type speaks of it.</summary>
    Medium,

    /// <summary>Whole words of the name speak of it, and the type fits.</summary>
    High,
}
