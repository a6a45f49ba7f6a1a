using System.Collections.Generic;
using System.Linq;

namespace PgSecurity.Core.Postures.Derived;

/// <summary>
/// Which administrative operations on the server reach somebody through an activity-log alert. One resource an
/// operation, with <c>operation</c>, <c>target</c> (server, firewallRules, configurations, administrators),
/// <c>alert</c>, the first alert that watches it, and <c>state</c>: <c>watched</c>, or why not. An alert watches an
/// operation when it is enabled, a scope of it holds the server, its condition lets every such event pass, and one of
/// its action groups is enabled and has an enabled receiver. Suppression by alert processing rules is not seen.
/// </summary>
public sealed class ActivityAlerts : IDerivedFacet
{
    /// <summary>The type of the resources.</summary>
    public const string FacetType = "PgSecurity/activityAlerts";

    // Parameters can be written and not deleted: the service has no such operation.
    private static readonly (string Target, string Type, string Verb)[] Operations =
    {
        ("server", FacetTypes.Server, "write"),
        ("server", FacetTypes.Server, "delete"),
        ("firewallRules", FacetTypes.FirewallRules, "write"),
        ("firewallRules", FacetTypes.FirewallRules, "delete"),
        ("configurations", FacetTypes.Configurations, "write"),
        ("administrators", FacetTypes.Administrators, "write"),
        ("administrators", FacetTypes.Administrators, "delete"),
    };

    /// <inheritdoc/>
    public string Type => FacetType;

    /// <inheritdoc/>
    public IReadOnlyList<string> Sources { get; } = new[] { FacetTypes.ActivityLogAlerts, FacetTypes.ActionGroups };

    /// <inheritdoc/>
    public Facet Derive(Posture posture) =>
        new(Type, Operations.Select(operation => Watch(posture, operation.Target, operation.Type, operation.Verb)).ToArray());

    private Resource Watch(Posture posture, string target, string type, string verb)
    {
        Facet alerts = posture.FacetOf(FacetTypes.ActivityLogAlerts);
        ActivityOperation operation = new(type, verb, posture.Id);
        List<string> misses = new();
        string? unknown = alerts.Gap?.Reason;
        string? watcher = null;
        foreach (Resource alert in alerts.Resources)
        {
            AlertVerdict verdict = ActivityAlert.Watches(alert, operation, posture);
            if (verdict.Holds == Truth.True) watcher ??= alert.Id;
            else if (verdict.Holds == Truth.Unknown) unknown ??= $"the alert {alert.Name}: {verdict.Reason}";
            else if (verdict.IsNearMiss) misses.Add($"the alert {alert.Name} {verdict.Reason}");
        }

        Fact fact = new Fact().Set("operation", operation.Name).Set("target", target).Set("alert", watcher);
        if (watcher is not null) fact.Set("state", "watched");
        else if (unknown is not null) fact.SetUnknown("state", unknown);
        else fact.Set("state", misses.Count == 0 ? "no alert" : string.Join("; ", misses));
        return fact.ToResource(posture, Type, $"{target}.{verb}");
    }
}
