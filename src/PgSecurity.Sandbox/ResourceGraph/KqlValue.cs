using System;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using PgSecurity.Sandbox.Estate;

namespace PgSecurity.Sandbox.ResourceGraph;

/// <summary>Values as the query language sees them.</summary>
internal static class KqlValue
{
    /// <summary>A value as text; empty for none.</summary>
    internal static string Text(JsonNode? value) => value switch
    {
        null => string.Empty,
        JsonValue single when single.GetValueKind() == JsonValueKind.String => single.GetValue<string>(),
        JsonValue single when single.GetValueKind() is JsonValueKind.True or JsonValueKind.False => single.GetValueKind() == JsonValueKind.True ? "true" : "false",
        _ => value.ToJsonString(),
    };

    /// <summary>A value as a condition.</summary>
    internal static bool IsTrue(JsonNode? value) => value is JsonValue single && single.GetValueKind() == JsonValueKind.True;

    /// <summary>A value as a number; null where it is none.</summary>
    internal static double? Number(JsonNode? value) =>
        double.TryParse(Text(value), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : null;

    /// <summary>Whether two values are equal: numbers as numbers, truth as truth, all else as text.</summary>
    internal static bool AreEqual(JsonNode? left, JsonNode? right, bool ignoreCase)
    {
        if (left is JsonValue && right is JsonValue && Number(left) is double first && Number(right) is double second) return first.Equals(second);
        return string.Equals(Text(left), Text(right), ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
    }

    /// <summary>The order of two values.</summary>
    internal static int Compare(JsonNode? left, JsonNode? right) =>
        Number(left) is double first && Number(right) is double second
            ? first.CompareTo(second)
            : string.Compare(Text(left), Text(right), StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a text has a word: bounded by what is neither letter nor digit.</summary>
    internal static bool HasWord(string text, string word)
    {
        int at = 0;
        while (word.Length > 0 && (at = text.IndexOf(word, at, StringComparison.OrdinalIgnoreCase)) >= 0)
        {
            bool starts = at == 0 || !char.IsLetterOrDigit(text[at - 1]);
            bool ends = at + word.Length == text.Length || !char.IsLetterOrDigit(text[at + word.Length]);
            if (starts && ends) return true;
            at++;
        }

        return word.Length == 0;
    }

    /// <summary>The part of a value behind a member or an index.</summary>
    internal static JsonNode? Member(JsonNode? value, string name) => value switch
    {
        JsonObject body => body.Find(name),
        JsonArray array when int.TryParse(name, NumberStyles.Integer, CultureInfo.InvariantCulture, out int index) => array.ElementAtOrDefault(index),
        _ => null,
    };
}
