using System;
using System.Collections.Generic;
using System.Text.Json.Nodes;

namespace PgSecurity.Core.Remediation;

/// <summary>
/// A merge patch (RFC 7396) as ARM takes it: members are found without regard to case, null takes one out, everything
/// that is not an object replaces what was there.
/// </summary>
public static class MergePatch
{
    /// <summary>What a patch makes of a target. Neither is changed.</summary>
    public static JsonNode? Apply(JsonNode? target, JsonNode? patch)
    {
        if (patch is not JsonObject changes) return patch?.DeepClone();

        JsonObject result = target is JsonObject original ? (JsonObject)original.DeepClone() : new JsonObject();
        foreach (KeyValuePair<string, JsonNode?> change in changes)
        {
            string name = SpellingIn(result, change.Key);
            if (change.Value is null)
            {
                result.Remove(name);
                continue;
            }

            result[name] = Apply(result[name], change.Value);
        }

        return result;
    }

    private static string SpellingIn(JsonObject container, string name)
    {
        if (container.ContainsKey(name)) return name;
        foreach (KeyValuePair<string, JsonNode?> member in container)
        {
            if (string.Equals(member.Key, name, StringComparison.OrdinalIgnoreCase)) return member.Key;
        }

        return name;
    }
}
