using System;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Core.Journal;
using PgSecurity.Core.Remediation.Planning;
using PgSecurity.Core.Remediation.Road;
using PgSecurity.Core.Remediation.Service;
using PgSecurity.Core.Remediation.Targets;

namespace PgSecurity.Core.Remediation.Undo;

/// <summary>Settles changes whose run ended before their result was written, by reading what is there now.</summary>
public static class DoubtSettler
{
    /// <summary>How long an operation that nobody waited for, or whose run ended meanwhile, is given, before a value that did not come counts as failed.</summary>
    private static readonly TimeSpan LongestOperation = TimeSpan.FromMinutes(30);

    /// <summary>
    /// The change with what became of it, which is written to its journal too. Where the resource cannot be read it stays
    /// in doubt, and nothing is written.
    /// </summary>
    public static async Task<Change> SettleAsync(JournalEntry entry, IResourceService service, IRoadClock clock, CancellationToken stop)
    {
        TargetChange change = JournaledChange.Of(entry);
        JsonObject? current;
        try
        {
            current = await TargetReading.ReadAsync(service, change, stop).ConfigureAwait(false);
        }
        catch (ServiceFault fault)
        {
            entry.Reason = "It cannot be settled now: " + SecretFree.Message(fault.Message);
            return entry.Show();
        }

        bool isMade = change.IsDone(current, entry.Body);
        bool mayStillCome = change.IsUnderWay(current, entry.Body) || (MayBeWithAzure(entry, change) && clock.UtcNow - entry.Time < LongestOperation);
        if (!isMade && mayStillCome)
        {
            entry.Reason = $"Azure may still be working on it, since {entry.Time:u}; the value is {change.Describe(current, entry.Body)}. Look again later.";
            return entry.Show();
        }

        bool waits = isMade && change is ParameterChange && TargetReading.IsWaiting(current);
        string now = change.Describe(current, entry.Body);
        entry.Status = waits ? ChangeStatus.RestartRequired : isMade ? ChangeStatus.Changed : ChangeStatus.Failed;
        entry.After = now;
        entry.Reason = isMade
            ? "Settled after the run had ended: the value is the one that was sent."
            : now == entry.From
                ? "Settled after the run had ended: the request had no effect."
                : $"Settled after the run had ended: the value is {now}, neither the one before nor the one sent.";
        Change settled = entry.Show();
        if (change is RowChange) ChangeJournal.Settle(entry.Path, settled, RowChange.Columns(current), clock.UtcNow);
        else ChangeJournal.Settle(entry.Path, settled, clock.UtcNow);
        return settled;
    }

    /// <summary>
    /// Whether the request was sent: the service answers before it has done what is asked, so that a run may end with the
    /// operation under way. A database does it before it answers.
    /// </summary>
    private static bool MayBeWithAzure(JournalEntry entry, TargetChange change) => entry.IsAccepted || (entry.Attempts > 0 && change is not RowChange);
}
