using System;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Remediation.Restores;

/// <summary>A restore that is to be tried.</summary>
/// <param name="Server">The server whose backups are tried.</param>
/// <param name="RestoredId">The ARM id of the temporary server.</param>
public sealed record RestoreWish(ServerId Server, string RestoredId)
{
    /// <summary>The time whose state is to be restored; null for the newest that can be.</summary>
    public DateTimeOffset? PointInTime { get; init; }

    /// <summary>The longest recovery time that is allowed; null for any.</summary>
    public TimeSpan? Rto { get; init; }

    /// <summary>The oldest recovery point that is allowed; null for any.</summary>
    public TimeSpan? Rpo { get; init; }

    /// <summary>Says what answers at a host's port 5432, such as <c>TLSv1.3</c>; null where it cannot be reached from here.</summary>
    public Func<string, System.Threading.CancellationToken, System.Threading.Tasks.Task<string?>>? Probe { get; init; }

    /// <summary>The temporary server's name.</summary>
    public string RestoredName => ResourceId.NameOf(RestoredId);
}
