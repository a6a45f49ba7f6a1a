using System;
using System.Collections.Generic;
using System.Linq;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Policy;

/// <summary>What has to be collected for facets: themselves, and the sources of those that are derived.</summary>
internal static class FacetSources
{
    public static IReadOnlyList<string> Of(IEnumerable<string> types)
    {
        HashSet<string> all = new(StringComparer.OrdinalIgnoreCase);
        List<string> ordered = new();
        Stack<string> open = new(types.Reverse());
        while (open.Count > 0)
        {
            string type = FacetTypes.Normalize(open.Pop());
            if (!all.Add(type)) continue;
            ordered.Add(type);
            if (!DerivedFacets.TryGet(type, out IDerivedFacet? derived)) continue;
            foreach (string source in derived!.Sources)
            {
                open.Push(source);
            }
        }

        return ordered;
    }
}
