using System;
using System.Collections.Generic;
using System.Linq;
using PgSecurity.Core.Journal;

namespace PgSecurity.Changes;

/// <summary>Which changes of the journals are meant; every condition that is set must hold.</summary>
internal sealed class JournalSelection
{
    /// <summary>Ids of changes; empty for all.</summary>
    public ISet<string> ChangeIds { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Ids of runs; empty for all.</summary>
    public IReadOnlyList<string> RunIds { get; init; } = Array.Empty<string>();

    /// <summary>Servers; empty for all.</summary>
    public ISet<ServerId> Servers { get; } = new HashSet<ServerId>();

    /// <summary>Controls; empty for all.</summary>
    public IReadOnlyList<string> ControlIds { get; init; } = Array.Empty<string>();

    /// <summary>Only changes of this time and later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Only changes before this time.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>Whether nothing narrows it.</summary>
    public bool IsEverything =>
        ChangeIds.Count == 0 && RunIds.Count == 0 && Servers.Count == 0 && ControlIds.Count == 0 && From is null && Before is null;

    /// <summary>Whether an entry is meant.</summary>
    public bool Includes(JournalEntry entry) =>
        (ChangeIds.Count == 0 || ChangeIds.Contains(entry.ChangeId))
        && (RunIds.Count == 0 || RunIds.Contains(entry.RunId, StringComparer.OrdinalIgnoreCase))
        && (Servers.Count == 0 || Servers.Contains(entry.Server))
        && (ControlIds.Count == 0 || entry.ControlIds.Any(id => ControlIds.Contains(id, StringComparer.OrdinalIgnoreCase)))
        && (From is not DateTimeOffset from || entry.Time >= from)
        && (Before is not DateTimeOffset before || entry.Time < before);
}
