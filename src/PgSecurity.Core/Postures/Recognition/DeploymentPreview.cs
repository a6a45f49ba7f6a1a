using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PgSecurity.Core.Postures.Recognition;

/// <summary>
/// What a deployment would leave, as <c>what-if</c> and the validation of a deployment show it: bodies with what the
/// template sets and without what the service adds.
/// </summary>
internal static class DeploymentPreview
{
    /// <summary>Why properties that such a body lacks are unknown.</summary>
    public const string Gap = "a preview of a deployment shows what the template sets, not what the service adds";

    private static readonly string[] Stays = { "NoChange", "Ignore", "NoEffect" };

    /// <summary>The bodies in a preview.</summary>
    /// <returns>False where the document is none.</returns>
    public static bool TryGet(JsonElement document, out IReadOnlyList<JsonElement> bodies)
    {
        bodies = Array.Empty<JsonElement>();
        JsonElement holder = ArmJson.TryGet(document, "properties", out JsonElement properties) ? properties : document;
        if (ArmJson.TryGet(holder, "changes", out JsonElement changes) && changes.ValueKind == JsonValueKind.Array
            && changes.EnumerateArray().All(change => ArmJson.Has(change, "changeType")))
        {
            bodies = changes.EnumerateArray().Select(After).OfType<JsonElement>().Select(MarkExpressions).ToArray();
            return true;
        }

        if (!ArmJson.TryGet(holder, "validatedResources", out JsonElement resources) || resources.ValueKind != JsonValueKind.Array) return false;
        bodies = resources.EnumerateArray().Select(MarkExpressions).ToArray();
        return true;
    }

    private static JsonElement? After(JsonElement change)
    {
        if (ArmJson.TryGet(change, "after", out JsonElement after) && after.ValueKind == JsonValueKind.Object) return after;
        bool stays = Stays.Contains(ArmJson.Text(change, "changeType"), StringComparer.OrdinalIgnoreCase);
        return stays && ArmJson.TryGet(change, "before", out JsonElement before) && before.ValueKind == JsonValueKind.Object ? before : null;
    }

    /// <summary>An expression that a preview could not resolve stands in it as a text.</summary>
    private static JsonElement MarkExpressions(JsonElement body)
    {
        JsonNode? node = ArmJson.Node(body);
        Mark(node);
        return node is JsonObject marked ? ArmJson.Element(marked) : body;
    }

    private static void Mark(JsonNode? node)
    {
        if (node is JsonArray items)
        {
            for (int index = 0; index < items.Count; index++)
            {
                if (IsExpression(items[index])) items[index] = Unresolved();
                else Mark(items[index]);
            }
        }

        if (node is not JsonObject members) return;
        foreach (KeyValuePair<string, JsonNode?> member in members.ToArray())
        {
            if (IsExpression(member.Value)) members[member.Key] = Unresolved();
            else Mark(member.Value);
        }
    }

    private static bool IsExpression(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue(out string? text) && text.Length > 2
        && text[0] == '[' && text[1] != '[' && text[text.Length - 1] == ']' && text.IndexOf("(", StringComparison.Ordinal) > 0;

    private static JsonObject Unresolved() => ArmJson.Unknown("the preview could not resolve an expression");
}
