using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PgSecurity.Core.Postures.Recognition;

/// <summary>The texts in a JSON value, wherever they stand.</summary>
internal static class JsonTexts
{
    /// <summary>A copy in which some texts are replaced.</summary>
    /// <param name="value">The value.</param>
    /// <param name="replacement">What stands in a text's place; null where it stays.</param>
    public static JsonElement Replace(JsonElement value, Func<string, JsonNode?> replacement)
    {
        JsonNode? node = ArmJson.Node(value);
        Walk(node, replacement);
        return node is null ? value : ArmJson.Element(node);
    }

    private static void Walk(JsonNode? node, Func<string, JsonNode?> replacement)
    {
        if (node is JsonArray items)
        {
            for (int index = 0; index < items.Count; index++)
            {
                if (Instead(items[index], replacement) is JsonNode other) items[index] = other;
                else Walk(items[index], replacement);
            }
        }

        if (node is not JsonObject members) return;
        foreach (KeyValuePair<string, JsonNode?> member in members.ToArray())
        {
            if (Instead(member.Value, replacement) is JsonNode other) members[member.Key] = other;
            else Walk(member.Value, replacement);
        }
    }

    private static JsonNode? Instead(JsonNode? node, Func<string, JsonNode?> replacement) =>
        node is JsonValue value && value.TryGetValue(out string? text) ? replacement(text) : null;
}
