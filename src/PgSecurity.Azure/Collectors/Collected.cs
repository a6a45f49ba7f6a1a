using System;
using System.Collections.Generic;
using System.Linq;
using PgSecurity.Azure.Arm;
using PgSecurity.Core.Postures;

namespace PgSecurity.Azure.Collectors;

/// <summary>What asking for a kind of resource brought.</summary>
/// <param name="Resources">What is known.</param>
/// <param name="Gap">Why there may be more; null where these are all.</param>
/// <param name="Fault">The fault behind the gap; null where none is: a stopped server, or nothing asked.</param>
internal sealed record Collected(IReadOnlyList<Resource> Resources, FacetGap? Gap = null, ArmFault? Fault = null)
{
    /// <summary>Nothing, and that is known.</summary>
    internal static Collected None { get; } = new(Array.Empty<Resource>());

    /// <summary>It could not be had.</summary>
    internal static Collected Unavailable(ArmFault fault) =>
        new(Array.Empty<Resource>(), new FacetGap(FacetGapKind.Unavailable, fault.Reason), fault);

    /// <summary>It could not be had, for a reason that is no fault.</summary>
    internal static Collected Unavailable(string reason) => new(Array.Empty<Resource>(), new FacetGap(FacetGapKind.Unavailable, reason));

    /// <summary>It was not asked for.</summary>
    internal static Collected NotCollected(string reason) => new(Array.Empty<Resource>(), new FacetGap(FacetGapKind.NotCollected, reason));

    /// <summary>What a list request brought, under a type.</summary>
    internal static Collected Of(ArmListing listing, string type)
    {
        List<Resource> resources = listing.Items.Select(item => Bodies.Resource(item, type)).OfType<Resource>().ToList();
        return listing.Fault is ArmFault fault
            ? new Collected(resources, new FacetGap(FacetGapKind.Partial, "only a part of the list could be read: " + fault.Reason), fault)
            : new Collected(resources);
    }

    /// <summary>The same, of which only some concern a server.</summary>
    internal Collected Where(Func<Resource, bool> concerns) => this with { Resources = Resources.Where(concerns).ToList() };

    /// <summary>The facet.</summary>
    internal Facet ToFacet(string type) => new(type, Resources, Gap);
}
