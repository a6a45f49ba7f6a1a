using System;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Core.Journal;
using PgSecurity.Core.Remediation.Planning;
using PgSecurity.Core.Remediation.Service;
using PgSecurity.Core.Remediation.Targets;

namespace PgSecurity.Core.Remediation.Road;

/// <summary>
/// Sends a write until the value read back is the one wanted, it is refused for good, or somebody else changed the
/// resource meanwhile. A busy server fails the whole write, so the whole write is made again.
/// </summary>
internal sealed class WriteAttempts
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan LostOperationPause = TimeSpan.FromSeconds(30);

    private readonly IResourceService _service;
    private readonly IRoadClock _clock;
    private readonly ChangeJournal _journal;
    private readonly RoadOptions _options;

    public WriteAttempts(IResourceService service, IRoadClock clock, ChangeJournal journal, RoadOptions options)
    {
        _service = service;
        _clock = clock;
        _journal = journal;
        _options = options;
    }

    /// <summary>Makes the write; the record says how it ended. Returns the resource as last read.</summary>
    public async Task<JsonObject?> MakeAsync(ChangeItem item, ChangeRecord record, JsonObject? before, JsonObject body, bool wait, CancellationToken stop)
    {
        TargetChange change = item.Change;
        JsonObject? last = before;
        bool mayBeOurs = false;
        for (int attempt = 1; ; attempt++)
        {
            ServiceFault? fault = await SendAsync(item, record, body, attempt, wait, stop).ConfigureAwait(false);
            if (record.Status == ChangeStatus.InDoubt) return last;
            mayBeOurs |= fault is null || !fault.HadNoEffect;
            (last, ServiceFault? unread) = fault is { IsUnderWay: true }
                ? await WaitForAsync(change, body, last, stop).ConfigureAwait(false)
                : await ReadBackAsync(change, body, last, expectsEffect: fault is null || fault.MayHaveTakenEffect, stop).ConfigureAwait(false);
            if (unread is not null)
            {
                string what = fault is null ? "The service reports it as done" : "The service answered: " + fault.Message;
                record.Ended(ChangeStatus.Failed, $"{what}; the value could not be read back: {unread.Message}");
                return last;
            }

            if (change.IsUnderWay(last, body) && (fault is null || fault.MayHaveTakenEffect))
            {
                last = await UntilEndedAsync(change, body, last, stop).ConfigureAwait(false);
            }

            if (IsAsWanted(change, last, body))
            {
                End(record, change, last, mayBeOurs);
                return last;
            }

            record.IsOvertaken = IsChangedByOthers(change, before, last, body);
            if (fault is null)
            {
                record.Ended(ChangeStatus.Failed, WithoutEffect(change, last, body, record.IsOvertaken));
                return last;
            }

            if (record.IsOvertaken)
            {
                record.Ended(
                    ChangeStatus.Failed,
                    $"Somebody else changed it meanwhile, from {Shown(change, before, body)} to {Shown(change, last, body)}: it is left as they set it. ({fault.Message})");
                return last;
            }

            bool goesOn = fault.Retry is RetryClass.Transient or RetryClass.Minutes && attempt < _options.Attempts;
            if (!goesOn)
            {
                string tries = attempt > 1 ? $" ({attempt} attempts)" : "";
                string mayCome = fault.IsUnderWay
                    ? $" The operation was begun, and after {_options.LostOperationWait.TotalMinutes:0} minutes the value is still {Shown(change, last, body)}: it may take effect yet. Look again later."
                    : "";
                record.Ended(ChangeStatus.Failed, $"{fault.Message}{tries}{mayCome}");
                return last;
            }

            await _clock.DelayAsync(Pause(fault, attempt), stop).ConfigureAwait(false);

            // An operation that was under way may have ended in what is wanted: then nothing is sent again.
            (last, unread) = await ReadBackAsync(change, body, last, expectsEffect: false, stop).ConfigureAwait(false);
            if (unread is null && IsAsWanted(change, last, body))
            {
                End(record, change, last, mayBeOurs);
                return last;
            }
        }
    }

    private async Task<ServiceFault?> SendAsync(ChangeItem item, ChangeRecord record, JsonObject body, int attempt, bool wait, CancellationToken stop)
    {
        record.Attempts = attempt;
        try
        {
            _journal.Attempt(record.ChangeId, attempt);
        }
        catch (Exception failure) when (failure is System.IO.IOException or UnauthorizedAccessException)
        {
            return new ServiceFault("", $"Nothing was sent, since the journal cannot be written: {failure.Message}", RetryClass.Never, failure) { HadNoEffect = true };
        }

        try
        {
            JsonNode? sent = item.Change.Method switch
            {
                WriteMethod.Delete => null,
                WriteMethod.Post => body.Count == 0 ? null : body,
                _ => item.AddSecret is null ? body : item.AddSecret((JsonObject)body.DeepClone()),
            };
            WriteReceipt receipt = wait
                ? await _service.WriteAsync(item.Change.Method, item.Change.RequestId, sent, stop).ConfigureAwait(false)
                : await _service.StartAsync(item.Change.Method, item.Change.RequestId, sent, stop).ConfigureAwait(false);
            record.RequestId = receipt.RequestId ?? record.RequestId;
            if (receipt.IsUnderWay) LeaveToAzure(record, receipt);
            return null;
        }
        catch (ServiceFault fault)
        {
            record.RequestId = fault.RequestId ?? record.RequestId;
            return fault;
        }
    }

    /// <summary>The request is taken and nobody waits: the journal says so, that it may be settled when it is done.</summary>
    private void LeaveToAzure(ChangeRecord record, WriteReceipt receipt)
    {
        record.Ended(ChangeStatus.InDoubt, "Azure took the request and works on it; Get-PgSecurityChange -InDoubt says later what became of it.");
        try
        {
            _journal.Accepted(record.ChangeId, receipt.RequestId);
        }
        catch (Exception failure) when (failure is System.IO.IOException or UnauthorizedAccessException)
        {
            record.Reason = $"{record.Reason} That it is under way could not be written to the journal: {failure.Message}";
        }
    }

    /// <summary>Sight of the operation was lost and the resource is there, not ready yet: it is waited for, half an hour at most.</summary>
    private async Task<JsonObject?> UntilEndedAsync(TargetChange change, JsonObject body, JsonObject? last, CancellationToken stop)
    {
        for (int look = 0; look < 60 && change.IsUnderWay(last, body); look++)
        {
            await _clock.DelayAsync(TimeSpan.FromSeconds(30), stop).ConfigureAwait(false);
            try
            {
                last = await TargetReading.ReadAsync(_service, change, stop).ConfigureAwait(false);
            }
            catch (ServiceFault)
            {
                // The next look may tell.
            }
        }

        return last;
    }

    private async Task<(JsonObject? Current, ServiceFault? Fault)> ReadBackAsync(
        TargetChange change, JsonObject body, JsonObject? known, bool expectsEffect, CancellationToken stop)
    {
        ServiceFault? unread = null;
        JsonObject? current = known;
        for (int reading = 1; reading <= _options.Readings; reading++)
        {
            try
            {
                current = await TargetReading.ReadAsync(_service, change, stop).ConfigureAwait(false);
                unread = null;
                if (IsAsWanted(change, current, body) || !expectsEffect) return (current, null);
            }
            catch (ServiceFault fault)
            {
                unread = fault;
            }

            if (reading < _options.Readings) await _clock.DelayAsync(TimeSpan.FromSeconds(5 * reading), stop).ConfigureAwait(false);
        }

        return (current, unread);
    }

    /// <summary>An operation that cannot be followed is known by its effect alone.</summary>
    private async Task<(JsonObject? Current, ServiceFault? Fault)> WaitForAsync(TargetChange change, JsonObject body, JsonObject? known, CancellationToken stop)
    {
        DateTimeOffset end = _clock.UtcNow + _options.LostOperationWait;
        while (true)
        {
            (JsonObject? current, ServiceFault? unread) = await ReadBackAsync(change, body, known, expectsEffect: true, stop).ConfigureAwait(false);
            bool isKnown = unread is null && IsAsWanted(change, current, body);
            if (isKnown || _clock.UtcNow >= end) return (current, unread);
            await _clock.DelayAsync(LostOperationPause, stop).ConfigureAwait(false);
        }
    }

    private static void End(ChangeRecord record, TargetChange change, JsonObject? last, bool mayBeOurs)
    {
        bool waits = change is ParameterChange && TargetReading.IsWaiting(last);
        string waiting = waits ? "The value is set and in force after the next restart; -AllowRestart lets PgSecurity restart the server once." : change.Remark(last);
        record.IsSetByOthers = !mayBeOurs;
        if (mayBeOurs)
        {
            record.Ended(waits ? ChangeStatus.RestartRequired : ChangeStatus.Changed, waiting);
            return;
        }

        string others = $"Somebody else made this change meanwhile, while another write on the server stood in the way of this one. {waiting}";
        record.Ended(waits ? ChangeStatus.RestartRequired : ChangeStatus.AlreadyCompliant, others.TrimEnd());
    }

    /// <summary>
    /// Whether what was sent is there, or more: a list that somebody else has added to since still has the members wanted.
    /// </summary>
    private static bool IsAsWanted(TargetChange change, JsonObject? resource, JsonObject body)
    {
        if (change.IsDone(resource, body)) return true;
        try
        {
            return change is ParameterChange { Value: null } && change.Compose(resource) is null;
        }
        catch (RemediationException)
        {
            return false;
        }
    }

    private static string WithoutEffect(TargetChange change, JsonObject? last, JsonObject body, bool isOvertaken)
    {
        string now = Shown(change, last, body);
        if (change is Restart) return $"The service reports the restart as done, and parameters wait for one ({now}): it had no effect, or somebody set them since.";
        return isOvertaken
            ? $"The service reports it as done, and the value is {now}: somebody else changed it right after. It is left as they set it."
            : $"The service reports it as done, and the value is still {now}.";
    }

    private static bool IsChangedByOthers(TargetChange change, JsonObject? before, JsonObject? now, JsonObject body) =>
        change is not Restart && !change.IsDone(now, body) && !change.IsUnderWay(now, body) && !JsonNode.DeepEquals(change.Part(before, body), change.Part(now, body))
        && change.Describe(before, body) != change.Describe(now, body);

    private static string Shown(TargetChange change, JsonObject? resource, JsonObject body) => SecretFree.Message(change.Describe(resource, body));

    private static TimeSpan Pause(ServiceFault fault, int attempt)
    {
        if (fault.Retry == RetryClass.Minutes) return TimeSpan.FromSeconds(30);
        TimeSpan doubled = TimeSpan.FromSeconds(5 * Math.Pow(2, Math.Min(attempt - 1, 4)));
        return doubled < LongestPause ? doubled : LongestPause;
    }
}
