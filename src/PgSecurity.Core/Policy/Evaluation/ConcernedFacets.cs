using System;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Policy;

/// <summary>The facets of a posture that a rule looks at.</summary>
internal static class ConcernedFacets
{
    /// <summary>
    /// The facet of a type; null where the posture's server cannot have any: a flexible server has none of a single
    /// server's children, nor the other way round.
    /// </summary>
    public static Facet? Of(Posture posture, string type) =>
        IsOfOtherServer(type, posture.Id.IsSingleServer ? FacetTypes.Server : FacetTypes.SingleServer)
            ? null
            : posture.FacetOf(type);

    private static bool IsOfOtherServer(string type, string other) =>
        type.StartsWith(other, StringComparison.OrdinalIgnoreCase)
        && (type.Length == other.Length || type[other.Length] == '/');
}
