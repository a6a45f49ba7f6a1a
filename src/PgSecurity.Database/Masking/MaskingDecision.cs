namespace PgSecurity.Database.Masking;

/// <summary>What a plan says of one column.</summary>
internal sealed class MaskingDecision
{
    public required ColumnName Column { get; init; }

    public required bool Sensitive { get; init; }

    /// <summary>The category that was written; empty where none was.</summary>
    public string Category { get; init; } = "";

    /// <summary>The rule; null exactly where the column is not sensitive.</summary>
    public MaskingRule? Rule { get; init; }

    /// <summary>The type when it was decided; null where it was not written down.</summary>
    public string? Type { get; init; }

    public required string DecidedBy { get; init; }

    public string Reason { get; init; } = "";
}
