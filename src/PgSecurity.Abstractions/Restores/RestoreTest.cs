using System;
using System.Collections.Generic;

namespace PgSecurity;

/// <summary>What a restore of a server to a temporary one came to: the measured figures, and what the restored server was like.</summary>
public sealed class RestoreTest
{
    /// <summary>The ARM id of the server whose backups were tried.</summary>
    public required string ResourceId { get; init; }

    /// <summary>The server's name.</summary>
    public required string ServerName { get; init; }

    /// <summary>The ARM id of the temporary server.</summary>
    public required string RestoredServerId { get; init; }

    /// <summary>Fail where the restore failed, took too long, reached too old a state or made a server that is not as its source; Unknown where one of these cannot be told; else Pass.</summary>
    public Outcome Outcome { get; init; }

    /// <summary>Why it is not Pass; empty where it is.</summary>
    public string Reason { get; init; } = "";

    /// <summary>When the restore was asked for (UTC); null where it was not.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>The time whose state was restored (UTC); null where none was.</summary>
    public DateTimeOffset? PointInTime { get; init; }

    /// <summary>From the request to the server that was read as ready; null where there was none.</summary>
    public TimeSpan? RecoveryTime { get; init; }

    /// <summary>How old the restored state was when the restore was asked for: what a loss of the server at that moment would have cost; null where none was restored.</summary>
    public TimeSpan? RecoveryPointAge { get; init; }

    /// <summary>When the newest full backup was made (UTC); null where that is not known.</summary>
    public DateTimeOffset? LastBackup { get; init; }

    /// <summary>The longest recovery time that is allowed; null where none was named.</summary>
    public TimeSpan? Rto { get; init; }

    /// <summary>The oldest recovery point that is allowed; null where none was named.</summary>
    public TimeSpan? Rpo { get; init; }

    /// <summary>Whether the recovery time is within <see cref="Rto"/>; null where none was named, or nothing was measured.</summary>
    public bool? MeetsRto => Within(RecoveryTime, Rto);

    /// <summary>Whether the recovery point is within <see cref="Rpo"/>; null where none was named, or nothing was measured.</summary>
    public bool? MeetsRpo => Within(RecoveryPointAge, Rpo);

    /// <summary>What the restored server was held against.</summary>
    public IReadOnlyList<RestoreCheck> Checks { get; init => field = ReadableList<RestoreCheck>.Of(value); } = ReadableList<RestoreCheck>.Of(Array.Empty<RestoreCheck>());

    /// <summary>Whether the temporary server is gone: it was deleted, or never was there.</summary>
    public bool IsCleanedUp { get; init; }

    /// <summary>The journal's run, by which <c>Undo-PgSecurityChange -RunId</c> deletes what was left.</summary>
    public string RunId { get; init; } = "";

    private static bool? Within(TimeSpan? measured, TimeSpan? allowed) => measured is TimeSpan took && allowed is TimeSpan most ? took <= most : null;
}
