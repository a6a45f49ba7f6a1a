using System;
using System.Text.Json;

namespace PgSecurity.Core.Postures.Derived;

/// <summary>Reads an activity-log alert rule (<c>Microsoft.Insights/activityLogAlerts</c>, as of API 2020-10-01).</summary>
internal static class ActivityAlert
{
    /// <summary>Whether an alert tells somebody of an operation.</summary>
    public static AlertVerdict Watches(Resource alert, ActivityOperation operation, Posture posture)
    {
        AlertVerdict about = IsAbout(alert, operation);
        if (about.Holds == Truth.False) return about;

        AlertVerdict switchedOn = IsEnabled(alert);
        if (switchedOn.Holds == Truth.False) return switchedOn;
        AlertVerdict covers = Covers(alert, posture.Id);
        if (covers.Holds == Truth.False) return covers;
        AlertVerdict received = AlertReceivers.Reached(alert, posture);
        if (received.Holds == Truth.False) return received;

        return FirstUnknown(about, switchedOn, covers, received) ?? AlertVerdict.Yes;
    }

    private static AlertVerdict? FirstUnknown(params AlertVerdict[] verdicts) =>
        Array.Find(verdicts, verdict => verdict.Holds == Truth.Unknown);

    private static AlertVerdict IsAbout(Resource alert, ActivityOperation operation)
    {
        ResourceField clauses = ResourceField.Of(alert, "properties.condition.allOf");
        if (clauses.UnknownReason is not null) return AlertVerdict.NotKnown(clauses.UnknownReason);
        if (clauses.Value.ValueKind != JsonValueKind.Array || clauses.Value.GetArrayLength() == 0)
        {
            return AlertVerdict.Unrelated;
        }

        AlertVerdict all = AlertVerdict.Yes;
        foreach (JsonElement clause in clauses.Value.EnumerateArray())
        {
            AlertVerdict one = ActivityAlertClause.LetsPass(clause, operation);
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
}
