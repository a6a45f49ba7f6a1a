using System.Collections.Generic;
using System.Linq;

namespace PgSecurity.Core.Postures.Derived;

/// <summary>
/// <c>PgSecurity/entraAdministratorSummaries</c>: one resource, <c>administrators</c>, that counts the Entra
/// administrators: <c>administrators</c>, <c>groups</c>, <c>users</c>, <c>servicePrincipals</c>, marked unknown where the list is not complete,
/// and <c>knownAdministrators</c>.
/// </summary>
public sealed class EntraAdministratorSummaries : IDerivedFacet
{
    /// <summary>The type of the resource.</summary>
    public const string TypeName = "PgSecurity/entraAdministratorSummaries";

    /// <inheritdoc/>
    public string Type => TypeName;

    /// <inheritdoc/>
    public IReadOnlyList<string> Sources { get; } = new[] { FacetTypes.Administrators };

    /// <inheritdoc/>
    public Facet Derive(Posture posture)
    {
        Facet source = posture.FacetOf(FacetTypes.Administrators);
        string? gap = GapText.Of(posture, FacetTypes.Administrators);
        Fact summary = new Fact()
            .SetUnless(gap, "administrators", source.Resources.Count)
            .Set("knownAdministrators", source.Resources.Count);
        Count(summary, "groups", "Group", source, gap);
        Count(summary, "users", "User", source, gap);
        Count(summary, "servicePrincipals", "ServicePrincipal", source, gap);
        string least = gap is null ? "" : "at least ";
        summary.Summarize($"{least}{source.Resources.Count} Entra administrators");
        return new Facet(Type, new[] { summary.ToResource(posture, Type, "administrators") });
    }

    private static void Count(Fact summary, string name, string kind, Facet source, string? listGap)
    {
        List<ResourceField> kinds = source.Resources.Select(item => ResourceField.Of(item, "properties.principalType")).ToList();
        string? gap = listGap ?? kinds.Select(reading => reading.UnknownReason).FirstOrDefault(reason => reason is not null);
        summary.SetUnless(gap, name, kinds.Count(reading => reading.Is(kind) == Truth.True));
    }
}
