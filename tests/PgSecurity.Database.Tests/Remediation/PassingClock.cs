using System;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Core.Remediation.Service;

namespace PgSecurity.Database.Tests.Remediation;

/// <summary>A clock that passes at once where somebody waits.</summary>
internal sealed class PassingClock : IRoadClock
{
    public DateTimeOffset UtcNow { get; private set; } = new(2026, 11, 24, 6, 0, 0, TimeSpan.Zero);

    /// <summary>What happens while somebody waits.</summary>
    public Func<Task>? Meanwhile { get; set; }

    public async Task DelayAsync(TimeSpan time, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        UtcNow += time;
        if (Meanwhile is { } meanwhile) await meanwhile();
    }
}
