using System.Collections.Generic;
using PgSecurity.Core.Findings;

namespace PgSecurity.Core.Reports;

/// <summary>
/// What the findings of a report add up to. Findings that leave out what passed give counts, but no score: it would be 0
/// and wrong.
/// </summary>
internal sealed class ReportScores
{
    private ReportScores(SecurityScore estate, IReadOnlyList<SecurityScore> sections, IReadOnlyList<SecurityScore> servers)
    {
        Estate = estate;
        Sections = sections;
        Servers = servers;
    }

    /// <summary>Counts, and the score where <see cref="IsKnown"/>.</summary>
    public SecurityScore Estate { get; }

    public IReadOnlyList<SecurityScore> Sections { get; }

    public IReadOnlyList<SecurityScore> Servers { get; }

    /// <summary>Whether a score can be told.</summary>
    public bool IsKnown => Estate.Passed > 0 && Estate.Score is not null;

    public static ReportScores Of(ScoreBoard board) => new(board.Estate(), board.Sections(), board.Servers());
}
