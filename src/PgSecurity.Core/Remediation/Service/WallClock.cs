using System;
using System.Threading;
using System.Threading.Tasks;

namespace PgSecurity.Core.Remediation.Service;

/// <summary>The wall clock.</summary>
public sealed class WallClock : IRoadClock
{
    /// <inheritdoc/>
    public DateTimeOffset UtcNow => DateTimeOffset.UtcNow;

    /// <inheritdoc/>
    public Task DelayAsync(TimeSpan time, CancellationToken stop) => Task.Delay(time, stop);
}
