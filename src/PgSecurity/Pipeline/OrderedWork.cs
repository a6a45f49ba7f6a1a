using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace PgSecurity.Pipeline;

/// <summary>
/// Work done on all cores whose results are taken in the order in which it was given. Bounded: when it is full, a result
/// must be taken before more work is given, so a long input is never held in memory. Used by one thread.
/// </summary>
/// <typeparam name="TResult">What a piece of work gives.</typeparam>
internal sealed class OrderedWork<TResult>
{
    private readonly Queue<Task<TResult>> _pending = new();
    private readonly int _capacity;

    /// <summary>Makes a queue.</summary>
    /// <param name="capacity">The pieces of work that may be under way, at least 1.</param>
    public OrderedWork(int capacity) => _capacity = Math.Max(1, capacity);

    /// <summary>Whether a result must be taken before more work is given.</summary>
    public bool IsFull => _pending.Count >= _capacity;

    /// <summary>Whether nothing is under way.</summary>
    public bool IsEmpty => _pending.Count == 0;

    /// <summary>Whether the next result is there.</summary>
    public bool IsReady => _pending.Count > 0 && _pending.Peek().IsCompleted;

    /// <summary>Gives a piece of work.</summary>
    public void Give(Func<TResult> work, CancellationToken stop) => _pending.Enqueue(Task.Run(work, stop));

    /// <summary>Waits a while for the next result; false where it is not there yet.</summary>
    /// <exception cref="OperationCanceledException">It was stopped meanwhile.</exception>
    public bool Wait(TimeSpan time, CancellationToken stop) =>
        _pending.Count > 0 && Task.WaitAny(new Task[] { _pending.Peek() }, (int)time.TotalMilliseconds, stop) >= 0;

    /// <summary>Takes the next result, waiting for it where it is not there.</summary>
    /// <exception cref="OperationCanceledException">It was stopped meanwhile.</exception>
    public TResult Take(CancellationToken stop)
    {
        Task<TResult> next = _pending.Dequeue();

        // The pipeline thread may wait: PowerShell has no synchronization context that the work could need.
        Task.WaitAny(new Task[] { next }, stop);
        return next.GetAwaiter().GetResult();
    }
}
