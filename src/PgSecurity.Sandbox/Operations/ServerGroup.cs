using System;
using System.Collections.Generic;

namespace PgSecurity.Sandbox.Operations;

/// <summary>A primary with its replicas: one write at a time, and, with <see cref="SandboxPace.Instant"/>, one clock.</summary>
internal sealed class ServerGroup
{
    private readonly SandboxClock _clock;
    private TimeSpan _ahead;

    internal ServerGroup(string primaryId, SandboxClock clock)
    {
        PrimaryId = primaryId;
        _clock = clock;
    }

    internal string PrimaryId { get; }

    internal List<Operation> Running { get; } = new();

    /// <summary>Until when it stays busy after its last operation.</summary>
    internal DateTimeOffset BusyUntil { get; set; }

    internal DateTimeOffset Now => _clock.UtcNow + _ahead;

    /// <summary>Lets time pass for this group only.</summary>
    internal void Pass(TimeSpan time) => _ahead += time;
}
