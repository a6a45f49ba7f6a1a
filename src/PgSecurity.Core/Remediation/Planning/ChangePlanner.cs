using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Findings;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation.Guards;
using PgSecurity.Core.Remediation.Service;
using PgSecurity.Core.Remediation.Targets;

namespace PgSecurity.Core.Remediation.Planning;

/// <summary>
/// Makes the plan for a server: which changes its failing controls need, each only once, in the order of a safe run, and
/// what the guards say of each. A control is repaired as a whole or not at all.
/// </summary>
public sealed class ChangePlanner
{
    private readonly PlanOptions _options;

    /// <summary>Makes a planner.</summary>
    public ChangePlanner(PlanOptions options) => _options = options;

    /// <summary>The plan that makes controls pass.</summary>
    /// <param name="posture">The server as it is.</param>
    /// <param name="controls">The controls that were asked for.</param>
    /// <param name="findings">What they come to now, one a control.</param>
    /// <param name="written">The statements for the rows that fail, by control; null where no login to the databases is at hand.</param>
    public ChangePlan Plan(
        Posture posture,
        IReadOnlyList<CompiledControl> controls,
        IReadOnlyList<Finding> findings,
        IReadOnlyDictionary<string, IReadOnlyList<SqlChange>>? written = null)
    {
        List<UnplannedControl> unplanned = new();
        List<ChangeItem> refused = new();
        HashSet<string> dropped = new(StringComparer.OrdinalIgnoreCase);
        List<CompiledControl> wanted = Repairable(controls, findings, unplanned);
        List<ChangeItem> rows = Rows(posture, wanted, written, unplanned);
        wanted.RemoveAll(RowRepairs.IsFor);
        while (true)
        {
            List<ChangeItem> items = ItemsToTheEnd(posture, controls, ref wanted, unplanned, dropped);
            Judge(posture, items);
            ChangeItem? blocked = items.FirstOrDefault(item => item.Refusal.Length > 0);
            if (blocked is null)
            {
                List<ChangeItem> all = WithRestart(posture, items.Concat(rows).ToList());
                unplanned.AddRange(wanted
                    .Select(control => control.Definition.Id)
                    .Where(id => !items.Any(item => item.ControlIds.Contains(id, StringComparer.OrdinalIgnoreCase)))
                    .Select(id => new UnplannedControl(id, true, "The changes for other controls are enough.")));
                return new ChangePlan(posture, all.Concat(refused).ToList(), unplanned, OtherHands.Of(posture));
            }

            // All of a control or nothing: what it shares with others is planned again without it.
            HashSet<string> culprits = Culprits(posture, blocked, wanted);
            foreach (string id in culprits)
            {
                refused.AddRange(items.Where(item => item.ControlIds.Contains(id, StringComparer.OrdinalIgnoreCase)).Select(item => AsRefused(item, id, blocked)));
            }

            dropped.UnionWith(culprits);
            wanted = wanted.Where(control => !dropped.Contains(control.Definition.Id)).ToList();
        }
    }

