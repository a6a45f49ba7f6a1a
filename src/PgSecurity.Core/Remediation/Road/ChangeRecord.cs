using System;
using System.Collections.Generic;
using System.Linq;
using PgSecurity.Core.Remediation.Planning;

namespace PgSecurity.Core.Remediation.Road;

/// <summary>A change under way: what is known of it so far.</summary>
internal sealed class ChangeRecord
{
    public ChangeRecord(ServerId server, IReadOnlyList<string> controlIds, string step)
    {
        Server = server;
        ControlIds = controlIds;
        Step = step;
    }

    public ChangeRecord(ChangeItem item)
        : this(item.Change.Server, item.ControlIds, item.Change.Step)
    {
        TargetId = item.Change.Id;
        Undoes = item.Undoes;
        IsDeletion = item.Change is Targets.ResourceDelete;
        IsRow = item.Change is Targets.RowChange;
    }

    public ServerId Server { get; }

    public IReadOnlyList<string> ControlIds { get; }

    public string Step { get; }

    public string TargetId { get; } = "";

    public string Undoes { get; } = "";

    public bool IsDeletion { get; }

    /// <summary>Whether it is about one row of many: the row was read again, and others may fail their control still.</summary>
    public bool IsRow { get; }

    /// <summary>The columns of the row afterwards; null where there is no row any more.</summary>
    public System.Text.Json.Nodes.JsonObject? Row { get; set; }

    public string ChangeId { get; set; } = "";

    public string RunId { get; set; } = "";

    public string JournalPath { get; set; } = "";

    public ChangeStatus Status { get; set; } = ChangeStatus.Skipped;

    public string Reason { get; set; } = "";

    public string Before { get; set; } = "";

    public string After { get; set; } = "";

    public ChangeClass Class { get; set; }

    /// <summary>Whether somebody else set the wanted value while the write was refused: then it is not ours to take back.</summary>
    public bool IsSetByOthers { get; set; }

    /// <summary>Whether somebody else wrote the resource while this change was on its way, so that it did not come about.</summary>
    public bool IsOvertaken { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    public TimeSpan Duration { get; set; }

    public int Attempts { get; set; }

    public string RequestId { get; set; } = "";

    public ChangeRecord Ended(ChangeStatus status, string reason)
    {
        Status = status;
        Reason = SecretFree.Message(reason);
        return this;
    }

    /// <summary>As the journal has it: what somebody else set was there already, and is not taken back with this run.</summary>
    public Change ToResult() => IsSetByOthers ? ToChange(null, ChangeStatus.AlreadyCompliant) : ToChange();

    public Change ToChange(IReadOnlyDictionary<string, Finding>? verdicts = null) => ToChange(verdicts, Status);

    private Change ToChange(IReadOnlyDictionary<string, Finding>? verdicts, ChangeStatus status)
    {
        List<Finding> known = verdicts is null
            ? new List<Finding>()
            : ControlIds.Where(verdicts.ContainsKey).Select(id => verdicts[id]).ToList();
        List<string> failing = Status == ChangeStatus.Changed && !IsRow
            ? known.Where(finding => finding.Outcome == Outcome.Fail).Select(finding => $"{finding.ControlId} still fails: {finding.Observed}").ToList()
            : new List<string>();
        return new Change
        {
            ChangeId = ChangeId,
            RunId = RunId,
            ResourceId = Server.Value,
            ServerName = Server.Name,
            ControlId = ControlIds,
            Step = Step,
            TargetId = TargetId,
            Status = status,
            Reason = string.Join(" ", failing.Prepend(Reason).Where(text => text.Length > 0)),
            Before = SecretFree.Message(Before),
            After = SecretFree.Message(After),
            Class = Class,
            Verdict = known.Select(finding => $"{finding.ControlId}: {finding.Outcome}").ToList(),
            StartedAt = StartedAt,
            Duration = Duration,
            Attempts = Attempts,
            RequestId = RequestId,
            Undoes = Undoes,
            JournalPath = JournalPath,
        };
    }
}
