using System;
using System.Collections.Generic;
using System.Linq;
using PgSecurity.Core.Journal;

namespace PgSecurity.Core.Remediation.Undo;

/// <summary>
/// Changes that are to be taken back together with their own undo: each pair stays as it is, since taking back both would write
/// twice for what is there already.
/// </summary>
public sealed class UndonePairs
{
    private UndonePairs(IReadOnlyList<JournalEntry> rest, IReadOnlyList<(JournalEntry Change, JournalEntry Undo)> pairs)
    {
        Rest = rest;
        Pairs = pairs;
    }

    /// <summary>The changes that are in no pair, in the order given.</summary>
    public IReadOnlyList<JournalEntry> Rest { get; }

    /// <summary>The pairs.</summary>
    public IReadOnlyList<(JournalEntry Change, JournalEntry Undo)> Pairs { get; }

    /// <summary>Finds them. An undo that was itself taken back belongs to the later undo: what it undid counts as made.</summary>
    /// <param name="entries">Changes that were made, in any order.</param>
    public static UndonePairs Of(IReadOnlyList<JournalEntry> entries)
    {
        Dictionary<string, JournalEntry> left = new(StringComparer.OrdinalIgnoreCase);
        foreach (JournalEntry entry in entries)
        {
            left[entry.ChangeId] = entry;
        }

        List<(JournalEntry Change, JournalEntry Undo)> pairs = new();
        foreach (JournalEntry undo in UndoPlanner.NewestFirst(entries.Where(entry => entry.Undoes.Length > 0)))
        {
            if (!left.ContainsKey(undo.ChangeId) || !left.TryGetValue(undo.Undoes, out JournalEntry? change)) continue;
            pairs.Add((change, undo));
            left.Remove(undo.ChangeId);
            left.Remove(change.ChangeId);
        }

        return new UndonePairs(entries.Where(entry => left.ContainsKey(entry.ChangeId)).ToList(), pairs);
    }
}
