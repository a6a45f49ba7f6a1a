using System;
using System.Collections.Generic;
using System.Linq;

namespace PgSecurity.Core.Postures.Derived;

/// <summary>
/// The read replicas of a server, and where they are. One resource, <c>replicas</c>: <c>exists</c>, <c>count</c>,
/// <c>region</c> of the server, <c>regions</c> of the replicas, <c>inAnotherRegion</c>. A replica whose replication is
/// broken counts for nothing.
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
        Truth exists = replicas.IsComplete ? Truth.False : Truth.Unknown;
        Truth elsewhere = exists;
        string reason = replicas.Gap?.Reason ?? "";
        List<string> regions = new();
        foreach (Resource replica in replicas.Resources)
        {
            ResourceField state = ResourceField.Of(replica, "properties.replica.replicationState");
            ResourceField place = ResourceField.Of(replica, "location");
            string? region = Region.Normalize(place.Text);
            Truth works = state.Is("Broken").Not();
            Truth far = region is null || home is null ? Truth.Unknown : (region != home).ToTruth();
            if (works == Truth.Unknown) reason = state.UnknownReason!;
            if (far == Truth.Unknown) reason = place.UnknownReason ?? location.UnknownReason ?? "a region is not given";
            if (region is not null) regions.Add(region);
            exists = exists.Or(works);
            elsewhere = elsewhere.Or(works.And(far));
        }

        Fact fact = new Fact()
            .Set("exists", exists, reason)
            .Set("region", home)
            .Set("regions", regions)
            .Set("inAnotherRegion", elsewhere, reason);
        if (replicas.IsComplete) fact.Set("count", replicas.Resources.Count);
        else fact.SetUnknown("count", reason);
        return new Facet(FacetType, new[] { fact.ToResource(posture, FacetType, "replicas") });
    }
}
