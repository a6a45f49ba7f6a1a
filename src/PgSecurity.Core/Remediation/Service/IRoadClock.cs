using System;
using System.Threading;
using System.Threading.Tasks;

namespace PgSecurity.Core.Remediation.Service;

/// <summary>The time and how to wait, so that a test or a rehearsal need not.</summary>
public interface IRoadClock
{
    /// <summary>The time, UTC.</summary>
    DateTimeOffset UtcNow { get; }

    /// <summary>Waits.</summary>
    Task DelayAsync(TimeSpan time, CancellationToken stop);
}
