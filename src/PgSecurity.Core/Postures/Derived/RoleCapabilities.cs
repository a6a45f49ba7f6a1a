using System.Collections.Generic;
using System.Linq;

namespace PgSecurity.Core.Postures.Derived;

/// <summary>
/// <c>PgSecurity/roleCapabilities</c>: each role definition that matters to the server, under its own id, with what it
/// really grants. Properties: <c>roleName</c>, <c>custom</c>, <c>canChangeServer</c>, <c>canGrantAccess</c>, <c>wildcardOverProvider</c> and,
/// where that is true, <c>wildcard</c>: the action that has it.
/// </summary>
public sealed class RoleCapabilities : IFactsAboutResources
{
    /// <summary>The type of the resources.</summary>
    public const string TypeName = "PgSecurity/roleCapabilities";

    /// <inheritdoc/>
    public string Type => TypeName;

    /// <inheritdoc/>
    public IReadOnlyList<string> Sources { get; } = new[] { FacetTypes.RoleDefinitions };

    /// <inheritdoc/>
    public string AboutType => FacetTypes.RoleDefinitions;

    /// <inheritdoc/>
    public Facet Derive(Posture posture)
    {
        Facet source = posture.FacetOf(FacetTypes.RoleDefinitions);
        KnownRoles roles = KnownRoles.Of(posture);
        return new Facet(Type, source.Resources.Select(definition => Describe(definition, roles.Actions(definition))).ToList(), source.Gap);
    }

    private Resource Describe(Resource definition, RoleActions actions) => definition
        .Share(definition => new RoleFact(Describe(actions, definition)))
        .Fact.ToResource(definition.Id, Type, definition.Name);

    private static Fact Describe(RoleActions actions, Resource definition)
    {
        ResourceField kind = ResourceField.Of(definition, "properties.type");
        string gap = actions.Gap ?? "a part of its permissions is not known";
        return new Fact()
            .Set("roleName", ResourceField.Of(definition, "properties.roleName"))
            .Set("custom", kind.Is("CustomRole"), kind.UnknownReason ?? "")
            .Set("canChangeServer", actions.CanChangeServer, gap)
            .Set("canGrantAccess", actions.CanGrantAccess, gap)
            .Set("wildcardOverProvider", actions.HasWildcardOverProvider, gap)
            .Set("wildcard", actions.WildcardOverProvider())
            .Summarize(Sentence(definition, kind, actions.WildcardOverProvider()));
    }

    private static string Sentence(Resource definition, ResourceField kind, string? wildcard)
    {
        string name = ResourceField.Of(definition, "properties.roleName").Text ?? definition.Name;
        string role = kind.Is("CustomRole") == Truth.True ? "the custom role" : "the role";
        return wildcard is null ? $"{role} {name} has no wildcard over the database provider" : $"{role} {name} grants {wildcard}";
    }

    /// <summary>What a definition comes to, whatever server it is listed for.</summary>
    private sealed record RoleFact(Fact Fact);
}
