using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace PgSecurity.Core.Postures.Derived;

/// <summary>
/// Who watches over the backups of a server. One resource <c>vault</c>: <c>vaulted</c>, whether a backup vault protects the
/// server, with <c>backupInstance</c>. One resource <c>alerts</c>: <c>alerts</c>, <c>received</c> where an alert about its backups (the
/// metric <c>backup_storage_used</c>, or the deletion of a backup) reaches somebody, and else what the nearest ones lack,
/// with <c>alert</c>, the first that does.
/// </summary>
public sealed class BackupWatch : IDerivedFacet
{
    /// <summary>The type of the resource.</summary>
    public const string FacetType = "PgSecurity/backupWatch";

    /// <inheritdoc/>
    public string Type => FacetType;

    /// <inheritdoc/>
    public IReadOnlyList<string> Sources { get; } = new[]
    {
        FacetTypes.BackupInstances, FacetTypes.MetricAlerts, FacetTypes.ActivityLogAlerts, FacetTypes.ActionGroups,
    };

    /// <inheritdoc/>
    public Facet Derive(Posture posture)
    {
        if (posture.Id.IsSingleServer) return new Facet(FacetType, Array.Empty<Resource>());

        return new Facet(FacetType, new[] { Vault(posture), Alerts(posture) });
    }

    private static Resource Vault(Posture posture)
    {
        Fact fact = new();
        Facet instances = posture.FacetOf(FacetTypes.BackupInstances);
        Truth vaulted = Truth.False;
        string? unknown = instances.Gap?.Reason;
        foreach (Resource instance in instances.Resources)
        {
            Truth protects = IsAbout(instance, posture.Id, ref unknown).And(IsConfigured(instance, ref unknown));
            if (protects == Truth.True && vaulted != Truth.True) fact.Set("backupInstance", instance.Id);
            vaulted = vaulted.Or(protects);
        }

        if (!instances.IsComplete) vaulted = vaulted.Or(Truth.Unknown);
        return fact.Set("vaulted", vaulted, unknown ?? "").ToResource(posture, FacetType, "vault");
    }

    private static Truth IsAbout(Resource instance, ServerId server, ref string? unknown)
    {
        ResourceField source = ResourceField.Of(instance, "properties.dataSourceInfo.resourceID");
        unknown ??= source.UnknownReason;
        return source.Text is { } id ? (ServerId.TryParse(id, out ServerId? named) && named!.Equals(server)).ToTruth()
            : source.IsUnknown ? Truth.Unknown : Truth.False;
    }

    private static Truth IsConfigured(Resource instance, ref string? unknown)
    {
        ResourceField state = ResourceField.Of(instance, "properties.currentProtectionState");
        if (state.IsAbsent) state = ResourceField.Of(instance, "properties.protectionStatus.status");
        unknown ??= state.UnknownReason;
        return state.Is("ProtectionConfigured");
    }

    private static Resource Alerts(Posture posture)
    {
        Facet metric = posture.FacetOf(FacetTypes.MetricAlerts);
        Facet activity = posture.FacetOf(FacetTypes.ActivityLogAlerts);
        ActivityOperation deletion = new(FacetTypes.Backups, "delete", posture.Id);
        IEnumerable<(Resource Alert, AlertVerdict Verdict)> verdicts = metric.Resources
            .Select(alert => (alert, WatchesMetric(alert, posture)))
            .Concat(ActivityAlert.ReadAll(posture).Select(alert => (alert.Resource, alert.Alert.Watches(deletion))));

        string? unknown = metric.Gap?.Reason ?? activity.Gap?.Reason;
        Resource? watcher = null;
        List<string> misses = new();
        foreach ((Resource alert, AlertVerdict verdict) in verdicts)
        {
            if (verdict.Holds == Truth.True) watcher ??= alert;
            else if (verdict.Holds == Truth.Unknown) unknown ??= $"the alert {alert.Name}: {verdict.Reason}";
            else if (verdict.IsNearMiss) misses.Add($"the alert {alert.Name} {verdict.Reason}");
        }

        Fact fact = new Fact().Set("alert", watcher?.Id);
        if (watcher is not null) fact.Set("alerts", "received");
        else if (unknown is not null) fact.SetUnknown("alerts", unknown);
        else fact.Set("alerts", misses.Count == 0 ? "none" : string.Join("; ", misses));
        return fact.ToResource(posture, FacetType, "alerts");
    }

    private static AlertVerdict WatchesMetric(Resource alert, Posture posture)
    {
        AlertVerdict about = IsAboutBackups(alert);
        if (about.Holds == Truth.False) return about;

        AlertVerdict worst = about;
        foreach (AlertVerdict verdict in new[] { ActivityAlert.IsEnabled(alert), ActivityAlert.Covers(alert, posture.Id), AlertReceivers.Reached(alert, posture) })
        {
            if (verdict.Holds < worst.Holds) worst = verdict;
        }

        return worst;
    }

    private static AlertVerdict IsAboutBackups(Resource alert)
    {
        ResourceField criteria = ResourceField.Of(alert, "properties.criteria.allOf");
        if (criteria.IsUnknown) return AlertVerdict.NotKnown(criteria.UnknownReason!);
        if (criteria.Value.ValueKind != JsonValueKind.Array) return AlertVerdict.Unrelated;

        AlertVerdict best = AlertVerdict.Unrelated;
        foreach (JsonElement criterion in criteria.Value.EnumerateArray())
        {
            ResourceField metric = ResourceField.In(criterion, "metricName");
            if (metric.Is("backup_storage_used") == Truth.True) return AlertVerdict.Yes;
            if (metric.IsUnknown) best = AlertVerdict.NotKnown(metric.UnknownReason!);
        }

        return best;
    }
}
