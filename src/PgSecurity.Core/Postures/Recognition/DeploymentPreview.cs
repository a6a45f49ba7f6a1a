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
    private const string Gap = "a preview of a deployment shows what the template sets, not what the service adds";
    private const string Kept = "the deployment does not set it: whether it stays is not known";

    private static readonly string[] Stays = { "NoChange", "Ignore", "NoEffect" };

    /// <summary>The bodies in a preview, each with why properties that it lacks are unknown; null where they are absent.</summary>
    /// <returns>False where the document is none.</returns>
    public static bool TryGet(JsonElement document, out IReadOnlyList<(JsonElement Body, string? Gap)> bodies)
    {
        bodies = Array.Empty<(JsonElement, string?)>();
        JsonElement holder = ArmJson.TryGet(document, "properties", out JsonElement properties) ? properties : document;
        if (ArmJson.TryGet(holder, "changes", out JsonElement changes) && changes.ValueKind == JsonValueKind.Array
            && changes.EnumerateArray().All(change => ArmJson.Has(change, "changeType")))
        {
            bodies = changes.EnumerateArray().SelectMany(AfterOf).ToArray();
            return true;
        }

        if (!ArmJson.TryGet(holder, "validatedResources", out JsonElement resources) || resources.ValueKind != JsonValueKind.Array) return false;
        bodies = resources.EnumerateArray().Select(resource => (MarkExpressions(resource), (string?)Gap)).ToArray();
        return true;
    }

    /// <summary>
    /// What a change leaves. Of a resource that is there, what neither its body nor the deployment has is absent; what only
    /// its body has may stay or go.
    /// </summary>
    private static IEnumerable<(JsonElement Body, string? Gap)> AfterOf(JsonElement change)
    {
        bool hasBefore = ArmJson.TryGet(change, "before", out JsonElement before) && ArmJson.IsObject(before, "properties");
        if (ArmJson.TryGet(change, "after", out JsonElement after) && after.ValueKind == JsonValueKind.Object)
        {
            JsonElement body = MarkExpressions(after);
            if (hasBefore && ArmJson.Node(body) is JsonObject merged && ArmJson.Node(before) is JsonObject there)
            {
                MarkKept(merged, there);
                yield return (ArmJson.Element(merged), null);
            }
            else
            {
                yield return (body, Gap);
            }
        }
        else if (hasBefore && Stays.Contains(ArmJson.Text(change, "changeType"), StringComparer.OrdinalIgnoreCase))
        {
            yield return (before, null);
        }
    }

    private static void MarkKept(JsonObject after, JsonObject before)
    {
        foreach (KeyValuePair<string, JsonNode?> member in before)
        {
            if (!after.TryGetPropertyValue(member.Key, out JsonNode? set)) after[member.Key] = ArmJson.Unknown(Kept);
            else if (set is JsonObject inner && !UnknownValue.Is(ArmJson.Element(inner)) && member.Value is JsonObject there) MarkKept(inner, there);
        }
    }

    /// <summary>An expression that a preview could not resolve stands in it as a text.</summary>
    private static JsonElement MarkExpressions(JsonElement body) =>
        JsonTexts.Replace(body, text => IsExpression(text) ? ArmJson.Unknown("the preview could not resolve an expression") : null);

    private static bool IsExpression(string text) =>
        text.Length > 2 && text[0] == '[' && text[1] != '[' && text[text.Length - 1] == ']' && text.IndexOf("(", StringComparison.Ordinal) > 0;
}
