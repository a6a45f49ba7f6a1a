using System;
using System.Collections.Generic;
using System.Linq;

namespace PgSecurity.Core.Postures;

/// <summary>A facet's gap in words that name what was to be read; of a fact of our own, what it is computed from.</summary>
public static class GapText
{
    /// <summary>
    /// The words, such as <c>Microsoft.Authorization/locks: 403: missing Microsoft.Authorization/locks/read</c>; null where the
    /// facet is complete.
    /// </summary>
    public static string? Of(Posture posture, string type)
    {
        Facet facet = posture.FacetOf(type);
        if (facet.Gap is not { } gap) return null;
        if (!DerivedFacets.TryGet(type, out IDerivedFacet? derived)) return $"{type}: {gap.Reason}";

        List<string> sources = derived!.Sources
            .Where(source => posture.FacetOf(source).Gap?.Reason is string reason && gap.Reason.IndexOf(reason, StringComparison.Ordinal) >= 0)
            .Select(source => Of(posture, source)!)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        return sources.Count == 0 ? gap.Reason : string.Join("; ", sources);
    }
}
