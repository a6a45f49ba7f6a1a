using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PgSecurity.Core.Remediation.Targets;

/// <summary>Comparing and showing parts of resources as ARM means them: names and ids without regard to case.</summary>
public static class JsonShape
{
    /// <summary>Members that are sent and never read back.</summary>
    private static readonly HashSet<string> WriteOnly =
        new(StringComparer.OrdinalIgnoreCase) { "administratorLoginPassword", "source", "createMode" };

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// Whether a resource has what was sent: every member of an object, every element of an array in any order. Null means
    /// absent; an empty text and an absent one are the same, as the service treats them.
    /// </summary>
    public static bool Has(JsonNode? actual, JsonNode? sent)
    {
        if (IsNothing(sent)) return IsNothing(actual);
        switch (sent)
        {
            case JsonObject wanted:
                return actual is JsonObject present
                    ? wanted.All(member => WriteOnly.Contains(member.Key) || Has(Member(present, member.Key), member.Value))
                    : wanted.All(member => IsNothing(member.Value));
            case JsonArray list:
                return actual is JsonArray elements && list.All(item => elements.Any(element => Has(element, item)));
            default:
                return actual is JsonValue && string.Equals(Text(actual), Text(sent), StringComparison.OrdinalIgnoreCase);
        }
    }

    /// <summary>The member of an object, found without regard to case; null where there is none.</summary>
    public static JsonNode? Member(JsonNode? container, string name)
    {
        if (container is not JsonObject map) return null;
        if (map.TryGetPropertyValue(name, out JsonNode? value)) return value;
        foreach (KeyValuePair<string, JsonNode?> member in map)
        {
            if (string.Equals(member.Key, name, StringComparison.OrdinalIgnoreCase)) return member.Value;
        }

        return null;
    }

    /// <summary>The node at a path of members; null where there is none.</summary>
    public static JsonNode? At(JsonNode? container, params string[] path) => path.Aggregate(container, Member);

    /// <summary>A value as text; empty where there is none.</summary>
    public static string Text(JsonNode? value)
    {
        if (value is null) return "";
        if (value is JsonValue scalar && scalar.TryGetValue(out string? text)) return text ?? "";
        JsonElement element = JsonSerializer.SerializeToElement(value);
        return element.ValueKind == JsonValueKind.String ? element.GetString() ?? "" : value.ToJsonString(Readable);
    }

    /// <summary>The members of a resource that a patch speaks of, with their values there; null where it has none of them.</summary>
    public static JsonNode? Touched(JsonNode? actual, JsonNode? patch)
    {
        if (patch is not JsonObject changes) return actual?.DeepClone();
        JsonObject result = new();
        foreach (KeyValuePair<string, JsonNode?> change in changes)
        {
            if (!WriteOnly.Contains(change.Key)) result[change.Key] = Touched(Member(actual, change.Key), change.Value);
        }

        return result;
    }

    /// <summary>Part of a resource in one line: <c>passwordAuth=Enabled, tenantId=…</c>.</summary>
    public static string Describe(JsonNode? part)
    {
        List<string> facts = new();
        Collect(part, "", facts);
        return string.Join(", ", facts);
    }

    /// <summary>A copy as JSON of a resource's body.</summary>
    public static JsonObject? Copy(JsonElement? body) =>
        body is JsonElement element && element.ValueKind == JsonValueKind.Object ? (JsonObject?)JsonNode.Parse(element.GetRawText()) : null;

    private static void Collect(JsonNode? part, string path, List<string> facts)
    {
        if (part is JsonObject map && map.Count > 0)
        {
            foreach (KeyValuePair<string, JsonNode?> member in map)
            {
                string name = member.Key == "properties" && path.Length == 0 ? "" : path.Length == 0 ? member.Key : path + "." + member.Key;
                Collect(member.Value, name, facts);
            }

            return;
        }

        string text = part is null || IsNothing(part) ? "(none)" : Text(part);
        facts.Add(path.Length == 0 || path == "value" ? text : $"{path}={text}");
    }

    private static bool IsNothing(JsonNode? value) => value is null || (value is JsonValue && Text(value).Length == 0);
}
