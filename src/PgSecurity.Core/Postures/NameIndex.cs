using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;

namespace PgSecurity.Core.Postures;

/// <summary>
/// Where resources stand in a list, by name without regard to case. Lists with the same names in the same order share one:
/// servers of one version have the same hundreds of parameters. Any number of threads may use it.
/// </summary>
internal sealed class NameIndex
{
    private readonly string[] _names;
    private readonly Dictionary<string, int> _places;
    private readonly ConcurrentDictionary<string[], int[]> _asked = new();

    private NameIndex(IReadOnlyList<Resource> resources)
    {
        _names = new string[resources.Count];
        _places = new Dictionary<string, int>(resources.Count, StringComparer.OrdinalIgnoreCase);
        for (int i = 0; i < _names.Length; i++)
        {
            _names[i] = resources[i].Name;
            _places[_names[i]] = i;
        }
    }

    /// <summary>Whether no name stands twice.</summary>
    public bool IsUnique => _places.Count == _names.Length;

    /// <summary>That of some resources.</summary>
    public static NameIndex Of(IReadOnlyList<Resource> resources) => new(resources);

    /// <summary>Whether it is that of some resources too.</summary>
    public bool Fits(IReadOnlyList<Resource> resources)
    {
        if (resources.Count != _names.Length) return false;
        for (int i = 0; i < _names.Length; i++)
        {
            if (!string.Equals(_names[i], resources[i].Name, StringComparison.Ordinal)) return false;
        }

        return true;
    }

    /// <summary>The place of the last resource of a name; -1 where there is none.</summary>
    public int PlaceOf(string name) => _places.TryGetValue(name, out int place) ? place : -1;

    /// <summary>The places of the resources that have one of some names, in order.</summary>
    /// <param name="names">The names, the same array whenever the same are meant.</param>
    public int[] PlacesOf(string[] names)
    {
        if (!_asked.TryGetValue(names, out int[]? places))
        {
            places = names.Select(PlaceOf).Where(place => place >= 0).Distinct().OrderBy(place => place).ToArray();
            _asked[names] = places;
        }

        return places;
    }
}
