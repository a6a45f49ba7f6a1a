using System;
using System.Collections.Generic;

namespace PgSecurity.Core.Postures.Derived;

/// <summary>
/// How old the newest automatic backup was when the posture was collected. One resource, <c>backups</c>:
/// <c>hasAutomatic</c>, <c>newestAutomatic</c> (time), <c>newestAutomaticAgeHours</c>. Where the listing has a gap, the
/// age is known only if a backup is known that is fresh by any measure. Backups that a customer took do not count.
/// </summary>
public sealed class BackupAges : IDerivedFacet
{
    /// <summary>The type of the resource.</summary>
    public const string FacetType = "PgSecurity/backupAges";

    // The service takes one a day: with one this fresh, backups that are not known make no difference.
    private const long FreshHours = 25;

    /// <inheritdoc/>
    public string Type => FacetType;

    /// <inheritdoc/>
    public IReadOnlyList<string> Sources { get; } = new[] { FacetTypes.Backups };

    /// <inheritdoc/>
    public Facet Derive(Posture posture)
    {
        if (posture.Id.IsSingleServer) return new Facet(FacetType, Array.Empty<Resource>());

        Facet backups = posture.FacetOf(FacetTypes.Backups);
        DateTimeOffset? newest = null;
        string? unknown = backups.Gap?.Reason;
        foreach (Resource backup in backups.Resources)
        {
            Truth isAutomatic = IsAutomatic(backup);
            if (isAutomatic == Truth.False) continue;

            ResourceField completed = ResourceField.Of(backup, "properties.completedTime");
            if (isAutomatic == Truth.Unknown) unknown ??= $"it is not known what kind of backup {backup.Name} is";
            else if (completed.Time is not { } time) unknown ??= completed.UnknownReason ?? $"the backup {backup.Name} does not say when it was completed";
            else if (newest is null || time > newest) newest = time;
        }

        Fact fact = new Fact().Set("newestAutomatic", newest is null ? null : KeyLifetime.Show(newest.Value));
        Describe(fact, newest, unknown, posture.CollectedAt);
        return new Facet(FacetType, new[] { fact.ToResource(posture, FacetType, "backups") });
    }

    private static void Describe(Fact fact, DateTimeOffset? newest, string? unknown, DateTimeOffset? now)
    {
        Truth has = newest is not null ? Truth.True : unknown is null ? Truth.False : Truth.Unknown;
        fact.Set("hasAutomatic", has, unknown ?? "");
        long? hours = now - newest is { } age ? Math.Max(0, (long)Math.Floor(age.TotalHours)) : null;
        if (hours is not null && (unknown is null || hours <= FreshHours)) fact.Set("newestAutomaticAgeHours", hours.Value);
        else if (unknown is not null) fact.SetUnknown("newestAutomaticAgeHours", unknown);
        else if (newest is not null) fact.SetUnknown("newestAutomaticAgeHours", "it is not known when the backups were listed");
    }

    private static Truth IsAutomatic(Resource backup)
    {
        ResourceField kind = ResourceField.Of(backup, "properties.backupType");
        ResourceField source = ResourceField.Of(backup, "properties.source");
        if (source.Text is not null) return source.Is("Automatic");
        return kind.IsUnknown || source.IsUnknown ? kind.Is("Customer On-Demand").Not().And(Truth.Unknown) : kind.Is("Full");
    }
}
