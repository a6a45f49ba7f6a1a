using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Reading;
using PgSecurity.Core.Reports;

namespace PgSecurity.Core.Findings;

/// <summary>
/// The score of an estate over stored runs: each file one run, a snapshot that is evaluated now, by today's controls, or a
/// JSON report with the score that it had.
/// </summary>
public sealed class ScoreRuns
{
    private const int SchemaIsWithin = 512;

    private readonly Evaluator _evaluator;
    private readonly Action<InputError> _unread;
    private readonly List<ScoreRun> _runs = new();

    /// <summary>Makes an empty history.</summary>
    /// <param name="evaluator">The controls that snapshots are held against.</param>
    /// <param name="unread">Is told what could not be read.</param>
    public ScoreRuns(Evaluator evaluator, Action<InputError> unread)
    {
        _evaluator = evaluator;
        _unread = unread;
    }

    /// <summary>Takes a run. One that could not be read whole has no score, and is left out with the errors told.</summary>
    /// <returns>Whether it was taken.</returns>
    public bool Add(string path)
    {
        try
        {
            ScoreRun? run = IsReport(path) ? OfReport(path) : OfSnapshot(path);
            if (run is not null) _runs.Add(run);
            return run is not null;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            _unread(new InputError(path, 0, null, $"the run cannot be read: {cause.Message}", "Give snapshots, or reports in the format Json that hold what passed."));
            return false;
        }
    }

    /// <summary>The runs in the order of their times, each with what the score moved by.</summary>
    public IReadOnlyList<ScoreRun> Finish()
    {
        List<ScoreRun> ordered = new();
        double? before = null;
        foreach (ScoreRun run in _runs.OrderBy(run => run.MeasuredAt).ThenBy(run => run.Run, StringComparer.Ordinal))
        {
            ordered.Add(new ScoreRun
            {
                Run = run.Run,
                Basis = run.Basis,
                MeasuredAt = run.MeasuredAt,
                Servers = run.Servers,
                Score = run.Score,
                LowestScore = run.LowestScore,
                HighestScore = run.HighestScore,
                Change = run.Score is double now && before is double then ? Math.Round(now - then, 1) : null,
                Failed = run.Failed,
                Unknown = run.Unknown,
                Passed = run.Passed,
            });
            before = run.Score ?? before;
        }

        return ordered;
    }

    private ScoreRun? OfSnapshot(string path)
    {
        ScoreBoard board = new();
        DateTimeOffset? at = null;
        bool isWhole = true;
        foreach (PostureReadResult result in PostureReader.Read(path))
        {
            if (result.Error is { } error)
            {
                isWhole = false;
                _unread(error);
            }
            else if (result.Posture is { } posture)
            {
                if (at is null || posture.CollectedAt > at) at = posture.CollectedAt ?? at;
                foreach (Finding finding in _evaluator.Evaluate(posture)) board.Add(finding);
            }
        }

        SecurityScore estate = board.Estate();
        if (!isWhole || estate.Servers == 0) return null;
        return new ScoreRun
        {
            Run = path,
            Basis = ScoreBasis.Snapshot,
            MeasuredAt = at ?? new DateTimeOffset(File.GetLastWriteTimeUtc(path), TimeSpan.Zero),
            Servers = estate.Servers,
            Score = estate.Score,
            LowestScore = estate.LowestScore,
            HighestScore = estate.HighestScore,
            Failed = estate.Failed,
            Unknown = estate.Unknown,
            Passed = estate.Passed,
        };
    }

    private static ScoreRun OfReport(string path)
    {
        using FileStream stream = File.OpenRead(path);
        using JsonDocument document = JsonDocument.Parse(stream);
        JsonElement report = document.RootElement;
        JsonElement score = report.GetProperty("score");
        if (ScoreHistory.Read(path) is not { } point) throw new FormatException("the report tells no score, since what passed was left out of it");
        return new ScoreRun
        {
            Run = path,
            Basis = ScoreBasis.Report,
            MeasuredAt = DateTimeOffset.Parse(report.GetProperty("generatedAt").GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
            Servers = score.GetProperty("servers").GetInt32(),
            Score = point.Score,
            LowestScore = point.LowestScore,
            HighestScore = point.HighestScore,
            Failed = score.GetProperty("failed").GetInt32(),
            Unknown = score.GetProperty("unknown").GetInt32(),
            Passed = score.GetProperty("passed").GetInt32(),
        };
    }

    private static bool IsReport(string path)
    {
        using FileStream stream = File.OpenRead(path);
        byte[] start = new byte[SchemaIsWithin];
        int length = stream.Read(start, 0, start.Length);
        return Encoding.UTF8.GetString(start, 0, length).IndexOf("pgsecurity/report/", StringComparison.Ordinal) >= 0;
    }
}
