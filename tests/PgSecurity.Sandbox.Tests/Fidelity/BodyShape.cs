using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PgSecurity.Sandbox.Tests.Fidelity;

/// <summary>The shape of a body: paths of members with the JSON types that they have. Keys of maps count as one.</summary>
internal static class BodyShape
{
    private static readonly string[] Maps = { "userAssignedIdentities", "tags", "metadata" };

    internal static Dictionary<string, SortedSet<string>> Of(JsonNode? node)
    {
        Dictionary<string, SortedSet<string>> shape = new(StringComparer.Ordinal);
        Walk(node, "$", shape);
        return shape;
    }

    /// <summary>The differences, topmost only: <c>missing</c>, <c>extra</c> or <c>type</c> with the path.</summary>
    internal static IReadOnlyList<string> Differences(JsonNode? recorded, JsonNode? sandbox)
    {
        Dictionary<string, SortedSet<string>> left = Of(recorded);
        Dictionary<string, SortedSet<string>> right = Of(sandbox);
        List<string> found = new();
        foreach ((string path, SortedSet<string> types) in left)
        {
            if (!right.TryGetValue(path, out SortedSet<string>? others)) found.Add("missing " + path);
            else if (!types.Overlaps(others)) found.Add($"type {path} {string.Join("|", types)} not {string.Join("|", others)}");
        }

        found.AddRange(right.Keys.Where(path => !left.ContainsKey(path)).Select(path => "extra " + path));
        return found.Where(difference => !found.Any(other => other != difference && IsAbove(other, difference))).OrderBy(text => text, StringComparer.Ordinal).ToArray();
    }

    private static bool IsAbove(string other, string difference)
    {
        string[] left = other.Split(' ');
        string[] right = difference.Split(' ');
        return left[0] == right[0] && left[0] != "type" && (right[1].StartsWith(left[1] + ".", StringComparison.Ordinal) || right[1].StartsWith(left[1] + "[", StringComparison.Ordinal));
    }

    private static void Walk(JsonNode? node, string path, Dictionary<string, SortedSet<string>> shape)
    {
        if (!shape.TryGetValue(path, out SortedSet<string>? types))
        {
            types = new SortedSet<string>(StringComparer.Ordinal);
            shape[path] = types;
        }

        types.Add(node switch
        {
            null => "null",
            JsonObject => "object",
            JsonArray => "array",
            _ => node.GetValueKind() switch
            {
                JsonValueKind.String => "string",
                JsonValueKind.Number => "number",
                JsonValueKind.True or JsonValueKind.False => "boolean",
                _ => "null",
            },
        });
        if (node is JsonArray array)
        {
            foreach (JsonNode? item in array) Walk(item, path + "[]", shape);
        }

        if (node is not JsonObject body) return;
        bool isMap = Maps.Any(map => path.EndsWith("." + map, StringComparison.Ordinal));
        foreach ((string name, JsonNode? value) in body) Walk(value, path + "." + (isMap ? "*" : name), shape);
    }
}
