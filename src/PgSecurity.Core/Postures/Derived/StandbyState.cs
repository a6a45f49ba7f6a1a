using System;
using System.Collections.Generic;

namespace PgSecurity.Core.Postures.Derived;

/// <summary>
/// The standby of a server with high availability. One resource, <c>standby</c>: <c>mode</c>, <c>state</c>;
/// none where high availability is off. A state that is empty, as the service leaves it for a while, or missing, as in a
/// template, is unknown.
/// </summary>
public sealed class StandbyState : IDerivedFacet
{
    /// <summary>The type of the resource.</summary>
    public const string FacetType = "PgSecurity/standbyState";

    /// <inheritdoc/>
    public string Type => FacetType;

    /// <inheritdoc/>
    public IReadOnlyList<string> Sources { get; } = new[] { FacetTypes.Server };

    /// <inheritdoc/>
    public Facet Derive(Posture posture)
    {
        if (posture.Id.IsSingleServer) return new Facet(FacetType, Array.Empty<Resource>());

        ResourceField mode = ResourceField.Of(posture.Server, "properties.highAvailability.mode").ExpectText();
        if (mode.IsUnknown) return Facet.Unavailable(FacetType, mode.UnknownReason!);
        if (mode.Text is null || mode.Is("Disabled") == Truth.True) return new Facet(FacetType, Array.Empty<Resource>());

        ResourceField state = ResourceField.Of(posture.Server, "properties.highAvailability.state");
        Fact fact = new Fact().Set("mode", mode);
        if (state.Text is null) fact.SetUnknown("state", state.UnknownReason ?? "the service does not say how the standby is");
        else fact.Set("state", state);
        return new Facet(FacetType, new[] { fact.ToResource(posture, FacetType, "standby") });
    }
}
