using System;
using System.Collections.Generic;
using System.Linq;

namespace PgSecurity.Core.Postures.Derived;

/// <summary>
/// Whether PostgreSQL Anonymizer (<c>anon</c>), the masking extension of the guide, can run. One resource, <c>anon</c>:
/// <c>offered</c>, whether the server can have it at all; <c>allowed</c>, in <c>azure.extensions</c>; <c>loaded</c>, in
/// <c>shared_preload_libraries</c> (unknown while a restart is pending). Whether <c>CREATE EXTENSION</c> was run and
/// rules exist no ARM resource tells.
/// </summary>
public sealed class MaskingExtension : IDerivedFacet
{
    /// <summary>The type of the resource.</summary>
    public const string FacetType = "PgSecurity/maskingExtension";

    private const string Extension = "anon";

    /// <inheritdoc/>
    public string Type => FacetType;

    /// <inheritdoc/>
    public IReadOnlyList<string> Sources { get; } = new[] { FacetTypes.Configurations };

    /// <inheritdoc/>
    public Facet Derive(Posture posture)
    {
        if (posture.Id.IsSingleServer) return new Facet(FacetType, Array.Empty<Resource>());

        ResourceField allowed = ServerParameter.Read(posture, "azure.extensions");
        ResourceField choices = ServerParameter.Read(posture, "azure.extensions", "allowedValues");
        ResourceField loaded = ServerParameter.Read(posture, "shared_preload_libraries");
        ResourceField pending = ServerParameter.Read(posture, "shared_preload_libraries", "isConfigPendingRestart");
        Truth isLoaded = Lists(loaded);
        string reason = loaded.UnknownReason ?? pending.UnknownReason ?? "a restart is pending: the running server may not have it yet";
        if (isLoaded == Truth.True && pending.Is("true") != Truth.False) isLoaded = Truth.Unknown;

        Fact fact = new Fact()
            .Set("offered", Offered(choices, allowed), choices.UnknownReason ?? "azure.extensions does not say what it may hold")
            .Set("allowed", Lists(allowed), allowed.UnknownReason ?? "")
            .Set("loaded", isLoaded, reason);
        return new Facet(FacetType, new[] { fact.ToResource(posture, FacetType, Extension) });
    }

    // What is set is offered. A template lists no choices, and every version that can still be made offers it.
    private static Truth Offered(ResourceField choices, ResourceField allowed)
    {
        if (Lists(allowed) == Truth.True) return Truth.True;
        return choices.IsAbsent ? Truth.True : Lists(choices);
    }

    private static Truth Lists(ResourceField list) =>
        list.IsUnknown ? Truth.Unknown : ParameterLists.Members(list.Text).Contains(Extension).ToTruth();
}
