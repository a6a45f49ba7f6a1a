using System;
using System.Collections.Generic;
using System.Linq;
using PgSecurity.Core.Expressions;
using PgSecurity.Core.Postures.Reading;

namespace PgSecurity.Core.Postures;

/// <summary>
/// One kind of resource in a posture: the resources that are known and, where there may be more, the
/// <see cref="Gap"/> that says why. Without a gap the list is complete, and what is not in it does not exist.
/// </summary>
public sealed class Facet
{
    /// <summary>So few are looked through faster than an index of them is made.</summary>
    private const int FewResources = 3;

    private NameIndex? _index;
    private (int Glimpse, IReadOnlyList<Resource> Resources)? _mayBeTrue;
    private Dictionary<string[], IReadOnlyList<Resource>>? _named;

    /// <summary>Makes a facet; without a gap it is complete.</summary>
    public Facet(string type, IReadOnlyList<Resource> resources, FacetGap? gap = null)
    {
        Type = type;
        Resources = resources;
        Gap = gap;
    }

    /// <summary>The resource type, such as <c>Microsoft.DBforPostgreSQL/flexibleServers/firewallRules</c>.</summary>
    public string Type { get; }

    /// <summary>The resources that are known.</summary>
    public IReadOnlyList<Resource> Resources { get; }

    /// <summary>Why there may be more; null where the list is complete.</summary>
    public FacetGap? Gap { get; }

    /// <summary>
    /// What of the server was looked at, in a sentence, where whoever asked wished for a part only (some of the databases): the
    /// list is complete for that part, and what is said of it is said with this. Null for the whole.
    /// </summary>
    public string? Scope { get; init; }

    /// <summary>Whether the list is complete.</summary>
    public bool IsComplete => Gap is null;

    /// <summary>A facet that nobody asked for.</summary>
    public static Facet NotCollected(string type, string reason = "not collected") =>
        new(type, Array.Empty<Resource>(), new FacetGap(FacetGapKind.NotCollected, reason));

    /// <summary>A facet that could not be had.</summary>
    public static Facet Unavailable(string type, string reason) =>
        new(type, Array.Empty<Resource>(), new FacetGap(FacetGapKind.Unavailable, reason));

    /// <summary>The same facet with other resources.</summary>
    public Facet WithResources(IReadOnlyList<Resource> resources) => new(Type, resources, Gap) { Scope = Scope };

    /// <summary>Where an index of such resources may have been made already; null where it was not.</summary>
    internal NameIndexes? Indexes { get; init; }

    /// <summary>The resource of that name (case-insensitive), or null.</summary>
    public Resource? Find(string name) => Index.PlaceOf(name) is >= 0 and int place ? Resources[place] : null;

    /// <summary>Those that may have one of some names, in their order; all where a name stands twice.</summary>
    /// <param name="names">The names, the same array whenever the same are meant.</param>
    internal IReadOnlyList<Resource> Named(string[] names)
    {
        if (Resources.Count <= FewResources || !Index.IsUnique) return Resources;
        if (names.Length == 1) return Find(names[0]) is Resource one ? one.Alone : Array.Empty<Resource>();
        _named ??= new Dictionary<string[], IReadOnlyList<Resource>>();
        if (!_named.TryGetValue(names, out IReadOnlyList<Resource>? found))
        {
            found = Index.PlacesOf(names).Select(place => Resources[place]).ToArray();
            _named[names] = found;
        }

        return found;
    }

    /// <summary>Those of which a property may be true: all but those that say at a glimpse that it is not.</summary>
    /// <param name="glimpse">The property, as <see cref="Glimpse"/> numbers them.</param>
    internal IReadOnlyList<Resource> MayBeTrue(int glimpse)
    {
        if (_mayBeTrue is { } known && known.Glimpse == glimpse) return known.Resources;
        List<Resource>? open = null;
        for (int i = 0; i < Resources.Count; i++)
        {
            Resource resource = Resources[i];
            if (!resource.TryGlimpse(glimpse, out ExpressionValue value) || value.Kind != ExpressionKind.Boolean || value.Boolean) (open ??= new List<Resource>()).Add(resource);
        }

        IReadOnlyList<Resource> found = open is null ? Array.Empty<Resource>() : open;
        _mayBeTrue = (glimpse, found);
        return found;
    }

    private NameIndex Index => _index ??= Indexes?.Of(Resources) ?? NameIndex.Of(Resources);
}
