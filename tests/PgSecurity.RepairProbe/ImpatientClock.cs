using System;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Core.Remediation.Service;

/// <summary>Waits a hundredth of what is asked: the sandbox's time passes by requests.</summary>
internal sealed class ImpatientClock : IRoadClock
{
    public DateTimeOffset UtcNow => DateTimeOffset.UtcNow;

    public Task DelayAsync(TimeSpan time, CancellationToken stop) => Task.Delay(TimeSpan.FromTicks(time.Ticks / 100), stop);
}
