using System;
using System.Threading;
using System.Threading.Tasks;

namespace PgSecurity.Azure.Arm;

/// <summary>The time and how to wait, so that a test can let hours pass at once.</summary>
public class ArmClock
{
    /// <summary>The wall clock.</summary>
    public static ArmClock System { get; } = new();

    /// <summary>The time, in UTC.</summary>
    public virtual DateTimeOffset UtcNow => DateTimeOffset.UtcNow;

    /// <summary>Waits.</summary>
    public virtual Task DelayAsync(TimeSpan time, CancellationToken stop) =>
        time > TimeSpan.Zero ? Task.Delay(time, stop) : Task.CompletedTask;
}
