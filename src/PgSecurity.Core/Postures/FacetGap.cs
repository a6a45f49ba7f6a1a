namespace PgSecurity.Core.Postures;

/// <summary>Why a facet may hold resources that are not known.</summary>
public enum FacetGapKind
{
    /// <summary>Nobody asked for it.</summary>
    NotCollected,

    /// <summary>It was asked for and could not be had: refused, throttled, timed out, a stopped server.</summary>
    Unavailable,

    /// <summary>Some are known; others may exist elsewhere, as with a template or a filtered list.</summary>
    Partial,
}

/// <summary>What is not known of a facet, and why.</summary>
/// <param name="Kind">The kind of gap.</param>
/// <param name="Reason">The reason, in words that a finding can show.</param>
public sealed record FacetGap(FacetGapKind Kind, string Reason);
