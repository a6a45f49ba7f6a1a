using System;
using System.Collections.Generic;

namespace PgSecurity.Core.Postures.Recognition;

/// <summary>One server as it comes together from an input: its body, when it is found, and its children.</summary>
internal sealed class ServerEntry(ServerId id, string source)
{
    private readonly Dictionary<string, List<Resource>> _children = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, FacetGap> _gaps = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _complete = new(StringComparer.OrdinalIgnoreCase);

    public ServerId Id { get; } = id;

    public string Source { get; private set; } = source;

    public Resource? Server { get; private set; }

    public IReadOnlyDictionary<string, List<Resource>> Children => _children;

    /// <summary>Takes a body. A whole one is kept before one with a gap, and a later one before an earlier one.</summary>
    public void SetServer(Resource server, string source)
    {
        if (Server is { Gap: null } && server.Gap is not null) return;
        Server = server;
        Source = source;
    }

    /// <summary>Takes a child, or another resource that hangs on this server alone; a later one of the same id replaces an earlier one.</summary>
    public void AddChild(Resource child)
    {
        if (!_children.TryGetValue(child.Type, out List<Resource>? children))
        {
            children = new List<Resource>();
            _children[child.Type] = children;
        }

        children.Add(child);
    }

    /// <summary>Says that all of a type is known, be it none.</summary>
    public void MarkComplete(string type) => _complete.Add(type);

    /// <summary>Says why not all of a type is known; stronger than <see cref="MarkComplete"/>.</summary>
    public void SetGap(string type, FacetGap gap) => _gaps[type] = gap;

    public bool IsComplete(string type) => _complete.Contains(type) && !_gaps.ContainsKey(type);

    /// <summary>The facets of children, and those that are known to be empty.</summary>
    /// <param name="partial">The gap of a facet of which nothing else is said.</param>
    public IEnumerable<Facet> Facets(FacetGap partial)
    {
        HashSet<string> types = new(_children.Keys, StringComparer.OrdinalIgnoreCase);
        types.UnionWith(_complete);
        types.UnionWith(_gaps.Keys);
        foreach (string type in types)
        {
            IReadOnlyList<Resource> children = _children.TryGetValue(type, out List<Resource>? list)
                ? FacetLists.Distinct(list)
                : Array.Empty<Resource>();
            yield return new Facet(type, children, GapOf(type, children.Count, partial));
        }
    }

    private FacetGap? GapOf(string type, int count, FacetGap partial)
    {
        if (_gaps.TryGetValue(type, out FacetGap? gap)) return gap;

        // There is one such setting a server: who has seen it has seen all.
        bool single = type == FacetTypes.ThreatProtection && count > 0;
        return single || _complete.Contains(type) ? null : partial;
    }
}
