using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Core.Findings;
using PgSecurity.Core.Postures;
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
    private readonly IPostureSource _postures;
    private readonly RoadOptions _options;
    private readonly FailureLimit _failures;

    public ServerRun(ChangeRequest request, IPostureSource postures, RoadOptions options, FailureLimit failures)
    {
        _request = request;
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
        if (_request.Changes is { } changes) return planner.Plan(posture, changes(posture));
        return planner.Plan(posture, _request.Controls, new Evaluator(_request.Controls).Evaluate(posture).ToList());
    }

    /// <summary>Makes the changes.</summary>
    public async Task<IReadOnlyList<Change>> RunAsync(ChangeRoad road, CancellationToken stop)
    {
        ChangePlan plan;
        try
        {
            plan = await PlanAsync(stop).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is ServiceFault or RemediationException)
        {
            _failures.Count();
            return new[] { Whole(ChangeStatus.Failed, "The server could not be read: " + failure.Message) };
        }

        List<ChangeRecord> records = plan.Unplanned.Select(Unplanned).ToList();
        Posture posture = plan.Posture;
        HashSet<string> broken = new(StringComparer.OrdinalIgnoreCase);
        foreach (ChangeItem item in plan.Items)
        {
            stop.ThrowIfCancellationRequested();
            if (item.Change is Restart && records.All(one => one.Status != ChangeStatus.RestartRequired)) continue;
            ChangeRecord record;
            if (Obstacle(item, records, broken) is string obstacle)
            {
                record = new ChangeRecord(item) { Class = item.Change.ClassOf(item.Current) }.Ended(ChangeStatus.Skipped, obstacle);
            }
            else
            {
                (record, posture) = await road.TakeAsync(item, posture, plan.Risk, stop).ConfigureAwait(false);
            }

            if (record.Status == ChangeStatus.Failed) _failures.Count();
            if (record.Status is ChangeStatus.Failed or ChangeStatus.Skipped) broken.UnionWith(item.ControlIds);
            bool isIdleRestart = item.Change is Restart && record.Status == ChangeStatus.AlreadyCompliant;
            if (!isIdleRestart) records.Add(record);
            if (item.Change is Restart && record.Status is ChangeStatus.Changed or ChangeStatus.AlreadyCompliant) NowInForce(records, road);
        }

        IReadOnlyDictionary<string, Finding>? verdicts = await VerdictsAsync(records, stop).ConfigureAwait(false);
        return records.Select(record => record.ToChange(verdicts)).ToList();
    }

    private string? Obstacle(ChangeItem item, List<ChangeRecord> records, HashSet<string> broken)
    {
        if (item.Refusal.Length > 0) return item.Refusal;
        if (_failures.IsReached) return $"The run stopped after {_failures.Failures} failed changes (-MaxFailures).";
        if (item.Change is Restart) return null;
        if (item.Change is ResourcePut && item.Change.Type == FacetTypes.Locks && records.Find(IsDeletionThatFailed) is ChangeRecord failed)
        {
            return $"Deleting the {failed.Step} failed: the lock would stand against it. Run again.";
        }

        return item.ControlIds.Count > 0 && item.ControlIds.All(broken.Contains)
            ? $"An earlier step of {string.Join(", ", item.ControlIds)} was not made."
            : null;
    }

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

    private Task<Posture> ReadAsync(CancellationToken stop)
    {
        IEnumerable<string> facets = _request.Controls.SelectMany(control => control.RequiredFacets)
            .Concat(_request.Facets)
            .Concat(GuardFacets)
            .Concat(new[] { _request.Server.ResourceType });
        return _postures.ReadAsync(_request.Server, facets.Distinct(StringComparer.OrdinalIgnoreCase).ToList(), stop);
    }

    private ChangeRecord Unplanned(UnplannedControl control) =>
        new ChangeRecord(_request.Server, new[] { control.ControlId }, "(none)")
            .Ended(control.IsCompliant ? ChangeStatus.AlreadyCompliant : ChangeStatus.Skipped, control.Reason);

    private Change Whole(ChangeStatus status, string reason) =>
        new ChangeRecord(_request.Server, _request.Controls.Select(control => control.Definition.Id).ToList(), "(none)").Ended(status, reason).ToChange();
}
