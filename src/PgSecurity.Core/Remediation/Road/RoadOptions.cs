using System;
using PgSecurity.Core.Remediation.Planning;
using PgSecurity.Core.Remediation.Service;

namespace PgSecurity.Core.Remediation.Road;

/// <summary>How changes are made.</summary>
public sealed record RoadOptions
{
    /// <summary>What the user agreed to, and where they come from.</summary>
    public PlanOptions Plan { get; init; } = new();

    /// <summary>How many groups of servers at once. 1 or more.</summary>
    public int ThrottleLimit { get; init; } = 8;

    /// <summary>After how many failed changes nothing more is begun; 0 for never.</summary>
    public int MaxFailures { get; init; }

    /// <summary>How often a write is sent at most where the server is busy. 1 or more.</summary>
    public int Attempts { get; init; } = 12;

    /// <summary>How often a value is read back until it is the one wanted. 1 or more.</summary>
    public int Readings { get; init; } = 4;

    /// <summary>Writes the statements of steps in SQL; null where no login to the databases is at hand.</summary>
    public IStatementWriter? Statements { get; init; }

    /// <summary>
    /// Whether the last change of each server is not waited for: it is sent, and what becomes of it is settled later.
    /// Those before it are, since the next one needs them done.
    /// </summary>
    public bool NoWait { get; init; }

    /// <summary>How long a server that is updated, restarted or started by somebody is waited for, before a plan is made of it.</summary>
    public TimeSpan ReadyWait { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// How long the value is read again where an operation was begun and cannot be followed, as where the identity lacks
    /// <c>Microsoft.DBforPostgreSQL/locations/azureAsyncOperation/read</c>. Not negative.
    /// </summary>
    public TimeSpan LostOperationWait { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Asks whether a change may be made, one change at a time; null for yes.</summary>
    public Func<PlannedChange, bool>? Confirm { get; init; }
}
