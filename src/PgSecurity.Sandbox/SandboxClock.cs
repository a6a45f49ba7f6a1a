using System;
using System.Threading;

namespace PgSecurity.Sandbox;

/// <summary>How time passes in the sandbox.</summary>
public enum SandboxPace
{
    /// <summary>
    /// <c>Retry-After</c> says 0 and a client is taken at its word: a poll passes the time that the service would have
    /// asked it to wait, any other request on a server passes a few seconds, for that server and its replicas only.
    /// </summary>
    Instant,

    /// <summary>The wall clock; <c>Retry-After</c> is the service's own.</summary>
    RealTime,

    /// <summary>Time passes only by <see cref="SandboxClock.Advance"/>; <c>Retry-After</c> is the service's own.</summary>
    Manual,
}

/// <summary>The sandbox's clock. Safe for many threads.</summary>
public sealed class SandboxClock
{
    private readonly Func<DateTimeOffset>? _source;
    private long _offsetTicks;
    private readonly DateTimeOffset _start;

    /// <summary>A clock that stands still at a time until it is advanced.</summary>
    /// <param name="start">The time, in UTC.</param>
    public SandboxClock(DateTimeOffset start) => _start = start;

    /// <summary>A clock that follows another, such as the wall clock, and can be advanced beyond it.</summary>
    /// <param name="source">Gives the time.</param>
    public SandboxClock(Func<DateTimeOffset> source) => _source = source;

    /// <summary>The time, in UTC.</summary>
    public DateTimeOffset UtcNow =>
        (_source?.Invoke() ?? _start).ToUniversalTime() + TimeSpan.FromTicks(Interlocked.Read(ref _offsetTicks));

    /// <summary>Lets time pass.</summary>
    public void Advance(TimeSpan time) => Interlocked.Add(ref _offsetTicks, time.Ticks);
}
