using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PgSecurity.Sandbox.Estate;

/// <summary>Reading and merging of JSON as ARM does it: names without regard to case, absent and null alike.</summary>
internal static class JsonBody
{
    /// <summary>A member whatever its case; null where it is absent or null.</summary>
    internal static JsonNode? Find(this JsonObject? container, string name)
    {
        if (container is null) return null;
        if (container.TryGetPropertyValue(name, out JsonNode? exact)) return exact;
        foreach (KeyValuePair<string, JsonNode?> member in container)
        {
            if (ArmPath.Same(member.Key, name)) return member.Value;
        }

        return null;
    }

    /// <summary>Whether a member is there, whatever its case and value.</summary>
    internal static bool Has(this JsonObject? container, string name) =>
        container is not null && container.Any(member => ArmPath.Same(member.Key, name));

    /// <summary>The value at a path of members.</summary>
    internal static JsonNode? At(this JsonObject? container, params string[] path)
    {
        JsonNode? at = container;
        foreach (string name in path)
        {
            at = (at as JsonObject).Find(name);
        }

        return at;
    }

    /// <summary>The text at a path; null where there is none.</summary>
    internal static string? Text(this JsonObject? container, params string[] path) =>
        container.At(path) is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    /// <summary>The whole number at a path; null where there is none.</summary>
    internal static int? Whole(this JsonObject? container, params string[] path)
    {
        if (container.At(path) is not JsonValue value || value.GetValueKind() != JsonValueKind.Number) return null;
        return int.TryParse(
            value.ToJsonString(),
            System.Globalization.NumberStyles.Integer,
            System.Globalization.CultureInfo.InvariantCulture,
            out int number)
            ? number
            : null;
    }

    /// <summary>Whether the value at a path is the literal true.</summary>
    internal static bool IsTrue(this JsonObject? container, params string[] path) =>
        container.At(path) is JsonValue value && value.GetValueKind() == JsonValueKind.True;

    /// <summary>An object below, made where it is not there.</summary>
    internal static JsonObject Object(this JsonObject container, string name)
    {
        if (container.Find(name) is JsonObject there) return there;
        JsonObject made = new();
        container[Spelling(container, name)] = made;
        return made;
    }

    /// <summary>Sets a member in the spelling that the object already has.</summary>
    internal static void Set(this JsonObject container, string name, JsonNode? value) =>
        container[Spelling(container, name)] = value;

    /// <summary>Takes a member out, whatever its case.</summary>
    internal static void Drop(this JsonObject container, string name) => container.Remove(Spelling(container, name));

    /// <summary>Merges a patch into an object (RFC 7396): objects by member, null takes out, all else replaces.</summary>
    internal static void Merge(this JsonObject target, JsonObject patch)
    {
        foreach (KeyValuePair<string, JsonNode?> member in patch)
        {
            if (member.Value is null) target.Drop(member.Key);
            else if (member.Value is JsonObject inner) target.Object(member.Key).Merge(inner);
            else target.Set(member.Key, member.Value.DeepClone());
        }
    }

    /// <summary>A copy of an object.</summary>
    internal static JsonObject Copy(this JsonObject source) => (JsonObject)source.DeepClone();

    private static string Spelling(JsonObject container, string name)
    {
        if (container.ContainsKey(name)) return name;
        foreach (KeyValuePair<string, JsonNode?> member in container)
        {
            if (ArmPath.Same(member.Key, name)) return member.Key;
        }

        return name;
    }
}
