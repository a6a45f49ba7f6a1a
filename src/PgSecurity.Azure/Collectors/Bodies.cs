using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using PgSecurity.Core.Postures;

namespace PgSecurity.Azure.Collectors;

/// <summary>Reads what ARM answers.</summary>
internal static class Bodies
{
    /// <summary>A body as a resource of a type; null where it is no object with an id.</summary>
    internal static Resource? Resource(JsonElement body, string type)
    {
        string? id = ResourceField.In(body, "id").Text;
        if (body.ValueKind != JsonValueKind.Object || id is null) return null;
        string name = ResourceField.In(body, "name").Text is string full ? full.Substring(full.LastIndexOf('/') + 1) : ResourceId.NameOf(id);
        return new Resource(id, FacetTypes.Normalize(type), name, body);
    }

    /// <summary>The texts of a list of objects, one member of each.</summary>
    internal static IEnumerable<string> Texts(Resource resource, string list, string member)
    {
        JsonElement items = ResourceField.Of(resource, list).Value;
        return items.ValueKind == JsonValueKind.Array
            ? items.EnumerateArray().Select(item => ResourceField.In(item, member).Text).OfType<string>()
            : Array.Empty<string>();
    }

    /// <summary>The scope that a resource of the authorization provider holds at.</summary>
    internal static string ScopeOf(Resource resource) =>
        ResourceField.Of(resource, "properties.scope").Text ?? ResourceId.ScopeOf(resource.Id);
}
