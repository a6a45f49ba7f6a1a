using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Databases;
using PgSecurity.Core.Findings;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation.Guards;
using PgSecurity.Core.Remediation.Planning;
using PgSecurity.Core.Remediation.Service;
using PgSecurity.Core.Remediation.Targets;

namespace PgSecurity.Core.Remediation.Road;

/// <summary>All that is done to one server: read, plan, the changes one after another, and the verdict afterwards.</summary>
internal sealed class ServerRun
{
    /// <summary>What guards look at.</summary>
    private static readonly string[] GuardFacets =
    {
        FacetTypes.Configurations, FacetTypes.FirewallRules, FacetTypes.Administrators, FacetTypes.PrivateEndpointConnections,
        FacetTypes.Locks, FacetTypes.PolicyAssignments,
    };

    private readonly ChangeRequest _request;
    private readonly IResourceService _service;
    private readonly IPostureSource _postures;
    private readonly RoadOptions _options;
    private readonly FailureLimit _failures;

    public ServerRun(ChangeRequest request, IResourceService service, IPostureSource postures, RoadOptions options, FailureLimit failures)
    {
        _request = request;
        _service = service;
        _postures = postures;
        _options = options;
        _failures = failures;
    }

    /// <summary>The plan, made of the server as it is now.</summary>
    /// <exception cref="ServiceFault">The server cannot be read.</exception>
    public async Task<ChangePlan> PlanAsync(CancellationToken stop)
    {
        Posture posture = await ReadAsync(stop).ConfigureAwait(false);
        ChangePlanner planner = new(_options.Plan);
        if (_request.Changes is { } changes)
        {
            IReadOnlyList<ChangeItem> items = changes(posture);
            posture = await AddAsync(posture, Around(items), stop).ConfigureAwait(false);
            return planner.Plan(await WithRowsAsync(posture, items, stop).ConfigureAwait(false), items);
        }

        List<Finding> findings = new Evaluator(_request.Controls).Evaluate(posture).ToList();
        IReadOnlyDictionary<string, IReadOnlyList<SqlChange>>? written = await StatementsAsync(posture, stop).ConfigureAwait(false);
        ChangePlan plan = planner.Plan(posture, _request.Controls, findings, written);
        Surroundings around = Around(plan.Items);
        if (around.IsEmpty) return plan;

        // Only a plan says what its guards must know beside the server, such as a key that it does not use yet.
        return planner.Plan(await AddAsync(posture, around, stop).ConfigureAwait(false), _request.Controls, findings, written);
    }

    private Surroundings Around(IEnumerable<ChangeItem> items) =>
        items.Select(item => item.Change.Surroundings).Aggregate(Surroundings.None, (all, one) => all.And(one)).Without(_request.Surroundings);

    /// <summary>The rows that changes are about, each read by itself: no facet was asked for that would have them.</summary>
    private async Task<Posture> WithRowsAsync(Posture posture, IReadOnlyList<ChangeItem> items, CancellationToken stop)
    {
        foreach (ChangeItem item in items.Where(item => item.Change is RowChange && item.Refusal.Length == 0))
        {
            try
            {
                posture = PostureEdit.WithRow(posture, item.Change, await TargetReading.ReadAsync(_service, item.Change, stop).ConfigureAwait(false));
            }
            catch (ServiceFault fault)
            {
                item.Refusal = "It cannot be read: " + fault.Message;
            }
        }

        return posture;
    }

    /// <summary>The statements for the rows that fail a control whose step is SQL.</summary>
    private async Task<IReadOnlyDictionary<string, IReadOnlyList<SqlChange>>?> StatementsAsync(Posture posture, CancellationToken stop)
    {
        if (_options.Statements is null) return null;
        Dictionary<string, IReadOnlyList<SqlChange>> written = new(StringComparer.OrdinalIgnoreCase);
        foreach (CompiledControl control in _request.Controls.Where(RowRepairs.IsFor))
        {
            IReadOnlyList<Resource> rows = RowRepairs.Failing(control, posture);
            RunSqlStep step = control.Definition.Remediation.Steps.OfType<RunSqlStep>().Single();
            string template = Path.Combine(Path.GetDirectoryName(control.Definition.Path) ?? "", step.File);
            List<SqlChange> changes = new();
            foreach (IGrouping<string, Resource> type in rows.GroupBy(row => row.Type, StringComparer.Ordinal))
            {
                DatabaseCheck check = DatabaseChecks.OfType(type.Key) ?? throw new RemediationException($"{control.Definition.Id}: {type.Key} is not what a check of databases reads.");
                changes.AddRange(await _options.Statements.WriteAsync(posture.Id, template, check, type.ToList(), control.Parameters, stop).ConfigureAwait(false));
            }

            written[control.Definition.Id] = changes;
        }

        return written;
    }

