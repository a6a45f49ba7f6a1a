using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace PgSecurity.Benchmarks;

/// <summary>The audit of a snapshot against merely parsing its bytes, in turns, so that whatever else the machine does falls on both.</summary>
internal static class SnapshotFigures
{
    private const int Rounds = 9;

    public static IReadOnlyList<Figure> Take(FigureOptions options) =>
    [
        .. Take(options, SampleLines.AsLargeAsLive(), options.Size(10_000), "as large as a live server's", 1.5),
        .. Take(options, SampleLines.AsTheyAre(), options.Size(10_000), "of the sample estate", null),
    ];

    private static IEnumerable<Figure> Take(FigureOptions options, IReadOnlyList<byte[]> lines, int postures, string which, double? target)
    {
        int each = Math.Max(lines.Count, postures / Rounds);
        int cores = Environment.ProcessorCount;
        Warm(lines, cores);
        List<(double Parse, double Read, double Audit, double One, double All)> rounds = new();
        for (int round = 0; round < Rounds; round++)
        {
            TimeSpan parse = Measure.Processor(() => Parse(lines, each));
            TimeSpan read = Measure.Processor(() => SnapshotAudit.Read(new SnapshotBytes(lines, each), 1).LongCount());
            TimeSpan one = default;
            TimeSpan audit = Measure.Processor(() => one = Measure.Clock(() => SnapshotAudit.Run(new SnapshotBytes(lines, each), 1)));
            TimeSpan all = cores == 1 ? one : Measure.Clock(() => SnapshotAudit.Run(new SnapshotBytes(lines, each), cores));
            rounds.Add((parse.TotalMilliseconds, read.TotalMilliseconds, audit.TotalMilliseconds, one.TotalMilliseconds, all.TotalMilliseconds));
        }

        string size = FormattableString.Invariant($"{each * Rounds:N0} postures {which} ({lines.Average(line => line.Length) / 1000:f0} KB)");
        double ratio = Measure.Median(rounds.Select(round => round.Audit / round.Parse));
        double reading = Measure.Median(rounds.Select(round => round.Read / round.Parse));
        double speed = Measure.Median(rounds.Select(round => round.One / round.All));
        double milliseconds = Measure.Median(rounds.Select(round => round.Audit / each));
        yield return new Figure(
            $"Audit of a snapshot of {size} on one core, against `JsonDocument.Parse` of the same bytes",
            $"{Measure.Text(ratio)} times ({Measure.Text(milliseconds)} ms of processor time a posture)",
            target is double most ? $"at most {Measure.Text(most, 1)} times" : "",
            target is double limit ? ratio <= limit : null);
        yield return new Figure(
            "Of that, reading it: checking every byte, and noting where its resources stand",
            $"{Measure.Text(reading)} times; the {SnapshotAudit.Evaluator.Controls.Count} controls, their facts and findings {Measure.Text(ratio - reading)} times",
            "",
            null);
        yield return new Figure(
            FormattableString.Invariant($"The same audit on {cores} cores, against one core"),
            $"{Measure.Text(speed)} times faster",
            "near the number of cores",
            cores == 1 ? null : speed >= cores * 0.75);
    }

    private static void Warm(IReadOnlyList<byte[]> lines, int cores)
    {
        for (int i = 0; i < 8; i++)
        {
            Parse(lines, lines.Count);
            SnapshotAudit.Run(new SnapshotBytes(lines, lines.Count), 1);
            SnapshotAudit.Run(new SnapshotBytes(lines, lines.Count), cores);
        }
    }

    private static void Parse(IReadOnlyList<byte[]> lines, int count)
    {
        for (int i = 0; i < count; i++)
        {
            using JsonDocument document = JsonDocument.Parse(lines[i % lines.Count]);
        }
    }
}
