using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace PgSecurity.Core.Postures.Derived;

/// <summary>An activity-log alert rule (<c>Microsoft.Insights/activityLogAlerts</c>, as of API 2020-10-01), each part of it read once.</summary>
internal sealed class ActivityAlert
{
    private readonly Resource _alert;
    private readonly Posture _posture;
    private readonly Condition _condition;
    private AlertVerdict? _switchedOn;
    private AlertVerdict? _covers;
    private AlertVerdict? _received;

    private ActivityAlert(Resource alert, Posture posture)
    {
        _alert = alert;
        _posture = posture;
        _condition = alert.Share(Condition.Read);
    }

    /// <summary>The activity-log alerts of a posture, each with its resource.</summary>
    public static IReadOnlyList<(Resource Resource, ActivityAlert Alert)> ReadAll(Posture posture) =>
        posture.Once<IReadOnlyList<(Resource, ActivityAlert)>>(static posture => posture.FacetOf(FacetTypes.ActivityLogAlerts).Resources
            .Select(alert => (alert, new ActivityAlert(alert, posture)))
            .ToList());

    /// <summary>Whether it tells somebody of an operation.</summary>
    public AlertVerdict Watches(ActivityOperation operation)
    {
        AlertVerdict about = IsAbout(operation);
        if (about.Holds == Truth.False) return about;

        AlertVerdict switchedOn = _switchedOn ??= IsEnabled(_alert);
        if (switchedOn.Holds == Truth.False) return switchedOn;
        AlertVerdict covers = _covers ??= Covers(_alert, _posture.Id);
        if (covers.Holds == Truth.False) return covers;
        AlertVerdict received = _received ??= AlertReceivers.Reached(_alert, _posture);
        if (received.Holds == Truth.False) return received;

        return FirstUnknown(about, switchedOn, covers, received) ?? AlertVerdict.Yes;
    }

    private static AlertVerdict? FirstUnknown(params AlertVerdict[] verdicts) =>
        Array.Find(verdicts, verdict => verdict.Holds == Truth.Unknown);

    private AlertVerdict IsAbout(ActivityOperation operation)
    {
        if (_condition.Undecided is AlertVerdict undecided) return undecided;
        AlertVerdict all = AlertVerdict.Yes;
        foreach (ActivityAlertClause clause in _condition.Clauses)
        {
            AlertVerdict one = clause.LetsPass(operation);
            // What is about something else outweighs what is merely narrow.
            if (one.Holds == Truth.False && !one.IsNearMiss) return one;
            if (one.Holds < all.Holds) all = one;
        }

        return all;
    }

    /// <summary>Whether an alert of either kind is switched on.</summary>
    public static AlertVerdict IsEnabled(Resource alert)
    {
        ResourceField enabled = ResourceField.Of(alert, "properties.enabled");
        if (enabled.UnknownReason is not null) return AlertVerdict.NotKnown(enabled.UnknownReason);
        // Left out, it is enabled: the service's default.
        return enabled.IsAbsent || enabled.Is("true") == Truth.True ? AlertVerdict.Yes : AlertVerdict.Lacks("is disabled");
    }

    /// <summary>Whether one of an alert's scopes holds the server.</summary>
    public static AlertVerdict Covers(Resource alert, ServerId server)
    {
        ResourceField scopes = ResourceField.Of(alert, "properties.scopes");
        if (scopes.UnknownReason is not null) return AlertVerdict.NotKnown(scopes.UnknownReason);
        string? unknown = null;
        if (scopes.Value.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement scope in scopes.Value.EnumerateArray())
            {
                if (UnknownValue.Is(scope)) unknown ??= UnknownValue.Reason(scope);
                else if (scope.ValueKind == JsonValueKind.String && Holds(scope.GetString()!, server)) return AlertVerdict.Yes;
            }
        }

        return unknown is null ? AlertVerdict.Lacks("has a scope that does not hold the server") : AlertVerdict.NotKnown(unknown);
    }

    private static bool Holds(string scope, ServerId server)
    {
        string above = "/" + scope.Trim().Trim('/') + "/";
        return above != "//" && (server.Value + "/").StartsWith(above, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>What an event must meet.</summary>
    /// <param name="Clauses">Each part of it.</param>
    /// <param name="Undecided">The verdict on every operation where there are no parts to ask.</param>
    private sealed record Condition(ActivityAlertClause[] Clauses, AlertVerdict? Undecided)
    {
        public static Condition Read(Resource alert)
        {
            ResourceField clauses = ResourceField.Of(alert, "properties.condition.allOf");
            if (clauses.UnknownReason is not null) return new Condition([], AlertVerdict.NotKnown(clauses.UnknownReason));
            return clauses.Value.ValueKind != JsonValueKind.Array || clauses.Value.GetArrayLength() == 0
                ? new Condition([], AlertVerdict.Unrelated)
                : new Condition(clauses.Value.EnumerateArray().Select(ActivityAlertClause.Read).ToArray(), null);
        }
    }
}
