using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace PgSecurity.Azure.Arm;

/// <summary>
/// The requests of one subscription: how many run at once, and until when none may start. The fewer requests ARM says
/// are left, the fewer run at once, so that a refusal is rare; after one, nothing starts until its <c>Retry-After</c> is over.
/// </summary>
internal sealed class SubscriptionLane
{
    // Below this many left the lane narrows in proportion: a bucket of reads holds 250 and refills 25 a second.
    private const int Plenty = 100;
    private readonly object _gate = new();
    private readonly Queue<TaskCompletionSource<bool>> _waiting = new();
    private readonly ArmClock _clock;
    private readonly int _widest;
    private int _width;
    private int _running;
    private DateTimeOffset _pausedUntil = DateTimeOffset.MinValue;

    internal SubscriptionLane(ArmClock clock, int widest)
    {
        _clock = clock;
        _widest = widest;
        _width = widest;
    }

    /// <summary>How many requests may run at once now.</summary>
    internal int Width
    {
        get
        {
            lock (_gate)
            {
                return _width;
            }
        }
    }

    /// <summary>Waits for a place, and until a pause is over.</summary>
    internal async Task EnterAsync(CancellationToken stop)
    {
        await TakePlaceAsync(stop).ConfigureAwait(false);
        try
        {
            while (Pause() is TimeSpan pause)
            {
                await _clock.DelayAsync(pause, stop).ConfigureAwait(false);
            }
        }
        catch
        {
            Leave();
            throw;
        }
    }

    /// <summary>Gives the place back.</summary>
    internal void Leave()
    {
        lock (_gate)
        {
            _running--;
            Admit();
        }
    }

    /// <summary>Notes how many requests are left; the lane narrows, or widens by one.</summary>
    internal void NoteRemaining(long remaining)
    {
        lock (_gate)
        {
            int fit = remaining >= Plenty ? _widest : (int)Math.Max(1, _widest * Math.Max(remaining, 0) / Plenty);
            _width = fit < _width ? fit : Math.Min(fit, _width + 1);
            Admit();
        }
    }

    /// <summary>Starts nothing for a while; afterwards one request at a time, until more are known to be left.</summary>
    internal void PauseFor(TimeSpan time)
    {
        lock (_gate)
        {
            DateTimeOffset until = _clock.UtcNow + time;
            if (until > _pausedUntil) _pausedUntil = until;
            _width = 1;
        }
    }

    /// <summary>A request went well that said nothing of what is left: the lane widens by one.</summary>
    internal void NoteSuccess() => NoteRemaining(Plenty);

    private TimeSpan? Pause()
    {
        lock (_gate)
        {
            TimeSpan left = _pausedUntil - _clock.UtcNow;
            return left > TimeSpan.Zero ? left : null;
        }
    }

    private async Task TakePlaceAsync(CancellationToken stop)
    {
        TaskCompletionSource<bool> place;
        lock (_gate)
        {
            if (_running < _width && _waiting.Count == 0)
            {
                _running++;
                return;
            }

            place = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(place);
        }

        using CancellationTokenRegistration registration = stop.Register(() => place.TrySetCanceled());
        await place.Task.ConfigureAwait(false);
    }

    private void Admit()
    {
        while (_running < _width && _waiting.Count > 0)
        {
            if (_waiting.Dequeue().TrySetResult(true)) _running++;
        }
    }
}
