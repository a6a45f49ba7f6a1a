using System;
using System.Collections.Generic;
using System.Linq;

namespace PgSecurity.Benchmarks;

/// <summary>What a server costs as the estate grows: the same, so that the whole is a straight line.</summary>
internal static class GrowthFigures
{
    private static readonly int[] Sizes = [10, 100, 1_000, 10_000];

    public static IReadOnlyList<Figure> Take(FigureOptions options)
    {
        IReadOnlyList<byte[]> lines = SampleLines.AsTheyAre();
        SnapshotAudit.Run(new SnapshotBytes(lines, 400), 1);
        List<(int Size, double Milliseconds)> all = new();
        foreach (int size in Sizes.Where(size => !options.IsQuick || size <= 1_000))
        {
            // Ten servers take less than the processor's clock can tell: they are audited often.
            int times = Math.Max(1, options.Size(1_000) / size);
            TimeSpan time = Measure.Processor(() =>
            {
                for (int i = 0; i < times; i++)
                {
                    SnapshotAudit.Run(new SnapshotBytes(lines, size), 1);
                }
            });
            all.Add((size, time.TotalMilliseconds / times / size));
        }

        double spread = all.Max(one => one.Milliseconds) / all.Min(one => one.Milliseconds);
        string costs = string.Join(", ", all.Select(one => FormattableString.Invariant($"{Measure.Text(one.Milliseconds)} ms at {one.Size:N0}")));
        return [new Figure("Processor time a server as the estate grows", $"{costs}: dearest {Measure.Text(spread)} times the cheapest", "a straight line (at most 1.5 times)", spread <= 1.5)];
    }
}
