using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Core.Journal;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation.Planning;
using PgSecurity.Core.Remediation.Road;
using PgSecurity.Core.Remediation.Service;
using PgSecurity.Core.Remediation.Targets;

namespace PgSecurity.Core.Remediation.Restores;

/// <summary>
/// Restores a server to a temporary one, measures it, holds it against its source and deletes it again, whatever happened
/// in between. Both go the road of every change, so that the journal tells of a server that a run which died left behind.
/// </summary>
public sealed class RestoreTrial
{
    /// <summary>How much older each next point is, where the service says that one is too new.</summary>
    private static readonly TimeSpan[] Ages =
    {
        TimeSpan.Zero, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(6), TimeSpan.FromDays(1),
    };

    private static readonly string[] SourceFacets = RestoreComparison.Facets.Append(FacetTypes.Backups).ToArray();

    private readonly IResourceService _service;
    private readonly IPostureSource _postures;
    private readonly IRoadClock _clock;
    private readonly ChangeRun _making;
    private readonly ChangeRun _deleting;
    private readonly ChangeJournal _journal;

    /// <summary>Makes it.</summary>
    /// <param name="service">Reads resources.</param>
    /// <param name="postures">Reads servers.</param>
    /// <param name="clock">The time.</param>
    /// <param name="making">Makes the temporary server; it may ask before.</param>
    /// <param name="deleting">Deletes it; it must not ask, since what was made must go.</param>
    /// <param name="journal">The journal of both; the temporary server's tag has its run's id.</param>
    public RestoreTrial(IResourceService service, IPostureSource postures, IRoadClock clock, ChangeRun making, ChangeRun deleting, ChangeJournal journal)
    {
        _service = service;
        _postures = postures;
        _clock = clock;
        _making = making;
        _deleting = deleting;
        _journal = journal;
    }

    /// <summary>The request for the temporary server, for a plan that sends nothing.</summary>
    public ChangeRequest Preview(RestoreWish wish) => Making(wish, wish.PointInTime ?? _clock.UtcNow);

    /// <summary>Tries it. Where it is stopped, what was made is deleted before the exception leaves.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public async Task<RestoreTest> RunAsync(RestoreWish wish, CancellationToken stop)
    {
        Trial trial = new();
        bool isDeleted = false;
        try
        {
            await TryAsync(wish, trial, stop).ConfigureAwait(false);
        }
        catch (ServiceFault fault)
        {
            trial.Problem = $"{(trial.PointInTime is null ? "The server" : "The restored server")} could not be read: {fault.Message}";
        }
        finally
        {
            // Stopped or not: what was made goes, and its deletion is waited for.
            isDeleted = await DeleteAsync(wish, trial).ConfigureAwait(false);
        }

        return Result(wish, trial, isDeleted);
    }

    private async Task TryAsync(RestoreWish wish, Trial trial, CancellationToken stop)
    {
        Posture source = await _postures.ReadAsync(wish.Server, SourceFacets, stop).ConfigureAwait(false);
        trial.LastBackup = LastBackup(source);
        DateTimeOffset begin = _clock.UtcNow;
        foreach (DateTimeOffset point in wish.PointInTime is DateTimeOffset chosen ? new[] { chosen } : Ages.Select(age => begin - age).ToArray())
        {
            Change made = await ChangeAsync(_making, Making(wish, point), stop).ConfigureAwait(false);
            trial.Made = made;
            if (made.Status == ChangeStatus.Changed)
            {
                trial.PointInTime = point;
                break;
            }

            if (!IsTooNew(made)) return;
            if (!await DeleteAsync(wish, trial).ConfigureAwait(false)) return;
        }

        if (trial.PointInTime is null) return;
        Posture restored = await _postures.ReadAsync(ServerId.Parse(wish.RestoredId), RestoreComparison.Facets, stop).ConfigureAwait(false);
        trial.Checks.Add(await AnswersAsync(wish, restored, stop).ConfigureAwait(false));
        trial.Checks.AddRange(RestoreComparison.Of(source, restored));
    }

    private ChangeRequest Making(RestoreWish wish, DateTimeOffset point) => new(
        wish.Server, Array.Empty<string>(), source => new[] { new ChangeItem(RestoredServer.Of(source, wish.RestoredId, point, _journal.RunId), Array.Empty<string>()) });

    /// <summary>It answers on the wire where it can be reached from here; where not, the service's word is what there is.</summary>
    private static async Task<RestoreCheck> AnswersAsync(RestoreWish wish, Posture restored, CancellationToken stop)
    {
        string state = ResourceField.Of(restored.Server, "properties.state").Text ?? "";
        string host = ResourceField.Of(restored.Server, "properties.fullyQualifiedDomainName").Text ?? "";
        string? wire = wish.Probe is null || host.Length == 0 ? null : await wish.Probe(host, stop).ConfigureAwait(false);
        bool isReady = string.Equals(state, "Ready", StringComparison.OrdinalIgnoreCase);
        return new RestoreCheck(
            "answers", isReady ? Outcome.Pass : Outcome.Fail, "Ready", wire is null ? $"{state}, as the service reports; not looked at on the wire" : $"{state}, {wire} on port 5432");
    }

