using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;

namespace PgSecurity.Benchmarks;

/// <summary>
/// How much of the processor programs other than the benchmark took while it ran, of Linux's own account; what a figure that
/// is measured by the clock is worth depends on it.
/// </summary>
internal sealed class OtherPrograms
{
    private const string Account = "/proc/stat";
    private readonly (double Busy, double All) _before = Read();
    private readonly double _ownBefore = Own();

    /// <summary>The share since this was made, from 0 to 1; null where the system keeps no such account.</summary>
    public double? Share()
    {
        (double busy, double all) = Read();
        double passed = all - _before.All;
        return passed <= 0 ? null : Math.Clamp((busy - _before.Busy - (Own() - _ownBefore)) / passed, 0, 1);
    }

    private static (double Busy, double All) Read()
    {
        if (!File.Exists(Account)) return default;
        double[] ticks = File.ReadLines(Account).First().Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Take(8).Select(field => double.Parse(field, CultureInfo.InvariantCulture)).ToArray();

        // The fourth and the fifth are what the processor idled, alone and for a disk.
        double all = ticks.Sum();
        return (all - ticks[3] - ticks[4], all);
    }

    /// <summary>What the benchmark and the children that it waited for took, in the same ticks of a hundredth of a second.</summary>
    private static double Own()
    {
        if (!File.Exists(Account)) return 0;
        string text = File.ReadAllText(FormattableString.Invariant($"/proc/{Environment.ProcessId}/stat"));
        string[] fields = text.Substring(text.LastIndexOf(')') + 2).Split(' ');
        return fields.Skip(11).Take(4).Sum(field => double.Parse(field, CultureInfo.InvariantCulture));
    }
}
