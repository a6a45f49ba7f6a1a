using System;
using System.Collections.Generic;

namespace PgSecurity.Core.Postures.Recognition;

/// <summary>What lists of resources from an input have in common.</summary>
internal static class FacetLists
{
    /// <summary>The gap of a facet of which an input shows a part.</summary>
    public static FacetGap NotWholeInput { get; } = new(
        FacetGapKind.Partial, "what the input shows of it may not be all: no whole list of it is there");

    /// <summary>The resources without those of which a later one of the same id is there; whole ones come before those with a gap.</summary>
    public static IReadOnlyList<Resource> Distinct(IReadOnlyList<Resource> resources)
    {
        Dictionary<string, int> places = new(resources.Count, StringComparer.OrdinalIgnoreCase);
        List<Resource> distinct = new(resources.Count);
        foreach (Resource resource in resources)
        {
            if (!places.TryGetValue(resource.Id, out int place))
            {
                places[resource.Id] = distinct.Count;
                distinct.Add(resource);
            }
            else if (resource.Gap is null || distinct[place].Gap is not null)
            {
                distinct[place] = resource;
            }
        }

        return distinct;
    }
}