    /// <summary>Deletes the temporary server where there is one. True where none is left.</summary>
    private async Task<bool> DeleteAsync(RestoreWish wish, Trial trial)
    {
        if (!_journal.HasIntent(wish.RestoredId)) return true;
        using CancellationTokenSource limit = new(TimeSpan.FromMinutes(30));
        try
        {
            if (!await IsThereAsync(wish, trial, limit.Token).ConfigureAwait(false)) return true;
            ResourceDelete delete = new(wish.Server, ResourceCreation.RestoredServerType, wish.RestoredId, wish.RestoredName);
            ChangeRequest request = new(wish.Server, Array.Empty<string>(), _ => new[] { new ChangeItem(delete, Array.Empty<string>()) { Undoes = trial.Made?.ChangeId ?? "" } });
            Change deleted = await ChangeAsync(_deleting, request, limit.Token).ConfigureAwait(false);
            trial.DeletionProblem = deleted.Reason;
            return deleted.Status is ChangeStatus.Changed or ChangeStatus.AlreadyCompliant;
        }
        catch (Exception failure) when (failure is ServiceFault or OperationCanceledException)
        {
            trial.DeletionProblem = failure is ServiceFault ? failure.Message : "The deletion did not end within half an hour.";
            return false;
        }
    }

    /// <summary>A server that was asked for may show only after a while: after a request of which no end was seen it is looked for.</summary>
    private async Task<bool> IsThereAsync(RestoreWish wish, Trial trial, CancellationToken stop)
    {
        int looks = trial.Made is null || trial.Made.Status == ChangeStatus.Failed ? 20 : 1;
        for (int look = 1; ; look++)
        {
            if (await _service.FindAsync(wish.RestoredId, stop).ConfigureAwait(false) is not null) return true;
            if (look >= looks) return false;
            await _clock.DelayAsync(TimeSpan.FromSeconds(15), stop).ConfigureAwait(false);
        }
    }

    private static async Task<Change> ChangeAsync(ChangeRun run, ChangeRequest request, CancellationToken stop)
    {
        List<Change> changes = new();
        await run.RunAsync(new[] { request }, changes.Add, stop).ConfigureAwait(false);
        return changes.Single();
    }

    /// <summary>Whether the service says that it cannot restore to so new a state yet. No recording shows its words: they are looked for.</summary>
    private static bool IsTooNew(Change made) =>
        made.Status == ChangeStatus.Failed
        && (made.Reason.IndexOf("PointInTime", StringComparison.OrdinalIgnoreCase) >= 0 || made.Reason.IndexOf("restore point", StringComparison.OrdinalIgnoreCase) >= 0);

    private static DateTimeOffset? LastBackup(Posture source)
    {
        List<DateTimeOffset> times = source.FacetOf(FacetTypes.Backups).Resources
            .Select(backup => ResourceField.Of(backup, "properties.completedTime").Time)
            .OfType<DateTimeOffset>()
            .ToList();
        return times.Count == 0 ? null : times.Max();
    }

    private RestoreTest Result(RestoreWish wish, Trial trial, bool isDeleted)
    {
        TimeSpan? took = trial.PointInTime is null ? null : trial.Made!.Duration;
        TimeSpan? age = trial.PointInTime is DateTimeOffset point ? trial.Made!.StartedAt - point : null;
        List<string> faults = new();
        if (trial.PointInTime is null && trial.Made is Change made) faults.Add(made.Reason);
        if (wish.Rto < took) faults.Add($"The recovery took {took:c}, longer than {wish.Rto:c}.");
        if (wish.Rpo < age) faults.Add($"The newest state that could be restored was {age:c} old, older than {wish.Rpo:c}.");
        faults.AddRange(trial.Checks.Where(check => check.Outcome == Outcome.Fail).Select(check => $"{check.Name}: {check.Observed} in place of {check.Expected}."));
        if (!isDeleted) faults.Add($"The temporary server {wish.RestoredName} still stands and costs money: {trial.DeletionProblem}".TrimEnd(':', ' '));
        List<string> doubts = trial.Checks.Where(check => check.Outcome == Outcome.Unknown).Select(check => $"{check.Name} cannot be told: {check.Observed}.").ToList();
        if (trial.Problem.Length > 0) doubts.Add(trial.Problem);

        // A restore that was refused before it began says nothing of the backups.
        bool wasTried = trial.Made?.StartedAt is not null;
        return new RestoreTest
        {
            ResourceId = wish.Server.Value,
            ServerName = wish.Server.Name,
            RestoredServerId = wish.RestoredId,
            Outcome = !wasTried ? Outcome.Unknown : faults.Count > 0 ? Outcome.Fail : doubts.Count > 0 ? Outcome.Unknown : Outcome.Pass,
            Reason = string.Join(" ", faults.Concat(doubts)),
            StartedAt = trial.Made?.StartedAt,
            PointInTime = trial.PointInTime,
            RecoveryTime = took,
            RecoveryPointAge = age,
            LastBackup = trial.LastBackup,
            Rto = wish.Rto,
            Rpo = wish.Rpo,
            Checks = trial.Checks,
            IsCleanedUp = isDeleted,
            RunId = trial.Made?.RunId ?? "",
        };
    }

    /// <summary>What is known so far.</summary>
    private sealed class Trial
    {
        public Change? Made { get; set; }

        public DateTimeOffset? PointInTime { get; set; }

        public DateTimeOffset? LastBackup { get; set; }

        public List<RestoreCheck> Checks { get; } = new();

        public string Problem { get; set; } = "";

        public string DeletionProblem { get; set; } = "";
    }
}
