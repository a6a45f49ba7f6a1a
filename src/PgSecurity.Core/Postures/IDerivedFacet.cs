using System.Collections.Generic;

namespace PgSecurity.Core.Postures;

/// <summary>
/// A fact that no ARM resource carries, computed from those that do, such as the union of the firewall rules. It comes
/// as resources of a type of our own, so that a control can ask for it in the policy language. One file each, in
/// <c>Postures/Derived</c>.
/// </summary>
public interface IDerivedFacet
{
    /// <summary>The type of the resources it makes: <c>PgSecurity/…</c>.</summary>
    string Type { get; }

    /// <summary>The facets it is computed from, which must be collected for it.</summary>
    IReadOnlyList<string> Sources { get; }

    /// <summary>
    /// Computes it. Where a source has a gap, the result has one too, or marks what depends on it as unknown
    /// (<see cref="UnknownValue"/>): less known about a source may never turn into a value.
    /// </summary>
    Facet Derive(Posture posture);
}
