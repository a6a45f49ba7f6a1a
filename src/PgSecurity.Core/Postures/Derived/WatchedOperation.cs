using System.Collections.Generic;

namespace PgSecurity.Core.Postures.Derived;

/// <summary>An operation, and whether an alert watches it.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Watched">Whether an alert tells somebody of it.</param>
/// <param name="Alert">The id of the first alert that does.</param>
/// <param name="Reason">Why none does, or why it cannot be told; empty where one does.</param>
internal sealed record WatchedOperation(ActivityOperation Operation, Truth Watched, string? Alert, string Reason)
{
    /// <summary>Looks through the alerts of a posture; one that certainly watches decides, whatever else there may be.</summary>
    public static WatchedOperation Of(Posture posture, ActivityOperation operation)
    {
        Facet alerts = posture.FacetOf(FacetTypes.ActivityLogAlerts);
        List<string> misses = new();
        string? unknown = alerts.Gap?.Reason;
        foreach ((Resource alert, ActivityAlert read) in ActivityAlert.ReadAll(posture))
        {
            AlertVerdict verdict = read.Watches(operation);
            if (verdict.Holds == Truth.True) return new WatchedOperation(operation, Truth.True, alert.Id, "");
            if (verdict.Holds == Truth.Unknown) unknown ??= $"the alert {alert.Name}: {verdict.Reason}";
            else if (verdict.IsNearMiss) misses.Add($"the alert {alert.Name} {verdict.Reason}");
        }

        return unknown is not null ? new WatchedOperation(operation, Truth.Unknown, null, unknown)
            : new WatchedOperation(operation, Truth.False, null, misses.Count == 0 ? "no alert" : string.Join("; ", misses));
    }
}