    /// <summary>Makes the changes.</summary>
    public async Task<IReadOnlyList<Change>> RunAsync(ChangeRoad road, CancellationToken stop)
    {
        ChangePlan plan;
        try
        {
            plan = await PlanAsync(stop).ConfigureAwait(false);
            bool isOld = await road.UntilReadyAsync(_request.Server, plan.Posture.Server.Body, stop).ConfigureAwait(false);
            if (isOld) plan = await PlanAsync(stop).ConfigureAwait(false);
        }
        catch (RemediationException cannot)
        {
            return new[] { Whole(ChangeStatus.Skipped, cannot.Message) };
        }
        catch (ServiceFault fault)
        {
            _failures.Count();
            return new[] { Whole(ChangeStatus.Failed, "The server could not be read: " + fault.Message) };
        }

        List<ChangeRecord> records = plan.Unplanned.Select(Unplanned).ToList();
        Posture posture = plan.Posture;
        HashSet<string> broken = new(StringComparer.OrdinalIgnoreCase);
        LateOverwrites overwrites = new(_service);
        List<ChangeItem> items = plan.Items.ToList();
        for (int index = 0; index < items.Count; index++)
        {
            ChangeItem item = items[index];
            stop.ThrowIfCancellationRequested();
            if (item.Change is Restart && records.All(one => one.Status != ChangeStatus.RestartRequired)) continue;
            ChangeRecord record;
            if (Obstacle(item, plan.Items, records, broken) is string obstacle)
            {
                record = new ChangeRecord(item) { Class = item.Class }.Ended(ChangeStatus.Skipped, obstacle);
            }
            else
            {
                bool wait = !_options.NoWait || item != plan.Items[plan.Items.Count - 1];
                (record, posture) = await road.TakeAsync(item, posture, plan.Risk, wait, stop).ConfigureAwait(false);
            }

            if (record.Status == ChangeStatus.Failed) _failures.Count();
            bool standsAlone = item.Change is RowChange;
            if (!standsAlone && record.Status is (ChangeStatus.Failed or ChangeStatus.Skipped)) broken.UnionWith(item.ControlIds);
            bool isIdleRestart = item.Change is Restart && record.Status == ChangeStatus.AlreadyCompliant;
            if (!isIdleRestart) records.Add(record);
            overwrites.Note(item, record);
            if (item.Change is Restart && record.Status is ChangeStatus.Changed or ChangeStatus.AlreadyCompliant) NowInForce(records, road);
            bool endsRows = item.Change is RowChange && (index + 1 == items.Count || items[index + 1].Change is not RowChange);
            if (endsRows) items.InsertRange(index + 1, await FurtherRowsAsync(items, records, stop).ConfigureAwait(false));
        }

        await overwrites.TellAsync(records, road, stop).ConfigureAwait(false);
        IReadOnlyDictionary<string, Finding>? verdicts = await VerdictsAsync(records, stop).ConfigureAwait(false);
        return records.Select(record => record.ToChange(verdicts)).ToList();
    }

    /// <summary>
    /// The rows that came to fail by the statements that were run: with row security on, it matters that its owner is bound.
    /// Each row is tried once for each control.
    /// </summary>
    private async Task<IReadOnlyList<ChangeItem>> FurtherRowsAsync(List<ChangeItem> items, List<ChangeRecord> records, CancellationToken stop)
    {
        if (_request.Controls.Count == 0 || !records.Any(record => record.IsRow && record.Status == ChangeStatus.Changed)) return Array.Empty<ChangeItem>();
        HashSet<string> tried = new(items.Where(item => item.Change is RowChange).Select(KeyOf), StringComparer.Ordinal);
        try
        {
            ChangePlan plan = await PlanAsync(stop).ConfigureAwait(false);
            return plan.Items.Where(item => item.Change is RowChange && !tried.Contains(KeyOf(item))).ToList();
        }
        catch (ServiceFault)
        {
            // What cannot be read now is told by the verdicts afterwards.
            return Array.Empty<ChangeItem>();
        }
    }

    private static string KeyOf(ChangeItem item) => $"{string.Join("+", item.ControlIds)} {item.Change.Id}";

