using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

namespace PgSecurity.Azure.Tests.Remediation;

/// <summary>
/// Runs at once, of which one at a time goes on: at each request and each wait one of them is drawn, so that a seed is an
/// order in which they interleave.
/// </summary>
internal sealed class Turns
{
    private readonly object _gate = new();
    private readonly SortedDictionary<int, TaskCompletionSource> _waiting = new();
    private readonly Random _random;
    private int _going;

    internal Turns(int seed) => _random = new Random(seed);

    /// <summary>Lets all runs go, to the end of all of them.</summary>
    internal async Task<T[]> RunAsync<T>(params Func<Task<T>>[] runs)
    {
        _going = runs.Length;
        return await Task.WhenAll(runs.Select(run => Task.Run(async () =>
        {
            try
            {
                return await run();
            }
            finally
            {
                Rest();
            }
        })));
    }

    /// <summary>Waits until it is this run's turn.</summary>
    internal Task TakeAsync(int run)
    {
        TaskCompletionSource turn = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _waiting.Add(run, turn);
        }

        Rest();
        return turn.Task;
    }

    /// <summary>One run less goes on; when all wait, one of them is drawn.</summary>
    private void Rest()
    {
        lock (_gate)
        {
            if (--_going > 0 || _waiting.Count == 0) return;
            (int run, TaskCompletionSource turn) = _waiting.ElementAt(_random.Next(_waiting.Count));
            _waiting.Remove(run);
            _going++;
            turn.SetResult();
        }
    }
}
