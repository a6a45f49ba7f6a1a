namespace PgSecurity;

/// <summary>What the score of a run was made from.</summary>
public enum ScoreBasis
{
    /// <summary>A stored report: the score that it had, by the controls of its time.</summary>
    Report,

    /// <summary>A stored snapshot: audited anew, by today's controls and exemptions.</summary>
    Snapshot,
}
