namespace PgSecurity;

/// <summary>A role that reads a column unmasked, and by which way.</summary>
public sealed class ColumnReader
{
    /// <summary>The login role.</summary>
    public required string Role { get; init; }

    /// <summary>
    /// The way: <c>Superuser</c>, <c>Owner</c>, <c>Grant</c>, <c>Public</c>, <c>Membership</c>, <c>ReadAllData</c>,
    /// <c>SetRole</c>, <c>ParentTable</c>, <c>View</c>, <c>DefinerFunction</c>, and <c>MaskingView</c> for a view that by its
    /// comment masks: what it gives is for <c>New-PgMaskingView</c> to prove.
    /// </summary>
    public required string Way { get; init; }

    /// <summary>What is in between: the group, the view, the function; empty where nothing is.</summary>
    public string Through { get; init; } = "";

    /// <inheritdoc/>
    public override string ToString() => Through.Length == 0 ? $"{Role} ({Way})" : $"{Role} ({Way}: {Through})";
}
