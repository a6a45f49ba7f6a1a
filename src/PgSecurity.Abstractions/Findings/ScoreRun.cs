using System;

namespace PgSecurity;

/// <summary>The score of an estate at one of several runs.</summary>
public sealed class ScoreRun
{
    /// <summary>The file that holds the run.</summary>
    public required string Run { get; init; }

    /// <summary>
    /// Whether the score is the one that a report had, or that of a snapshot which was audited anew. Two runs of different
    /// bases may differ without a change of any server.
    /// </summary>
    public required ScoreBasis Basis { get; init; }

    /// <summary>When it was: when the servers were collected, or the report was made; where neither is told, when the file was written.</summary>
    public required DateTimeOffset MeasuredAt { get; init; }

    /// <summary>The servers that were counted.</summary>
    public required int Servers { get; init; }

    /// <summary>The score from 0 to 100; null where nothing that weighs is known.</summary>
    public double? Score { get; init; }

    /// <summary>The score if everything unknown turned out to fail.</summary>
    public double? LowestScore { get; init; }

    /// <summary>The score if everything unknown turned out to pass.</summary>
    public double? HighestScore { get; init; }

    /// <summary>What the score moved by since the run before it that has one; null for the first.</summary>
    public double? Change { get; init; }

    /// <summary>Findings that failed.</summary>
    public int Failed { get; init; }

    /// <summary>Findings that could not be told.</summary>
    public int Unknown { get; init; }

    /// <summary>Findings that passed.</summary>
    public int Passed { get; init; }

    /// <summary>The score as a bar of twenty characters; empty where there is none.</summary>
    public string Bar => Score is double score ? new string('#', (int)(score / 5)) + new string('.', 20 - (int)(score / 5)) : "";

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{MeasuredAt:yyyy-MM-dd HH:mm} {Score:0.#} {Run}");
}
