using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Findings;

/// <summary>
/// Why a control failed, in one line. Where the evidence is a fact of our own (<c>PgSecurity/…</c>), whose other properties
/// say what lies behind it, they are told too.
/// </summary>
internal static class FailureText
{
    private const int FactsTold = 3;
    private const int LongestFact = 200;

    /// <summary>The line; empty where there is nothing to tell beyond what was observed.</summary>
    public static string Of(IReadOnlyList<Evidence> evidence, Posture posture)
    {
        if (evidence.Count <= 1) return evidence.Count == 0 ? "" : OfOne(evidence, posture);
        List<string> facts = new();
        foreach (IGrouping<string, Evidence> pieces in evidence.GroupBy(piece => piece.ResourceId, StringComparer.OrdinalIgnoreCase))
        {
            if (FactIndex.Of(posture).Find(pieces.Key) is Resource fact && Describe(fact, pieces) is { Length: > 0 } text) facts.Add(text);
        }

        List<string> told = facts.Distinct(StringComparer.Ordinal).ToList();
        string others = told.Count > FactsTold
            ? string.Format(System.Globalization.CultureInfo.InvariantCulture, "; and {0} more", told.Count - FactsTold)
            : "";
        return told.Count > 0
            ? string.Join("; ", told.Take(FactsTold)) + others
            : Plain(evidence, posture);
    }

    private static string OfOne(IReadOnlyList<Evidence> evidence, Posture posture) =>
        FactIndex.Of(posture).Find(evidence[0].ResourceId) is Resource fact && Describe(fact, evidence) is { Length: > 0 } text
            ? text
            : Plain(evidence, posture);

    private static string Plain(IReadOnlyList<Evidence> evidence, Posture posture)
    {
        string observed = EvidenceText.Observed(evidence, posture);
        string expected = EvidenceText.Expected(evidence);
        return expected.Length == 0 ? observed : $"{observed} (expected {expected})";
    }

    /// <summary>What a fact says; of one that says too much for a line, its name and what the evidence is about.</summary>
    private static string Describe(Resource fact, IEnumerable<Evidence> evidence)
    {
        if (FactSentences.Summary(fact) is string sentence) return sentence;
        if (!fact.Body.TryGetProperty("properties", out JsonElement properties) || properties.ValueKind != JsonValueKind.Object) return "";
        string whole = Describe(properties, _ => true);
        if (whole.Length <= LongestFact) return whole;

        HashSet<string> named = new(evidence.Select(piece => LastPart(piece.Field)), StringComparer.OrdinalIgnoreCase);
        string part = Describe(properties, named.Contains);
        string text = part.Length == 0 ? whole : $"{fact.Name}: {part}";
        return text.Length <= LongestFact ? text : text.Substring(0, LongestFact) + "…";
    }

    private static string Describe(JsonElement properties, Func<string, bool> tells) =>
        string.Join(", ", properties.EnumerateObject()
            .Where(property => tells(property.Name))
            .Select(property => (property.Name, Text: Show(property.Value)))
            .Where(property => property.Text.Length > 0)
            .Select(property => $"{Words(property.Name)} {property.Text}"));

    private static string Show(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => ShortId(value.GetString()!),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        JsonValueKind.Array => string.Join("/", value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => ShortId(item.GetString()!))),
        _ => "",
    };

    private static string LastPart(string type) => type.Substring(type.LastIndexOf('/') + 1);

    /// <summary>Of an ARM id the last segment; any other text as it is.</summary>
    private static string ShortId(string text) =>
        text.StartsWith("/subscriptions/", StringComparison.OrdinalIgnoreCase) ? LastPart(text.TrimEnd('/')) : text;

    /// <summary>A property's name as words: <c>newestAutomatic</c> is <c>newest automatic</c>.</summary>
    public static string Words(string name) => string.Concat(name.Select(character =>
        char.IsUpper(character) ? " " + char.ToLowerInvariant(character) : character.ToString()));
}
