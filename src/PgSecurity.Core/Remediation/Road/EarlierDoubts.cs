using System;
using System.Collections.Generic;
using System.Linq;
using PgSecurity.Core.Journal;

namespace PgSecurity.Core.Remediation.Road;

/// <summary>
/// What earlier runs began to change and did not conclude, as when their process was ended: the service may be at it still,
/// and a write that is sent at once might be made twice. Safe for many threads.
/// </summary>
internal sealed class EarlierDoubts
{
    /// <summary>No operation of a server's settings is known to take longer.</summary>
    private static readonly TimeSpan Age = TimeSpan.FromHours(1);

    private readonly Lazy<HashSet<string>> _targets;

    public EarlierDoubts(ChangeJournal journal) => _targets = new Lazy<HashSet<string>>(() => Read(journal));

    /// <summary>Whether an earlier run may be changing a resource.</summary>
    public bool Touch(string targetId) => _targets.Value.Contains(targetId);

    private static HashSet<string> Read(ChangeJournal journal) => new(
        JournalReader.ReadLatest(journal.Folder, DateTime.UtcNow - Age)
            .Where(entry => entry.Status == ChangeStatus.InDoubt && entry.RunId != journal.RunId)
            .Select(entry => entry.TargetId),
        StringComparer.OrdinalIgnoreCase);
}
