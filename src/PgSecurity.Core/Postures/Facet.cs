using System;
using System.Collections.Generic;
using System.Linq;

namespace PgSecurity.Core.Postures;

/// <summary>
/// One kind of resource in a posture: the resources that are known and, where there may be more, the
/// <see cref="Gap"/> that says why. Without a gap the list is complete, and what is not in it does not exist.
/// </summary>
public sealed class Facet
{
    /// <summary>So few are looked through faster than an index of them is made.</summary>
    private const int FewResources = 3;

    private Dictionary<string, Resource>? _byName;
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

    /// <summary>The resource of that name (case-insensitive), or null.</summary>
    public Resource? Find(string name) => ByName.TryGetValue(name, out Resource? found) ? found : null;

    /// <summary>Those that may have one of some names, in their order; all where a name stands twice.</summary>
    /// <param name="names">The names, the same array whenever the same are meant.</param>
    internal IReadOnlyList<Resource> Named(string[] names)
    {
        if (Resources.Count <= FewResources || ByName.Count < Resources.Count) return Resources;
        if (names.Length == 1) return Find(names[0]) is Resource one ? one.Alone : Array.Empty<Resource>();
        _named ??= new Dictionary<string[], IReadOnlyList<Resource>>();
        if (!_named.TryGetValue(names, out IReadOnlyList<Resource>? found))
        {
            found = names.Select(Find).OfType<Resource>().Distinct().OrderBy(PlaceOf).ToArray();
            _named[names] = found;
        }

        return found;
    }

    private int PlaceOf(Resource resource)
    {
        for (int i = 0; i < Resources.Count; i++)
        {
            if (ReferenceEquals(Resources[i], resource)) return i;
        }

        return -1;
    }

    private Dictionary<string, Resource> ByName
    {
        get
        {
            if (_byName is not null) return _byName;
            Dictionary<string, Resource> index = new(Resources.Count, StringComparer.OrdinalIgnoreCase);
            foreach (Resource resource in Resources)
            {
                index[resource.Name] = resource;
            }

            return _byName = index;
        }
    }
}
