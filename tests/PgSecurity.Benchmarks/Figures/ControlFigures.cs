using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Policy;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Reading;

namespace PgSecurity.Benchmarks;

/// <summary>One compiled control on one posture that passes it, for every control that some posture of the sample estate passes.</summary>
internal static class ControlFigures
{
    private const double TargetNanoseconds = 200;

    public static IReadOnlyList<Figure> Take(FigureOptions options)
    {
        IReadOnlyList<byte[]> lines = SampleLines.AsLargeAsLive();
        Posture[] postures = PostureReader.Read(new SnapshotBytes(lines, lines.Count), "benchmark").Select(result => result.Posture!).ToArray();
        List<(string Control, double Nanoseconds, double Bytes)> all = new();
        foreach (CompiledControl control in SnapshotAudit.Evaluator.Controls)
        {
            if (postures.FirstOrDefault(one => control.Policy.Evaluate(one) == PolicyOutcome.Compliant) is Posture posture)
            {
                all.Add((control.Definition.Id, Nanoseconds(control.Policy, posture, options.Size(20_000)), Bytes(control.Policy, posture)));
            }
        }

        double median = Measure.Median(all.Select(one => one.Nanoseconds));
        string[] allocating = all.Where(one => one.Bytes >= 1).Select(one => one.Control).ToArray();
        (string Control, double Nanoseconds, double Bytes) slowest = all.MaxBy(one => one.Nanoseconds);
        return
        [
            new Figure(
                FormattableString.Invariant($"One compiled control on one posture that passes it, median of {all.Count} controls"),
                $"{Measure.Text(median, 0)} ns (slowest {Measure.Text(slowest.Nanoseconds / 1000, 1)} µs, {slowest.Control})",
                "under 200 ns",
                median < TargetNanoseconds),
            new Figure(
                "Controls among them that allocate nothing",
                FormattableString.Invariant($"{all.Count - allocating.Length} of {all.Count}") + (allocating.Length == 0 ? "" : $" (not {string.Join(", ", allocating)})"),
                "all",
                allocating.Length == 0),
        ];
    }

    private static double Nanoseconds(CompiledPolicy policy, Posture posture, int times)
    {
        double best = double.MaxValue;
        for (int round = 0; round < 5; round++)
        {
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < times; i++)
            {
                policy.Evaluate(posture);
            }

            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalNanoseconds / times);

            // A control that takes a tenth of a millisecond is known well enough after fewer.
            if (best > 5_000) times = Math.Max(10, times / 10);
        }

        return best;
    }

    private static double Bytes(CompiledPolicy policy, Posture posture)
    {
        const int Times = 200;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Times; i++)
        {
            policy.Evaluate(posture);
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Times;
    }
}
