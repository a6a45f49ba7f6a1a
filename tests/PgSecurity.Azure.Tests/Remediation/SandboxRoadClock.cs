using System;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Azure.Arm;
using PgSecurity.Core.Remediation.Service;
using PgSecurity.Sandbox;

namespace PgSecurity.Azure.Tests.Remediation;

/// <summary>The sandbox's time: a wait lets it pass at once.</summary>
internal sealed class SandboxRoadClock : ArmClock, IRoadClock
{
    private readonly SandboxArm _arm;

    internal SandboxRoadClock(SandboxArm arm) => _arm = arm;

    /// <summary>What happens before somebody waits.</summary>
    internal Action? BeforeWaiting { get; set; }

    /// <summary>What happens while somebody waits.</summary>
    internal Action? Meanwhile { get; set; }

    /// <summary>Waits for one's turn, where several runs take turns.</summary>
    internal Func<Task>? Turn { get; init; }

    public override DateTimeOffset UtcNow => _arm.Clock.UtcNow;

    public override async Task DelayAsync(TimeSpan time, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        if (Turn is not null) await Turn();
        BeforeWaiting?.Invoke();
        _arm.Clock.Advance(time);
        Meanwhile?.Invoke();
    }
}
