using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using PgSecurity.Core.Journal;
using PgSecurity.Core.Remediation.Service;
using PgSecurity.Core.Remediation.Targets;

namespace PgSecurity.Core.Remediation.Undo;

/// <summary>Statements of a journal as a change again. What they changed of the row is what differs between its two images.</summary>
internal static class JournaledRow
{
    /// <summary>The change as it was made.</summary>
    public static TargetChange Of(JournalEntry entry) =>
        new RowChange(entry.Server, entry.TargetType, entry.TargetName, Statements(entry, "statements", "inverse"), row => IsMade(entry, RowChange.Columns(row)));

    /// <summary>The change that takes it back.</summary>
    /// <exception cref="RemediationException">The journal does not have what takes it back.</exception>
    public static TargetChange Reverse(JournalEntry entry)
    {
        RowChange back = new(entry.Server, entry.TargetType, entry.TargetName, Statements(entry, "inverse", "statements"), row => IsBack(entry, RowChange.Columns(row)))
        {
            Restores = row => IsMade(entry, RowChange.Columns(row)),
        };
        return Statements(entry, "statements", "inverse").IsInverseCovered
            ? throw new RemediationException("The statements that take it back hold a secret, which the journal leaves out. Take it back by hand.")
            : back;
    }

    private static SqlChange Statements(JournalEntry entry, string forward, string inverse) =>
        new(entry.TargetId, JsonShape.Text(JsonShape.Member(entry.Body, "database")), Texts(entry, forward), Texts(entry, inverse));

    private static bool IsMade(JournalEntry entry, JsonObject? now) => entry.HasRowAfter
        ? RowImage.Same(now, entry.RowAfter, Changed(entry))
        : (now is null) != (entry.Before is null) || RowImage.Differences(entry.TargetType, entry.Before as JsonObject, now).Count > 0;

    private static bool IsBack(JournalEntry entry, JsonObject? now)
    {
        if (entry.Before is not JsonObject before) return now is null;
        bool wasGone = entry.HasRowAfter && entry.RowAfter is null;
        return wasGone ? now is not null : RowImage.Same(now, before, Changed(entry));
    }

    private static IReadOnlyList<string> Changed(JournalEntry entry) =>
        RowImage.Differences(entry.TargetType, entry.Before as JsonObject, entry.RowAfter);

    private static IReadOnlyList<string> Texts(JournalEntry entry, string member) =>
        (JsonShape.Member(entry.Body, member) as JsonArray ?? new JsonArray()).Select(statement => statement is JsonObject ? SqlChange.SecretCover : JsonShape.Text(statement)).ToList();
}
