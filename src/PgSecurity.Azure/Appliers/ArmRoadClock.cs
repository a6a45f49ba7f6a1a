using System;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Azure.Arm;
using PgSecurity.Core.Remediation.Service;

namespace PgSecurity.Azure.Appliers;

/// <summary>The clock of a connection, so that a rehearsal in the sandbox waits for nothing.</summary>
public sealed class ArmRoadClock : IRoadClock
{
    private readonly ArmClock _clock;

    /// <summary>Makes the clock.</summary>
    public ArmRoadClock(ArmClock clock) => _clock = clock;

    /// <summary>The clock of a client.</summary>
    public static ArmRoadClock Of(ArmClient client) => new(client.Clock);

    /// <inheritdoc/>
    public DateTimeOffset UtcNow => _clock.UtcNow;

    /// <inheritdoc/>
    public Task DelayAsync(TimeSpan time, CancellationToken stop) => _clock.DelayAsync(time, stop);
}
