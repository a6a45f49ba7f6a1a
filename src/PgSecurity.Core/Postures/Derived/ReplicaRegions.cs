using System;
using System.Collections.Generic;
using System.Linq;

namespace PgSecurity.Core.Postures.Derived;

/// <summary>
/// The read replicas of a server, and where they are. One resource, <c>replicas</c>: <c>region</c> of the server,
/// <c>regions</c> of the replicas, <c>working</c>, how many replicate, and <c>inOtherRegions</c>, how many of them are in
/// another region. A replica whose replication is broken counts for nothing. Where there may be more than are known, a
/// number is the least there are, and none is unknown.
/// </summary>
public sealed class ReplicaRegions : IDerivedFacet
{
    /// <summary>The type of the resource.</summary>
    public const string FacetType = "PgSecurity/replicaRegions";

    /// <inheritdoc/>
    public string Type => FacetType;

    /// <inheritdoc/>
    public IReadOnlyList<string> Sources { get; } = new[] { FacetTypes.Server, FacetTypes.Replicas };

    /// <inheritdoc/>
    public Facet Derive(Posture posture)
    {
        if (posture.Id.IsSingleServer) return new Facet(FacetType, Array.Empty<Resource>());

        Facet replicas = posture.FacetOf(FacetTypes.Replicas);
        ResourceField location = ResourceField.Of(posture.Server, "location");
        string? home = Region.Normalize(location.Text);
        string? unknown = replicas.Gap?.Reason;
        string? placeUnknown = unknown;
        int working = 0;
        int elsewhere = 0;
        List<string> regions = new();
        foreach (Resource replica in replicas.Resources)
        {
            ResourceField state = ResourceField.Of(replica, "properties.replica.replicationState");
            ResourceField place = ResourceField.Of(replica, "location");
            string? region = Region.Normalize(place.Text);
            if (region is not null) regions.Add(region);
            Truth works = state.Is("Broken").Not();
            Truth far = region is null || home is null ? Truth.Unknown : (region != home).ToTruth();
            if (works == Truth.True) working++;
            else if (works == Truth.Unknown) unknown ??= state.UnknownReason;

            if (works.And(far) == Truth.True) elsewhere++;
            else if (works.And(far) == Truth.Unknown)
            {
                placeUnknown ??= state.UnknownReason ?? place.UnknownReason ?? location.UnknownReason ?? "a region is not given";
            }
        }

        Fact fact = new Fact()
            .Set("region", home)
            .Set("regions", regions)
            .SetUnless(working == 0 ? unknown : null, "working", working)
            .SetUnless(elsewhere == 0 ? placeUnknown : null, "inOtherRegions", elsewhere);
        return new Facet(FacetType, new[] { fact.ToResource(posture, FacetType, "replicas") });
    }
}
