namespace PgSecurity.Database.Masking;

/// <summary>What a static masking may do beside masking.</summary>
public sealed class StaticMaskingOptions
{
    /// <summary>Whether tables with triggers may be written: a trigger may copy original values elsewhere.</summary>
    public bool AllowTrigger { get; init; }

    /// <summary>Whether columns that the plan does not name may stay as they are.</summary>
    public bool AllowUndecided { get; init; }

    /// <summary>Whether masks under which some values stay the same are kept.</summary>
    public bool AllowEqual { get; init; }

    /// <summary>Whether the tables are rewritten at the end, so that old versions of rows leave the disk.</summary>
    public bool Vacuum { get; init; } = true;
}
