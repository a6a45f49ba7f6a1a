using System.Threading;

namespace PgSecurity.Core.Remediation.Road;

/// <summary>Counts failed changes of a run, and says when it is enough. Safe for many threads.</summary>
internal sealed class FailureLimit
{
    private readonly int _most;
    private int _failures;

    /// <summary>Makes a limit; 0 is none.</summary>
    public FailureLimit(int most) => _most = most;

    public int Failures => Volatile.Read(ref _failures);

    public bool IsReached => _most > 0 && Failures >= _most;

    public void Count() => Interlocked.Increment(ref _failures);
}
