using System;
using System.Collections.Concurrent;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Xunit;
using Xunit.Abstractions;

namespace PgSecurity.Fuzz;

/// <summary>
/// Runs a target on many mutated inputs. Each case has a seed of its own, so that one that fails can be run alone. A
/// long run sets <c>PGSECURITY_FUZZ_CASES</c> (cases a target); <c>PGSECURITY_FUZZ_SEED</c> is the first case's seed.
/// </summary>
internal static class FuzzRun
{
    /// <summary>What a case may allocate beyond a multiple of its input, in bytes.</summary>
    private const long AllowedBytes = 256L * 1024 * 1024;

    private static readonly int? LongRun = Number("PGSECURITY_FUZZ_CASES");

    private static readonly int FirstSeed = Number("PGSECURITY_FUZZ_SEED") ?? 1;

    /// <summary>A run that takes longer than this hangs.</summary>
    private static readonly TimeSpan Patience = LongRun is null ? TimeSpan.FromMinutes(10) : TimeSpan.FromHours(6);

    /// <summary>Runs the cases on all cores and fails with those that broke, each with its seed.</summary>
    /// <param name="output">Where the count goes.</param>
    /// <param name="inCi">How many cases a short run has.</param>
    /// <param name="one">One case: it throws where something is wrong.</param>
    public static void Each(ITestOutputHelper output, int inCi, Action<Random> one)
    {
        int cases = LongRun ?? inCi;
        ConcurrentDictionary<int, bool> running = new();
        ConcurrentQueue<string> broken = new();

        // Without a limit a starved process gets thread after thread, which then wait for one another.
        ParallelOptions cores = new() { MaxDegreeOfParallelism = Environment.ProcessorCount };
        Task run = Task.Run(() => Parallel.For(FirstSeed, FirstSeed + cases, cores, (seed, loop) =>
        {
            running[seed] = true;
            if (Problem(seed, one) is string problem) broken.Enqueue(problem);
            running.TryRemove(seed, out _);
            if (broken.Count >= 20) loop.Stop();
        }));
        bool ended = run.Wait(Patience);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{cases} cases from seed {FirstSeed}, {broken.Count} broken"));
        Assert.True(ended, "These seeds did not end: " + string.Join(", ", running.Keys.Order()));
        Assert.True(broken.IsEmpty, string.Join(Environment.NewLine, broken.Take(5)));
    }

    private static string? Problem(int seed, Action<Random> one)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            one(new Random(seed));
        }
        catch (Exception failure)
        {
            return string.Create(CultureInfo.InvariantCulture, $"seed {seed}: {failure}");
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        return allocated > AllowedBytes ? string.Create(CultureInfo.InvariantCulture, $"seed {seed}: {allocated} bytes allocated") : null;
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : null;
}
