using System.Collections.Generic;

namespace PgSecurity.Core.Postures.Derived;

/// <summary>
/// <c>PgSecurity/effectiveLocks</c>: each lock that holds for the server itself, its own or inherited from the resource
/// group or subscription; locks on its children or on other resources are left out. Properties: <c>level</c>, <c>scope</c> (the kind of
/// scope), <c>inherited</c>, <c>preventsDeletion</c> (CanNotDelete and ReadOnly do), <c>preventsChange</c> (ReadOnly does).
/// </summary>
public sealed class EffectiveLocks : IFactsAboutResources
{
    /// <summary>The type of the resources.</summary>
    public const string TypeName = "PgSecurity/effectiveLocks";

    /// <inheritdoc/>
    public string Type => TypeName;

    /// <inheritdoc/>
    public IReadOnlyList<string> Sources { get; } = new[] { FacetTypes.Locks };

    /// <inheritdoc/>
    public string AboutType => FacetTypes.Locks;

    /// <inheritdoc/>
    public Facet Derive(Posture posture)
    {
        Facet source = posture.FacetOf(FacetTypes.Locks);
        List<Resource> locks = new();
        foreach (Resource held in source.Resources)
        {
            string? kind = AzureScope.KindOf(AzureScope.OfExtension(held.Id, FacetTypes.Locks), posture.Id);
            if (kind is not null) locks.Add(Describe(held, kind));
        }

        return new Facet(Type, locks, source.Gap);
    }

    private Resource Describe(Resource held, string scopeKind)
    {
        ResourceField level = ResourceField.Of(held, "properties.level");
        Truth readOnly = level.Is("ReadOnly");
        return new Fact()
            .Set("level", level)
            .Set("scope", scopeKind)
            .Set("inherited", scopeKind != "server")
            .Set("preventsDeletion", readOnly.Or(level.Is("CanNotDelete")), level.UnknownReason ?? "")
            .Set("preventsChange", readOnly, level.UnknownReason ?? "")
            .Summarize($"the lock {held.Name} of level {level.Text ?? "unknown"} holds from the {Place(scopeKind)}")
            .ToResource(held.Id, Type, held.Name);
    }

    private static string Place(string scopeKind) => scopeKind == "resourceGroup" ? "resource group" : scopeKind;
}
