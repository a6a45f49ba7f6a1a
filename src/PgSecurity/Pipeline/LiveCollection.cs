using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Azure.Inventory;

namespace PgSecurity.Pipeline;

/// <summary>
/// Collects servers a few at a time and gives each as soon as it is whole. Bounded: what is not taken yet holds up what
/// would be collected next. Given to and taken from by the pipeline's thread only.
/// </summary>
internal sealed class LiveCollection : IDisposable
{
    private readonly BlockingCollection<LiveItem> _items = new();
    private readonly HashSet<string> _seen = new(StringComparer.OrdinalIgnoreCase);
    private readonly SemaphoreSlim _places;
    private readonly SemaphoreSlim _room;
    private readonly CollectionRun _run;
    private readonly CancellationToken _stop;
    private int _underWay;
    private int _known;
    private Exception? _broken;

    /// <summary>Makes a collection.</summary>
    /// <param name="run">The run.</param>
    /// <param name="limit">How many servers are collected at once, at least 1.</param>
    /// <param name="stop">Ends it.</param>
    public LiveCollection(CollectionRun run, int limit, CancellationToken stop)
    {
        _run = run;
        _places = new SemaphoreSlim(limit);
        _room = new SemaphoreSlim(limit * 4);
        _stop = stop;
    }

    /// <summary>Whether something must be taken before more is given.</summary>
    public bool IsFull => _room.CurrentCount == 0;

    /// <summary>Whether nothing is under way and nothing is left to take.</summary>
    public bool IsDone => Volatile.Read(ref _underWay) == 0 && _items.Count == 0;

    /// <summary>How many servers are known so far.</summary>
    public int Known => Volatile.Read(ref _known);

    /// <summary>Gives a server; one that was given before is left out.</summary>
    public void Give(ServerId id)
    {
        if (!Admit(id)) return;
        Begin(async () =>
        {
            await _room.WaitAsync(_stop).ConfigureAwait(false);
            await CollectAsync(id).ConfigureAwait(false);
        });
    }

    /// <summary>Gives all servers of a scope.</summary>
    public void Give(ServerScope scope) => Begin(() => new ServerInventory(_run, _stop).FindAsync(
        scope,
        async server =>
        {
            ServerId id = ServerId.Parse(server.Id);
            if (!Admit(id)) return;
            await _room.WaitAsync(_stop).ConfigureAwait(false);
            Begin(() => CollectAsync(id));
        },
        (what, fault) => _items.Add(new LiveItem(null, what, fault))));

    /// <summary>Takes what is there, waiting for it for a while.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public bool TryTake(TimeSpan wait, out LiveItem? item)
    {
        bool taken = _items.TryTake(out item, (int)wait.TotalMilliseconds, _stop);
        if (_broken is Exception broken) ExceptionDispatchInfo.Capture(broken).Throw();
        if (taken && item!.Server is not null) _room.Release();
        return taken;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Work that was stopped may still be on its way out; it holds no handle that the runtime does not take back.
        if (Volatile.Read(ref _underWay) > 0) return;
        _items.Dispose();
        _places.Dispose();
        _room.Dispose();
    }

    private bool Admit(ServerId id)
    {
        lock (_seen)
        {
            if (!_seen.Add(id.Value)) return false;
        }

        Interlocked.Increment(ref _known);
        return true;
    }

    private async Task CollectAsync(ServerId id)
    {
        await _places.WaitAsync(_stop).ConfigureAwait(false);
        try
        {
            _items.Add(new LiveItem(await _run.CollectAsync(id).ConfigureAwait(false), null, null));
        }
        finally
        {
            _places.Release();
        }
    }

    private void Begin(Func<Task> work)
    {
        Interlocked.Increment(ref _underWay);
        _ = Task.Run(async () =>
        {
            try
            {
                await work().ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                // The pipeline's thread ends by the same token.
            }
            catch (Exception error)
            {
                _broken = error;
            }
            finally
            {
                Interlocked.Decrement(ref _underWay);
            }
        });
    }
}
