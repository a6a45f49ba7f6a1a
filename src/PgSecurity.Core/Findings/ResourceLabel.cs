using System;
using System.Linq;
using System.Text.Json;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Findings;

/// <summary>What to call a resource in a line of text: its name, or, where the name is a GUID, what people call it.</summary>
internal static class ResourceLabel
{
    private static readonly string[] Names = { "displayName", "roleName", "principalDisplayName", "principalName" };

    /// <summary>The label of a resource of a posture.</summary>
    public static string Of(string id, Posture posture)
    {
        string name = LastSegment(id);
        if (!Guid.TryParse(name, out _)) return name;
        Resource? resource = posture.Facets
            .SelectMany(facet => facet.Resources)
            .FirstOrDefault(candidate => candidate.MayEndIn(name) && string.Equals(candidate.Id, id, StringComparison.OrdinalIgnoreCase));
        string? called = resource is null ? null : Names.Select(property => Text(resource, property)).FirstOrDefault(text => text is not null);
        return called ?? (resource is null ? name : $"{LastSegment(resource.Type)} {name}");
    }

    /// <summary>The last segment of an id or a type.</summary>
    public static string LastSegment(string id) => id.Substring(id.TrimEnd('/').LastIndexOf('/') + 1).TrimEnd('/');

    private static string? Text(Resource resource, string property) =>
        resource.Body.TryGetProperty("properties", out JsonElement properties)
        && properties.ValueKind == JsonValueKind.Object
        && properties.TryGetProperty(property, out JsonElement value)
        && value.ValueKind == JsonValueKind.String
        && value.GetString()!.Length > 0
            ? value.GetString()
            : null;
}
