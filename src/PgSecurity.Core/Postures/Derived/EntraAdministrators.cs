using System.Collections.Generic;
using System.Linq;

namespace PgSecurity.Core.Postures.Derived;

/// <summary>
/// <c>PgSecurity/entraAdministrators</c>: each Entra administrator, under its own id, joined with the directory.
/// Properties: <c>principalName</c>, <c>principalType</c>, <c>objectId</c>, <c>exists</c>, and <c>disabled</c>: whether the directory has the
/// account switched off.
/// </summary>
public sealed class EntraAdministrators : IFactsAboutResources
{
    /// <summary>The type of the resources.</summary>
    public const string TypeName = "PgSecurity/entraAdministrators";

    /// <inheritdoc/>
    public string Type => TypeName;

    /// <inheritdoc/>
    public IReadOnlyList<string> Sources { get; } = new[] { FacetTypes.Administrators, FacetTypes.DirectoryObjects };

    /// <inheritdoc/>
    public string AboutType => FacetTypes.Administrators;

    /// <inheritdoc/>
    public Facet Derive(Posture posture)
    {
        Facet source = posture.FacetOf(FacetTypes.Administrators);
        return new Facet(Type, source.Resources.Select(administrator => Describe(administrator, posture)).ToList(), source.Gap);
    }

    private Resource Describe(Resource administrator, Posture posture)
    {
        ResourceField objectId = ResourceField.Of(administrator, "properties.objectId");
        ResourceField principalType = ResourceField.Of(administrator, "properties.principalType");
        Truth exists = DirectoryPresence.Of(objectId, principalType, posture, out string? gap);
        Resource? entry = objectId.Text is string id ? posture.FacetOf(FacetTypes.DirectoryObjects).Find(id) : null;
        ResourceField enabled = entry is not null ? ResourceField.Of(entry, "properties.accountEnabled")
            : exists == Truth.Unknown ? ResourceField.Unknown(gap ?? "")
            : default;
        return new Fact()
            .Set("principalName", ResourceField.Of(administrator, "properties.principalName"))
            .Set("principalType", principalType)
            .Set("objectId", objectId)
            .Set("exists", exists, gap ?? "")
            .Set("disabled", enabled.Is("false"), enabled.UnknownReason ?? "")
            .Summarize(Sentence(administrator, exists, enabled))
            .ToResource(administrator.Id, Type, administrator.Name);
    }

    private static string Sentence(Resource administrator, Truth exists, ResourceField enabled)
    {
        string name = ResourceField.Of(administrator, "properties.principalName").Text ?? administrator.Name;
        string kind = ResourceField.Of(administrator, "properties.principalType").Text ?? "principal";
        return exists == Truth.False ? $"the administrator {name} ({kind}) is no longer in the directory"
            : enabled.Is("false") == Truth.True ? $"the administrator {name} ({kind}) is switched off in the directory"
            : $"{name} ({kind}) is administrator";
    }
}
