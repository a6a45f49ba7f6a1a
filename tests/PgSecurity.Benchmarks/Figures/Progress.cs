using System;
using System.Threading;

namespace PgSecurity.Benchmarks;

/// <summary>Says on the error stream how far a long run has come, a line every tenth.</summary>
/// <param name="what">What is counted.</param>
/// <param name="total">How many there are.</param>
internal sealed class Progress(string what, long total)
{
    private long _tenths;

    /// <summary>Says that so many are done. Any thread may.</summary>
    public void Report(long done)
    {
        long tenths = done * 10 / Math.Max(1, total);
        if (tenths <= Interlocked.Read(ref _tenths) || Interlocked.Exchange(ref _tenths, tenths) >= tenths) return;
        Console.Error.WriteLine(FormattableString.Invariant($"  {what}: {done:N0} of {total:N0}"));
    }
}
