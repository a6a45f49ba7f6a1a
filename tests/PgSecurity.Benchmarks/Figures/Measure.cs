using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;

namespace PgSecurity.Benchmarks;

/// <summary>What several runs have in common.</summary>
internal static class Measure
{
    /// <summary>The processor time that an action takes, with that of the garbage collector and the compiler. On Linux in steps of 10 ms.</summary>
    public static TimeSpan Processor(Action action)
    {
        using Process self = Process.GetCurrentProcess();
        TimeSpan before = self.TotalProcessorTime;
        action();
        self.Refresh();
        return self.TotalProcessorTime - before;
    }

    /// <summary>The time by the clock that an action takes.</summary>
    public static TimeSpan Clock(Action action)
    {
        Stopwatch time = Stopwatch.StartNew();
        action();
        return time.Elapsed;
    }

    /// <summary>The middle one.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] ordered = values.Order().ToArray();
        return ordered.Length % 2 == 1
            ? ordered[ordered.Length / 2]
            : (ordered[(ordered.Length / 2) - 1] + ordered[ordered.Length / 2]) / 2;
    }

    /// <summary>A number with as many digits as it is worth.</summary>
    public static string Text(double value, int digits = 2) => value.ToString("N" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
