using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PgSecurity.Core.Postures.Recognition;

/// <summary>
/// The resources that an export nests under their parent in a member <c>resources</c>, as PSRule's
/// <c>Export-AzRuleData</c> does. Such a child often has no id of its own: it follows from the parent's, the type and the name.
/// </summary>
internal static class NestedResources
{
    /// <summary>Each child with its place in the list, in a form that has an id.</summary>
    public static IEnumerable<(int Index, JsonElement Child)> Of(string parentId, JsonElement parent)
    {
        if (!ArmJson.TryGet(parent, "resources", out JsonElement list) || list.ValueKind != JsonValueKind.Array) yield break;
        int index = 0;
        foreach (JsonElement child in list.EnumerateArray())
        {
            if (child.ValueKind == JsonValueKind.Object) yield return (index, WithId(parentId, child));
            index++;
        }
    }

    private static JsonElement WithId(string parentId, JsonElement child)
    {
        string? type = ArmJson.Text(child, "type") ?? ArmJson.Text(child, "ResourceType");
        string? name = ArmJson.Text(child, "name") ?? ArmJson.Text(child, "ResourceName");
        if (ArmJson.Has(child, "id") || ArmJson.Has(child, "ResourceId") || type is null || name is null) return child;

        JsonObject copy = JsonObject.Create(child)!;
        copy["id"] = IdOf(parentId, type, LastSegment(name));
        return ArmJson.Element(copy);
    }

    private static string IdOf(string parentId, string type, string name)
    {
        string? parentType = ResourceId.TypeOf(parentId);
        if (type.LastIndexOf('/') < 0) return $"{parentId}/{type}/{name}";
        bool below = parentType is not null && type.StartsWith(parentType + "/", StringComparison.OrdinalIgnoreCase);
        return below ? $"{parentId}/{type.Substring(parentType!.Length + 1)}/{name}" : $"{parentId}/providers/{type}/{name}";
    }

    private static string LastSegment(string name) => name.Substring(name.LastIndexOf('/') + 1);
}
