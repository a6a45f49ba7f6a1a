using System;
using System.Collections.Generic;
using System.Linq;

namespace PgSecurity.Core.Postures;

/// <summary>
/// One server and all that is known about it. Immutable but for derived facets, made on first use; read by one thread
/// at a time.
/// </summary>
public sealed class Posture
{
    private readonly Dictionary<string, Facet> _facets;
    private readonly Dictionary<string, Facet> _derived = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<Type, object> _readings = new();

    private bool? _hasScope;

    // The same few strings ask again and again: told apart by reference, they need no hash of sixty letters.
    private readonly Dictionary<string, Facet> _asked = new(StringReferences.Comparer);

    /// <summary>Makes a posture.</summary>
    /// <param name="id">The server's id.</param>
    /// <param name="server">The server's resource; where only children are known, a stub whose <see cref="Resource.Gap"/> says so.</param>
    /// <param name="facets">The facets that were collected or asked for; any other is not collected.</param>
    /// <param name="source">Where it came from: a file with its line, or the service's address.</param>
    /// <param name="collectedAt">When it was collected; null where that is not known, as of a file that does not say so.</param>
    public Posture(
        ServerId id, Resource server, IEnumerable<Facet> facets, string source, DateTimeOffset? collectedAt = null)
    {
        Id = id;
        Server = server;
        Source = source;
        CollectedAt = collectedAt;
        _facets = new Dictionary<string, Facet>(StringComparer.OrdinalIgnoreCase);
        foreach (Facet facet in facets)
        {
            _facets[facet.Type] = facet;
        }

        _facets[id.ResourceType] = new Facet(id.ResourceType, new[] { server });
    }

    /// <summary>The server's id.</summary>
    public ServerId Id { get; }

    /// <summary>The server itself; also the one resource of its own facet.</summary>
    public Resource Server { get; }

    /// <summary>Where the posture came from.</summary>
    public string Source { get; }

    /// <summary>When it was collected, the time that ages are measured at; null where that is not known.</summary>
    public DateTimeOffset? CollectedAt { get; }

    /// <summary>
    /// What the posture was made from, as a snapshot says it: <c>live</c>, <c>resource</c>, <c>template</c>,
    /// <c>sandbox</c>; null where that is not known.
    /// </summary>
    public string? Origin { get; init; }

    /// <summary>The facets that were given, the server's own among them; derived ones are not listed.</summary>
    public IReadOnlyCollection<Facet> Facets => _facets.Values;

    /// <summary>Whether of some facet a part only was asked for. See <see cref="Facet.Scope"/>.</summary>
    internal bool HasScope => _hasScope ??= _facets.Values.Any(facet => facet.Scope is not null);

    /// <summary>The facet of a type: as collected, derived from others, or not collected. Never null.</summary>
    public Facet FacetOf(string type)
    {
        if (!_asked.TryGetValue(type, out Facet? facet))
        {
            facet = FindFacet(type);
            _asked[type] = facet;
        }

        return facet;
    }

    private Facet FindFacet(string type)
    {
        if (_facets.TryGetValue(type, out Facet? facet)) return facet;
        if (IsOtherKindOfServer(type)) return new Facet(type, Array.Empty<Resource>());
        if (!DerivedFacets.TryGet(type, out IDerivedFacet? derivation)) return Facet.NotCollected(type);

        if (!_derived.TryGetValue(type, out facet))
        {
            facet = derivation!.Derive(this);
            _derived[type] = facet;
        }

        return facet;
    }

    /// <summary>What several facets are derived from, or several findings told with, read once.</summary>
    /// <typeparam name="T">What is read, which is also the name under which it is kept.</typeparam>
    internal T Once<T>(Func<Posture, T> read)
        where T : class
    {
        if (_readings.TryGetValue(typeof(T), out object? known)) return (T)known;
        T made = read(this);
        _readings[typeof(T)] = made;
        return made;
    }

    // A posture is one server: that it has none of the other kind is known, not a gap.
    private bool IsOtherKindOfServer(string type) =>
        !string.Equals(type, Id.ResourceType, StringComparison.OrdinalIgnoreCase)
        && (string.Equals(type, FacetTypes.Server, StringComparison.OrdinalIgnoreCase)
            || string.Equals(type, FacetTypes.SingleServer, StringComparison.OrdinalIgnoreCase)
            || string.Equals(type, FacetTypes.Host, StringComparison.OrdinalIgnoreCase));

    /// <summary>The same posture with some facets replaced.</summary>
    public Posture With(params Facet[] facets)
    {
        Dictionary<string, Facet> all = new(_facets, StringComparer.OrdinalIgnoreCase);
        foreach (Facet facet in facets)
        {
            all[facet.Type] = facet;
        }

        return new Posture(Id, Server, all.Values, Source, CollectedAt) { Origin = Origin };
    }
}
