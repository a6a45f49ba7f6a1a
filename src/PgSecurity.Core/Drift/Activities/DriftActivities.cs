using System;
using System.Collections.Generic;
using System.Linq;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Drift.Activities;

/// <summary>
/// Names who moved what, from the activity log: for a property or a resource the writes on it between the two looks, for a
/// finding those on everything that moved of what its control reads. What the log does not say is said, never guessed.
/// </summary>
public sealed class DriftActivities
{
    /// <summary>How long the service may take until an event can be read.</summary>
    private static readonly TimeSpan Delay = TimeSpan.FromMinutes(20);

    private readonly IReadOnlyList<SecurityDrift> _drifts;
    private readonly ILookup<string, SecurityDrift> _moved;
    private readonly Dictionary<string, IReadOnlyCollection<string>> _read;
    private readonly DateTimeOffset _now;

    /// <summary>Takes what moved.</summary>
    /// <param name="drifts">All that moved, with the resources and properties, without which findings cannot be traced.</param>
    /// <param name="controls">The controls that the findings are of.</param>
    /// <param name="now">The time of the service.</param>
    public DriftActivities(IReadOnlyList<SecurityDrift> drifts, IEnumerable<CompiledControl> controls, DateTimeOffset now)
    {
        _drifts = drifts;
        _moved = drifts.Where(IsOfResource).ToLookup(drift => drift.ResourceId, StringComparer.OrdinalIgnoreCase);
        _read = controls.ToDictionary(control => control.Definition.Id, control => control.FacetsRead, StringComparer.OrdinalIgnoreCase);
        _now = now;
        Spans = ActivityPlan.Of(drifts.Where(IsOfResource).Select(ActivityQuestion.Of), now);
    }

    /// <summary>The listings of the log that are needed.</summary>
    public IReadOnlyList<ActivitySpan> Spans { get; }

    /// <summary>The drifts with who moved them and when.</summary>
    /// <param name="log">What the listings brought.</param>
    public IEnumerable<SecurityDrift> Tell(ActivityLog log) => _drifts.Select(drift => drift.Kind switch
    {
        DriftKind.NotComparable => drift,
        DriftKind.ExemptionBegan or DriftKind.ExemptionEnded => drift.With(Array.Empty<SecurityActivity>(), "an exemption is no change of the server"),
        _ when IsOfResource(drift) => OfResource(drift, log),
        _ => OfFinding(drift, log),
    });

    private SecurityDrift OfResource(SecurityDrift drift, ActivityLog log)
    {
        ActivityQuestion question = ActivityQuestion.Of(drift);
        if (question.Unanswerable(_now) is string reason) return drift.With(Array.Empty<SecurityActivity>(), reason);
        IReadOnlyList<ActivityWrite> writes = log.Of(question);
        return drift.With(writes.Select(write => write.Shown).ToList(), Reason(question, writes.Count, log));
    }

    private SecurityDrift OfFinding(SecurityDrift drift, ActivityLog log)
    {
        List<ActivityQuestion> questions = _moved[drift.ResourceId].Where(moved => IsRead(drift.ControlId, moved.Target)).Select(ActivityQuestion.Of).ToList();
        if (questions.Count == 0)
        {
            return drift.With(
                Array.Empty<SecurityActivity>(),
                "nothing was seen to move in what the control reads: time may have decided, or what a comparison leaves out, such as backups");
        }

        List<SecurityActivity> writes = questions
            .Where(question => question.Unanswerable(_now) is null)
            .SelectMany(log.Of)
            .Select(write => write.Event)
            .Distinct()
            .OrderByDescending(write => write.At)
            .Select(write => new ActivityWrite(write, write.At).Shown)
            .ToList();
        IEnumerable<string> reasons = questions
            .Select(question => question.Unanswerable(_now) ?? Reason(question, writes.Count, log))
            .Where(reason => reason.Length > 0)
            .Distinct(StringComparer.Ordinal);
        return drift.With(writes, string.Join("; ", reasons));
    }

    private string Reason(ActivityQuestion question, int found, ActivityLog log)
    {
        List<string> reasons = new();
        if (log.GapOf(question) is string gap)
        {
            reasons.Add($"the activity log could not be read{(found > 0 ? " to its end" : "")}: {gap}");
        }
        else if (found == 0)
        {
            reasons.Add("the activity log has no write on it that succeeded between the two looks");
            if (log.Near(question) is ActivityWrite near) reasons.Add($"one just {(near.Event.At < question.Before ? "before" : "after")} them is not counted, though clocks may differ: {near.Shown}");
            if (question.After > _now - Delay) reasons.Add("an event may take some minutes until it is there");
        }

        if (question.Before < _now - ActivityPlan.Kept) reasons.Add("the log is kept for 90 days, and the first look is older");
        return string.Join("; ", reasons);
    }

    private bool IsRead(string controlId, string target) =>
        _read.TryGetValue(controlId, out IReadOnlyCollection<string>? types)
        && ResourceId.TypeOf(target) is string type
        && types.Any(read => Same(read, type) || (Same(type, FacetTypes.Server) && (Same(read, FacetTypes.Replicas) || Same(read, FacetTypes.Primary))));

    private static bool IsOfResource(SecurityDrift drift) => drift.Kind
        is DriftKind.PropertyChanged or DriftKind.ResourceAdded or DriftKind.ResourceRemoved or DriftKind.ServerAdded or DriftKind.ServerRemoved;

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
