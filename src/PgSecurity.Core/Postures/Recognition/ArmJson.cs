using System;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PgSecurity.Core.Postures.Recognition;

/// <summary>Reads members without regard to case, as ARM and PowerShell compare them, and turns nodes into elements.</summary>
internal static class ArmJson
{
    public static bool TryGet(JsonElement container, string name, out JsonElement value)
    {
        value = default;
        if (container.ValueKind != JsonValueKind.Object) return false;
        if (container.TryGetProperty(name, out value)) return true;
        foreach (JsonProperty member in container.EnumerateObject())
        {
            if (!string.Equals(member.Name, name, StringComparison.OrdinalIgnoreCase)) continue;
            value = member.Value;
            return true;
        }

        return false;
    }

    public static bool Has(JsonElement container, string name) => TryGet(container, name, out _);

    /// <summary>The text of a member; null where it is missing, empty, or something else.</summary>
    public static string? Text(JsonElement container, string name) =>
        TryGet(container, name, out JsonElement value) && value.ValueKind == JsonValueKind.String && !value.ValueEquals("")
            ? value.GetString()
            : null;

    /// <summary>The text at the end of a path of members; null where it breaks off.</summary>
    public static string? Text(JsonElement container, params string[] path)
    {
        for (int index = 0; index < path.Length - 1; index++)
        {
            if (!TryGet(container, path[index], out container)) return null;
        }

        return Text(container, path[path.Length - 1]);
    }

    public static bool IsObject(JsonElement container, string name) =>
        TryGet(container, name, out JsonElement value) && value.ValueKind == JsonValueKind.Object;

    public static bool IsArray(JsonElement container, string name) =>
        TryGet(container, name, out JsonElement value) && value.ValueKind == JsonValueKind.Array;

    public static JsonNode? Node(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => JsonObject.Create(element),
        JsonValueKind.Array => JsonArray.Create(element),
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        _ => JsonValue.Create(element),
    };

    public static JsonElement Element(JsonNode node) => JsonSerializer.SerializeToElement(node);

    public static JsonObject Unknown(string reason) => new() { [UnknownValue.Key] = reason };
}
