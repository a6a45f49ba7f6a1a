using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace PgSecurity.Core.Postures.Derived;

/// <summary>
/// What the server's region makes possible, from the region's capabilities. One resource, <c>region</c>: <c>region</c>,
/// <c>zoneRedundancyPossible</c>, <c>geoBackupPossible</c>. What the server already has is possible, whatever is known
/// of the region.
/// </summary>
public sealed class RegionOffers : IDerivedFacet
{
    /// <summary>The type of the resource.</summary>
    public const string FacetType = "PgSecurity/regionOffers";

    /// <inheritdoc/>
    public string Type => FacetType;

    /// <inheritdoc/>
    public IReadOnlyList<string> Sources { get; } = new[] { FacetTypes.Server, FacetTypes.Capabilities };

    /// <inheritdoc/>
    public Facet Derive(Posture posture)
    {
        if (posture.Id.IsSingleServer) return new Facet(FacetType, Array.Empty<Resource>());

        Truth zones = ResourceField.Of(posture.Server, "properties.highAvailability.mode").Is("ZoneRedundant");
        Truth geo = ResourceField.Of(posture.Server, "properties.backup.geoRedundantBackup").Is("Enabled");
        Facet capabilities = posture.FacetOf(FacetTypes.Capabilities);
        string reason = capabilities.Gap?.Reason is { } gap
            ? $"what the region offers is not known: {gap}"
            : "what the region offers is not known: its capabilities do not say";
        Fact fact = new Fact()
            .Set("region", Region.Normalize(ResourceField.Of(posture.Server, "location").Text))
            .Set("zoneRedundancyPossible", Possible(zones, capabilities, "zoneRedundantHaSupported", "ZoneRedundantHa"), reason)
            .Set("geoBackupPossible", Possible(geo, capabilities, "geoBackupSupported", "GeoBackup"), reason);
        return new Facet(FacetType, new[] { fact.ToResource(posture, FacetType, "region") });
    }

    private static Truth Possible(Truth isThere, Facet capabilities, string property, string feature)
    {
        if (isThere == Truth.True) return Truth.True;
        IReadOnlyList<Truth> answers = capabilities.Resources.Select(offer => Supports(offer, property, feature)).ToList();
        Truth offered = answers.Contains(Truth.True) ? Truth.True
            : answers.Contains(Truth.False) && capabilities.IsComplete && !answers.Contains(Truth.Unknown) ? Truth.False
            : Truth.Unknown;

        // A server that may have it proves nothing against the region, and the region alone may prove that it has not.
        return isThere == Truth.Unknown && offered == Truth.False ? Truth.Unknown : offered;
    }

    // API versions up to 2025 have a property for each, all of them a list of features.
    private static Truth Supports(Resource offer, string property, string feature)
    {
        foreach (string root in new[] { "properties.", "" })
        {
            ResourceField one = ResourceField.In(offer.Body, root + property);
            if (one.Text is not null) return one.Is("Enabled");

            ResourceField features = ResourceField.In(offer.Body, root + "supportedFeatures");
            if (features.Value.ValueKind != JsonValueKind.Array) continue;
            foreach (JsonElement item in features.Value.EnumerateArray())
            {
                if (ResourceField.In(item, "name").Is(feature) == Truth.True) return ResourceField.In(item, "status").Is("Enabled");
            }
        }

        return Truth.Unknown;
    }
}
