using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using PgSecurity.Core.Defaults;

namespace PgSecurity.Core.Postures.Derived;

/// <summary>
/// What the server's region makes possible by its nature: zones, a pair, confidential hardware. Microsoft's table of
/// regions (<c>module/Defaults/regions.json</c>) says so, or the region's own capabilities where they know of more or the
/// table does not have the region. That a region takes no new ones for the time being makes nothing impossible. One
/// resource, <c>region</c>: <c>region</c>,
/// <c>zoneRedundancyPossible</c>, <c>geoBackupPossible</c>, <c>confidentialComputePossible</c>. What the server already
/// has is possible, whatever is known of the region.
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
        ResourceField location = ResourceField.Of(posture.Server, "location");
        Facet capabilities = posture.FacetOf(FacetTypes.Capabilities);
        RegionOffer? table = ServiceDefaults.RegionOf(location.Text);
        string reason = location.UnknownReason
            ?? $"what the region {location.Text} offers is neither in its capabilities nor in module/Defaults/regions.json";
        Fact fact = new Fact()
            .Set("region", Region.Normalize(location.Text))
            .Set("zoneRedundancyPossible", Possible(zones, Offered(capabilities, "zoneRedundantHaSupported", "ZoneRedundantHa"), table?.ZoneRedundantHa), reason)
            .Set("geoBackupPossible", Possible(geo, Offered(capabilities, "geoBackupSupported", "GeoBackup"), table?.GeoRedundantBackup), reason)
            .Set("confidentialComputePossible", Possible(IsConfidential(posture.Server), Truth.Unknown, table?.ConfidentialCompute), reason);
        return new Facet(FacetType, new[] { fact.ToResource(posture, FacetType, "region") });
    }

    private static Truth Possible(Truth isThere, Truth capability, Truth? table)
    {
        if (isThere == Truth.True || capability == Truth.True) return Truth.True;

        // Unknown in the table is a region that has it and takes no new ones.
        Truth offered = table is { } answer ? (answer != Truth.False).ToTruth() : capability;

        // That the server may have it proves nothing for the region, and nothing against it.
        return isThere == Truth.Unknown && offered == Truth.False ? Truth.Unknown : offered;
    }

    private static Truth Offered(Facet capabilities, string property, string feature)
    {
        IReadOnlyList<Truth> answers = capabilities.Resources.Select(offer => Supports(offer, property, feature)).ToList();
        if (answers.Contains(Truth.True)) return Truth.True;
        return answers.Contains(Truth.False) && !answers.Contains(Truth.Unknown) && capabilities.IsComplete ? Truth.False : Truth.Unknown;
    }

    private static Truth IsConfidential(Resource server)
    {
        ResourceField sku = ResourceField.Of(server, "sku.name");
        if (sku.IsUnknown) return Truth.Unknown;
        bool isFamily = sku.Text is { } name
            && (name.StartsWith("Standard_DC", StringComparison.OrdinalIgnoreCase) || name.StartsWith("Standard_EC", StringComparison.OrdinalIgnoreCase));
        return isFamily.ToTruth();
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