    private string? Obstacle(ChangeItem item, IReadOnlyList<ChangeItem> all, List<ChangeRecord> records, HashSet<string> broken)
    {
        if (item.Refusal.Length > 0) return item.Refusal;
        if (_failures.IsReached) return $"The run stopped after {_failures.Failures} failed changes (-MaxFailures).";
        if (item.Change is Restart or RowChange) return null;
        if (item.Change is ResourceCreation && all.FirstOrDefault(part => part.Refusal.Length > 0 && IsPartOf(part.Change.Id, item.Change.Id)) is ChangeItem refused)
        {
            return $"It would be made without its {refused.Change.Step}, which is refused: {refused.Refusal}";
        }

        if (item.Change.Method != WriteMethod.Delete && records.Find(record => IsMissing(record) && IsPartOf(item.Change.Id, record.TargetId)) is ChangeRecord missing)
        {
            return $"The {missing.Step} that it is a part of was not made.";
        }

        if (item.Change is ResourcePut && item.Change.Type == FacetTypes.Locks && records.Find(IsDeletionThatFailed) is ChangeRecord failed)
        {
            return $"Deleting the {failed.Step} failed: the lock would stand against it. Run again.";
        }

        return item.ControlIds.Count > 0 && item.ControlIds.All(broken.Contains)
            ? $"An earlier step of {string.Join(", ", item.ControlIds)} was not made."
            : null;
    }

    private static bool IsMissing(ChangeRecord record) => record.TargetId.Length > 0 && record.Status is ChangeStatus.Failed or ChangeStatus.Skipped;

    private static bool IsPartOf(string id, string whole) => id.StartsWith(whole + "/", StringComparison.OrdinalIgnoreCase);

    private static bool IsDeletionThatFailed(ChangeRecord record) => record.IsDeletion && record.Status == ChangeStatus.Failed;

    private static void NowInForce(List<ChangeRecord> records, ChangeRoad road)
    {
        foreach (ChangeRecord waiting in records.Where(record => record.Status == ChangeStatus.RestartRequired))
        {
            bool isOurs = waiting.ChangeId.Length > 0 && !waiting.IsSetByOthers;
            waiting.Ended(isOurs ? ChangeStatus.Changed : ChangeStatus.AlreadyCompliant, "");
            if (isOurs) road.Conclude(waiting);
        }
    }

    private async Task<IReadOnlyDictionary<string, Finding>?> VerdictsAsync(List<ChangeRecord> records, CancellationToken stop)
    {
        bool sent = records.Any(record => record.StartedAt is not null);
        if (_request.Controls.Count == 0 || !sent) return null;
        try
        {
            Posture after = await ReadAsync(stop).ConfigureAwait(false);
            return new Evaluator(_request.Controls).Evaluate(after).ToDictionary(finding => finding.ControlId, StringComparer.OrdinalIgnoreCase);
        }
        catch (ServiceFault fault)
        {
            foreach (ChangeRecord record in records.Where(record => record.Status == ChangeStatus.Changed))
            {
                record.Reason = $"{record.Reason} The control could not be evaluated again: {fault.Message}".Trim();
            }

            return null;
        }
    }

    private async Task<Posture> ReadAsync(CancellationToken stop)
    {
        IEnumerable<string> facets = _request.Controls.SelectMany(control => control.RequiredFacets)
            .Concat(_request.Facets)
            .Concat(GuardFacets)
            .Concat(_request.Controls.Any(control => control.Definition.Guards.Contains(ScramGuard.Name)) ? new[] { ScramGuard.Kinds } : Array.Empty<string>())
            .Concat(new[] { _request.Server.ResourceType });
        Posture posture = await _postures.ReadAsync(_request.Server, facets.Distinct(StringComparer.OrdinalIgnoreCase).ToList(), stop).ConfigureAwait(false);
        return await AddAsync(posture, _request.Surroundings, stop).ConfigureAwait(false);
    }

    private Task<Posture> AddAsync(Posture posture, Surroundings surroundings, CancellationToken stop) =>
        surroundings.IsEmpty ? Task.FromResult(posture) : _postures.AddAsync(posture, surroundings, stop);

    private ChangeRecord Unplanned(UnplannedControl control) =>
        new ChangeRecord(_request.Server, new[] { control.ControlId }, "(none)")
            .Ended(control.IsCompliant ? ChangeStatus.AlreadyCompliant : ChangeStatus.Skipped, control.Reason);

    private Change Whole(ChangeStatus status, string reason) =>
        new ChangeRecord(_request.Server, _request.Controls.Select(control => control.Definition.Id).ToList(), "(none)").Ended(status, reason).ToChange();
}