    /// <summary>The controls that a refused change is for: of several that share it, those that are refused alone too.</summary>
    private HashSet<string> Culprits(Posture posture, ChangeItem blocked, IReadOnlyList<CompiledControl> wanted)
    {
        HashSet<string> alone = new(StringComparer.OrdinalIgnoreCase);
        foreach (string id in blocked.ControlIds.Count > 1 ? blocked.ControlIds : Array.Empty<string>())
        {
            List<CompiledControl> one = wanted.Where(control => string.Equals(control.Definition.Id, id, StringComparison.OrdinalIgnoreCase)).ToList();
            List<ChangeItem> items = Items(posture, ref one, new List<UnplannedControl>());
            Judge(posture, items);
            if (items.Any(item => item.Refusal.Length > 0)) alone.Add(id);
        }

        return alone.Count > 0 ? alone : new HashSet<string>(blocked.ControlIds, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The plan of changes that were asked for as such, in the order given.</summary>
    public ChangePlan Plan(Posture posture, IEnumerable<ChangeItem> changes)
    {
        List<ChangeItem> items = changes.ToList();
        Judge(posture, items);
        ChangeItem? restart = RestartAfter(posture, items.Where(item => item.Refusal.Length == 0).ToList());
        if (restart is not null) items.Add(restart);
        return new ChangePlan(posture, items, Array.Empty<UnplannedControl>(), OtherHands.Of(posture));
    }

    private List<ChangeItem> Rows(
        Posture posture, IReadOnlyList<CompiledControl> wanted, IReadOnlyDictionary<string, IReadOnlyList<SqlChange>>? written, List<UnplannedControl> unplanned)
    {
        RowRepairs repairs = new(posture, written ?? new Dictionary<string, IReadOnlyList<SqlChange>>());
        List<ChangeItem> items = wanted.Where(RowRepairs.IsFor).SelectMany(control => repairs.Of(control, unplanned)).ToList();
        Judge(posture, items);
        return items;
    }

    private static List<CompiledControl> Repairable(
        IReadOnlyList<CompiledControl> controls, IReadOnlyList<Finding> findings, List<UnplannedControl> unplanned)
    {
        Dictionary<string, Finding> byId = findings.ToDictionary(finding => finding.ControlId, StringComparer.OrdinalIgnoreCase);
        List<CompiledControl> wanted = new();
        foreach (CompiledControl control in controls)
        {
            string id = control.Definition.Id;
            if (!byId.TryGetValue(id, out Finding? finding)) continue;
            bool isCompliant = finding.Outcome is Outcome.Pass or Outcome.NotApplicable;
            if (finding.Outcome != Outcome.Fail)
            {
                string reason = finding.Outcome switch
                {
                    Outcome.Pass => "The control passes.",
                    Outcome.Unknown => "It cannot be told whether the control fails: " + finding.Reason,
                    _ => finding.Reason,
                };
                unplanned.Add(new UnplannedControl(id, isCompliant, reason) { MayChange = true });
            }
            else if (control.Definition.Remediation.Steps.Count == 0)
            {
                unplanned.Add(new UnplannedControl(id, false, "PgSecurity does not repair it. " + control.Recommendation));
            }
            else
            {
                wanted.Add(control);
            }
        }

        return wanted;
    }

    /// <summary>
    /// The changes of the controls that fail, and of those that come to fail by these changes: with Entra on, an
    /// administrator is missing; with a library loaded, its parameters matter.
    /// </summary>
    private static List<ChangeItem> ItemsToTheEnd(
        Posture posture, IReadOnlyList<CompiledControl> controls, ref List<CompiledControl> wanted, List<UnplannedControl> unplanned, HashSet<string> dropped)
    {
        while (true)
        {
            List<ChangeItem> items = Items(posture, ref wanted, unplanned);
            Posture after = items.Aggregate(posture, Applied);
            HashSet<string> known = new(wanted.Select(control => control.Definition.Id), StringComparer.OrdinalIgnoreCase);
            known.UnionWith(dropped);
            known.UnionWith(controls.Where(RowRepairs.IsFor).Select(control => control.Definition.Id));
            known.UnionWith(unplanned.Where(one => !one.IsCompliant && !one.MayChange).Select(one => one.ControlId));
            List<CompiledControl> more = controls
                .Where(control => !known.Contains(control.Definition.Id) && control.Definition.Remediation.Steps.Count > 0 && Judge(control, after).Outcome == Outcome.Fail)
                .ToList();
            if (more.Count == 0) return items;
            unplanned.RemoveAll(one => more.Any(control => string.Equals(control.Definition.Id, one.ControlId, StringComparison.OrdinalIgnoreCase)));
            HashSet<string> all = new(more.Concat(wanted).Select(control => control.Definition.Id), StringComparer.OrdinalIgnoreCase);
            wanted = controls.Where(control => all.Contains(control.Definition.Id)).ToList();
        }
    }

    private static List<ChangeItem> Items(Posture posture, ref List<CompiledControl> wanted, List<UnplannedControl> unplanned)
    {
        Posture working = posture;
        List<ChangeItem> items = new();
        List<CompiledControl> possible = new();
        foreach (CompiledControl control in wanted)
        {
            Finding finding = Judge(control, working);
            if (finding.Outcome != Outcome.Fail)
            {
                // What another control needs repairs this one too, or makes it no matter.
                if (finding.Outcome == Outcome.Pass) Share(control, posture, items);
                possible.Add(control);
                continue;
            }

            try
            {
                Posture repaired = working;
                List<ChangeItem> own = Steps(control, finding, ref repaired);
                foreach (ChangeItem item in own)
                {
                    Add(items, item);
                }

                working = repaired;
                if (own.Count > 0) possible.Add(control);
                else unplanned.Add(new UnplannedControl(control.Definition.Id, false, "Its steps change nothing on this server. " + control.Recommendation));
            }
            catch (RemediationException cannot)
            {
                unplanned.Add(new UnplannedControl(control.Definition.Id, false, cannot.Message));
            }
        }

        wanted = possible;
        return items.OrderBy(item => (int)item.Change.Phase).ToList();
    }

    private static List<ChangeItem> Steps(CompiledControl control, Finding finding, ref Posture working)
    {
        List<string> failed = finding.Evidence.Select(evidence => evidence.ResourceId).ToList();
        List<ChangeItem> items = new();
        foreach (RemediationStep step in control.Definition.Remediation.Steps)
        {
            foreach (TargetChange change in StepChanges.Of(step, working, control.Parameters, failed))
            {
                JsonObject? current = PostureEdit.BodyOf(working, change);
                if (Composed(working, change, current) is not JsonObject body)
                {
                    if (!IsWaiting(change, current)) continue;

                    // The value is there and not in force: the step is the restart.
                    working = PostureEdit.With(working, change, InForce(change, current));
                    items.Add(new ChangeItem(change, new[] { control.Definition.Id }) { Current = current });
                    continue;
                }

                working = PostureEdit.With(working, change, InForce(change, change.Outcome(current, body)));
                items.Add(new ChangeItem(change, new[] { control.Definition.Id }) { Current = current });
            }
        }

        return WithoutUnneeded(control, items, ref working);
    }

    /// <summary>
    /// A value that need not change stays, since it may be stricter than the one that a step would set: single values go
    /// out one by one where the control passes without them.
    /// </summary>
    private static List<ChangeItem> WithoutUnneeded(CompiledControl control, List<ChangeItem> items, ref Posture working)
    {
        List<ChangeItem> singles = items.Where(item => item.Change is ParameterChange { Value: not null }).ToList();
        if (singles.Count < 2 || Judge(control, working).Outcome != Outcome.Pass) return items;
        foreach (ChangeItem single in singles)
        {
            Posture without = PostureEdit.With(working, single.Change, single.Current);
            if (Judge(control, without).Outcome != Outcome.Pass) continue;
            working = without;
            items.Remove(single);
        }

        return items;
    }

    private static void Share(CompiledControl control, Posture posture, List<ChangeItem> items)
    {
        foreach (ChangeItem item in items)
        {
            Posture without = items.Where(other => other != item).Aggregate(posture, Applied);
            if (Judge(control, without).Outcome == Outcome.Pass) continue;
            item.ControlIds = item.ControlIds.Append(control.Definition.Id).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        }
    }

    private static Posture Applied(Posture posture, ChangeItem item)
    {
        JsonObject? current = PostureEdit.BodyOf(posture, item.Change);
        try
        {
            return item.Change.Compose(current) is JsonObject body
                ? PostureEdit.With(posture, item.Change, InForce(item.Change, item.Change.Outcome(current, body)))
                : posture;
        }
        catch (RemediationException)
        {
            return posture;
        }
    }

    private static void Add(List<ChangeItem> items, ChangeItem item)
    {
        for (int index = 0; index < items.Count; index++)
        {
            if (items[index].Change.With(item.Change) is not TargetChange both) continue;
            items[index] = new ChangeItem(both, items[index].ControlIds.Concat(item.ControlIds));
            return;
        }

        items.Add(item);
    }

    private void Judge(Posture posture, List<ChangeItem> items)
    {
        Posture working = posture;
        foreach (ChangeItem item in items)
        {
            item.Current = PostureEdit.BodyOf(working, item.Change);
            if (item.Refusal.Length > 0) continue;
            if (item.Drift?.Invoke(item.Current) is string drift)
            {
                item.Refusal = drift;
                continue;
            }

            try
            {
                item.Body = Composed(working, item.Change, item.Current);
            }
            catch (RemediationException cannot)
            {
                item.Refusal = cannot.Message;
                continue;
            }

            if (item.Body is null) continue;
            GuardedChange guarded = new(item.Change, working, item.Body, _options.CallerAddress);
            item.Verdicts = ChangeGuards.Judge(guarded);
            item.Refusal = RefusalOf(item.Verdicts, _options.Consents);
            if (item.Refusal.Length == 0) working = guarded.After;
        }
    }

    /// <summary>What would be sent. What is not known of a server is not said to be missing from it.</summary>
    /// <exception cref="RemediationException">It cannot be done to this resource, or cannot be told.</exception>
    private static JsonObject? Composed(Posture posture, TargetChange change, JsonObject? current)
    {
        try
        {
            return change.Compose(current);
        }
        catch (RemediationException) when (current is null && posture.FacetOf(change.Type).Gap is FacetGap gap)
        {
            throw new RemediationException($"What the {change.Step} is now cannot be told: {gap.Reason}.");
        }
    }

    /// <summary>What stands against a change, as a sentence; empty where nothing does.</summary>
    public static string RefusalOf(IReadOnlyList<GuardVerdict> verdicts, Consents consents)
    {
        List<GuardVerdict> standing = verdicts.Where(verdict => verdict.Stands(consents)).ToList();
        return standing.Count == 0 ? "" : string.Join(" ", standing.Select(verdict => verdict.ToString()));
    }

    private List<ChangeItem> WithRestart(Posture posture, List<ChangeItem> items) =>
        (RestartAfter(posture, items) is ChangeItem restart ? items.Append(restart) : items).OrderBy(item => (int)item.Change.Phase).ToList();

    /// <summary>One restart, after everything that waits for it, where it was agreed to.</summary>
    private ChangeItem? RestartAfter(Posture posture, IReadOnlyList<ChangeItem> items)
    {
        List<ChangeItem> waiting = items.Where(item => item.Change is ParameterChange && WaitsForRestart(item)).ToList();
        if (waiting.Count == 0 || !_options.Consents.Restart) return null;
        Restart restart = new(posture.Id);
        return new ChangeItem(restart, waiting.SelectMany(item => item.ControlIds)) { Current = PostureEdit.BodyOf(posture, restart), Body = new JsonObject() };
    }

    private static bool WaitsForRestart(ChangeItem item) => item.Body is null ? IsWaiting(item.Change, item.Current) : ParameterChange.IsStatic(item.Current);

    private static bool IsWaiting(TargetChange change, JsonObject? current) =>
        change is ParameterChange
        && string.Equals(ParameterChange.Property(current, "isConfigPendingRestart"), "true", StringComparison.OrdinalIgnoreCase);

    private static ChangeItem AsRefused(ChangeItem item, string controlId, ChangeItem blocked) => new(item.Change, new[] { controlId })
    {
        Current = item.Current,
        Body = item.Body,
        Verdicts = item.Verdicts,
        Refusal = item == blocked ? item.Refusal : $"Another step of {controlId} is not taken ({blocked.Change.Step}): {blocked.Refusal}",
    };

    /// <summary>The plan looks at values in force: what waits for a restart is told by its own control.</summary>
    private static JsonObject? InForce(TargetChange change, JsonObject? resource)
    {
        JsonObject? body = (JsonObject?)resource?.DeepClone();
        if (change is ParameterChange && body?["properties"] is JsonObject properties) properties["isConfigPendingRestart"] = false;
        return body;
    }

    private static Finding Judge(CompiledControl control, Posture posture) => new Evaluator(new[] { control }).Evaluate(posture).Single();
}
