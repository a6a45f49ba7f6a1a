using System;
using System.IO;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Core.Journal;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation.Guards;
using PgSecurity.Core.Remediation.Planning;
using PgSecurity.Core.Remediation.Service;
using PgSecurity.Core.Remediation.Targets;

namespace PgSecurity.Core.Remediation.Road;

/// <summary>
/// The one road of every change: read again, ask the guards, confirm, write the intent to the journal, send, read back,
/// write the result. Only a value that was read back counts as changed.
/// </summary>
internal sealed class ChangeRoad
{
    private const int MostRounds = 3;

    /// <summary>For so long a question may stand open before the answer is held to be about something that was read long ago.</summary>
    private static readonly TimeSpan LongestQuestion = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan ReadyPause = TimeSpan.FromSeconds(15);

    private readonly IResourceService _service;
    private readonly IRoadClock _clock;
    private readonly ChangeJournal _journal;
    private readonly EarlierDoubts _doubts;
    private readonly RoadOptions _options;

    public ChangeRoad(IResourceService service, IRoadClock clock, ChangeJournal journal, EarlierDoubts doubts, RoadOptions options)
    {
        _service = service;
        _clock = clock;
        _journal = journal;
        _doubts = doubts;
        _options = options;
    }

    /// <summary>
    /// Takes one change; an addition to a list again, from what is there then, where somebody else added to the list while it was
    /// on its way.
    /// </summary>
    public async Task<(ChangeRecord Record, Posture Posture)> TakeAsync(ChangeItem item, Posture posture, string risk, bool wait, CancellationToken stop)
    {
        for (int round = 1; ; round++)
        {
            (ChangeRecord record, posture) = await TakeOnceAsync(item, posture, risk, wait, stop).ConfigureAwait(false);
            bool isAddedTo = item.Change is ParameterChange list && list.HasGrown(item.Current, PostureEdit.BodyOf(posture, item.Change));
            if (!record.IsOvertaken || !isAddedTo || round == MostRounds) return (record, posture);
        }
    }

    /// <summary>
    /// Takes one change. The posture is the server as last read, and comes back as it is afterwards. Where it is not waited
    /// for, the journal has its intent and no result: it is settled like a change whose run ended.
    /// </summary>
    private async Task<(ChangeRecord Record, Posture Posture)> TakeOnceAsync(ChangeItem item, Posture posture, string risk, bool wait, CancellationToken stop)
    {
        ChangeRecord record = new(item);
        TargetChange change = item.Change;
        JsonObject? current;
        JsonObject? body;
        try
        {
            current = await ReadSettledAsync(change, stop).ConfigureAwait(false);
            if (change is not Restart) posture = PostureEdit.With(posture, change, current);
            record.Class = change.ClassOf(current);
            if (item.Drift?.Invoke(current) is string drift) return (record.Ended(ChangeStatus.Skipped, drift), posture);
            body = change.Compose(current);
        }
        catch (ServiceFault fault)
        {
            return (record.Ended(ChangeStatus.Failed, "Nothing was sent, since the resource could not be read: " + fault.Message), posture);
        }
        catch (RemediationException cannot)
        {
            return (record.Ended(ChangeStatus.Skipped, cannot.Message), posture);
        }

        if (body is null) return (Compliant(record, item, current), posture);

        record.Before = change.Describe(current, body);
        GuardedChange guarded = new(change, posture, body, _options.Plan.CallerAddress);
        string refusal = ChangePlanner.RefusalOf(ChangeGuards.Judge(guarded), _options.Plan.Consents);
        if (refusal.Length > 0) return (record.Ended(ChangeStatus.Skipped, refusal), posture);

        item.Current = current;
        item.Body = body;
        DateTimeOffset asked = _clock.UtcNow;
        if (_options.Confirm is not null && !_options.Confirm(item.Show(0, risk))) return (record.Ended(ChangeStatus.Skipped, "It was declined."), posture);
        if (_clock.UtcNow - asked > LongestQuestion && await ChangedWhileAskedAsync(change, current, body, stop).ConfigureAwait(false) is string changed)
        {
            return (record.Ended(ChangeStatus.Skipped, changed), posture);
        }

        JsonObject? left = await SendAsync(item, record, current, body, wait, stop).ConfigureAwait(false);
        return (record, change is Restart || record.StartedAt is null ? posture : PostureEdit.With(posture, change, left));
    }

    /// <summary>Why what was agreed to is not what would be done: the resource is another one than the question showed; null where it is the same.</summary>
    private async Task<string?> ChangedWhileAskedAsync(TargetChange change, JsonObject? shown, JsonObject body, CancellationToken stop)
    {
        try
        {
            JsonObject? now = await TargetReading.ReadAsync(_service, change, stop).ConfigureAwait(false);
            return JsonNode.DeepEquals(change.Part(shown, body), change.Part(now, body))
                ? null
                : $"While the question was open it was changed from {change.Describe(shown, body)} to {change.Describe(now, body)}: nothing was sent. Run again.";
        }
        catch (ServiceFault fault)
        {
            return "Nothing was sent, since the resource could not be read again after the question: " + fault.Message;
        }
    }

