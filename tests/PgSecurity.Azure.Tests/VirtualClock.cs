using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Azure.Arm;

namespace PgSecurity.Azure.Tests;

/// <summary>A clock on which every wait is over at once, and is remembered.</summary>
internal sealed class VirtualClock : ArmClock
{
    private readonly object _gate = new();
    private readonly List<TimeSpan> _waits = new();
    private DateTimeOffset _now;

    internal VirtualClock(DateTimeOffset? start = null) => _now = start ?? new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    internal IReadOnlyList<TimeSpan> Waits
    {
        get
        {
            lock (_gate)
            {
                return _waits.FindAll(wait => wait > TimeSpan.Zero);
            }
        }
    }

    public override DateTimeOffset UtcNow
    {
        get
        {
            lock (_gate)
            {
                return _now;
            }
        }
    }

    public override Task DelayAsync(TimeSpan time, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        lock (_gate)
        {
            _waits.Add(time);
            _now += time;
        }

        return Task.CompletedTask;
    }
}