    /// <summary>
    /// Waits while the server is updated, restarted or started by somebody else: what is read meanwhile may be about to
    /// change, and no write is taken.
    /// </summary>
    /// <returns>Whether it was waited for, so that what was read before is old.</returns>
    /// <exception cref="ServiceFault">The server cannot be read.</exception>
    public async Task<bool> UntilReadyAsync(ServerId server, JsonElement body, CancellationToken stop)
    {
        DateTimeOffset end = _clock.UtcNow + _options.ReadyWait;
        bool waited = false;
        for (JsonObject? now = JsonShape.Copy(body); IsPassing(now) && _clock.UtcNow < end; now = JsonShape.Copy(await _service.FindAsync(server.Value, stop).ConfigureAwait(false)))
        {
            waited = true;
            await _clock.DelayAsync(ReadyPause, stop).ConfigureAwait(false);
        }

        return waited;
    }

    private static bool IsPassing(JsonObject? server) => JsonShape.Text(JsonShape.At(server, "properties", "state")) is "Updating" or "Restarting" or "Starting";

    /// <summary>The resource; where an earlier run may be changing it still, read until it is as wanted or nothing has come for a while.</summary>
    private async Task<JsonObject?> ReadSettledAsync(TargetChange change, CancellationToken stop)
    {
        JsonObject? current = await TargetReading.ReadAsync(_service, change, stop).ConfigureAwait(false);
        bool isTouched = change is not (Restart or RowChange) && _doubts.Touch(change.Id);
        for (int reading = 1; isTouched && reading < _options.Readings && change.Compose(current) is not null; reading++)
        {
            await _clock.DelayAsync(TimeSpan.FromSeconds(5 * reading), stop).ConfigureAwait(false);
            current = await TargetReading.ReadAsync(_service, change, stop).ConfigureAwait(false);
        }

        return current;
    }

    private static ChangeRecord Compliant(ChangeRecord record, ChangeItem item, JsonObject? current)
    {
        record.After = record.Before = item.Change is ResourceDelete ? "(none)" : item.Change.Describe(current, item.Body ?? new JsonObject());
        bool waits = item.Change is ParameterChange && TargetReading.IsWaiting(current);
        return waits
            ? record.Ended(ChangeStatus.RestartRequired, "The value is set and waits for a restart.")
            : record.Ended(ChangeStatus.AlreadyCompliant, "");
    }

    private async Task<JsonObject?> SendAsync(ChangeItem item, ChangeRecord record, JsonObject? before, JsonObject body, bool wait, CancellationToken stop)
    {
        try
        {
            record.StartedAt = _clock.UtcNow;
            record.ChangeId = Guid.NewGuid().ToString("N");
            record.RunId = _journal.RunId;
            _journal.Intend(Intent(item, record, before, body));
            record.JournalPath = _journal.FilePath;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            record.StartedAt = null;
            record.ChangeId = "";
            record.Ended(ChangeStatus.Failed, $"Nothing was sent, since the journal cannot be written: {failure.Message}");
            return before;
        }

        JsonObject? after = await new WriteAttempts(_service, _clock, _journal, _options).MakeAsync(item, record, before, body, wait, stop).ConfigureAwait(false);
        record.After = item.Change.Describe(after, body);
        record.Row = RowChange.Columns(after);
        record.Duration = _clock.UtcNow - record.StartedAt.Value;
        if (item.Change is ResourceCreation && record.Status == ChangeStatus.Failed && after is not null)
        {
            record.Reason = $"{record.Reason} What came of it is still there ({record.After}): look at {item.Change.Id}, and delete it.";
        }

        if (record.Status != ChangeStatus.InDoubt) Conclude(record);
        return after;
    }

    /// <summary>Writes the result; what became of the change is told even where it cannot be written.</summary>
    public void Conclude(ChangeRecord record)
    {
        try
        {
            if (record.IsRow) _journal.Conclude(record.ToResult(), record.Row);
            else _journal.Conclude(record.ToResult());
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            record.Reason = $"{record.Reason} Its result could not be written to the journal: {failure.Message}".Trim();
        }
    }

    private JournalEntry Intent(ChangeItem item, ChangeRecord record, JsonObject? before, JsonObject body) => new()
    {
        ChangeId = record.ChangeId,
        RunId = record.RunId,
        Time = record.StartedAt!.Value,
        Server = item.Change.Server,
        ControlIds = item.ControlIds,
        Step = item.Change.Step,
        TargetType = item.Change.Type,
        TargetId = item.Change.Id,
        TargetName = item.Change.Name,
        Method = item.Change.Method,
        Body = body,
        Before = item.Change.Method is WriteMethod.Put or WriteMethod.Delete ? before?.DeepClone() : item.Change.Part(before, body),
        From = record.Before,
        To = item.Change.Describe(item.Change.Outcome(before, body), body),
        Class = record.Class,
        Login = LoginOf(item.Change, before),
        Undoes = item.Undoes,
    };

    /// <summary>While passwords are off the service hides the login's name, which is needed to have them on again.</summary>
    private static string LoginOf(TargetChange change, JsonObject? server) =>
        change is ServerChange { Concern: "authConfig" } ? JsonShape.Text(JsonShape.At(server, "properties", "administratorLogin")) : "";
}
