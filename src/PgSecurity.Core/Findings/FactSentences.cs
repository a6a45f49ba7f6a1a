using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using PgSecurity.Core.Expressions;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Findings;

/// <summary>The facts of our own (<c>PgSecurity/…</c>) that evidence names, in the sentence that each says of itself.</summary>
internal static class FactSentences
{
    private const int Told = 3;

    /// <summary>The sentences in one line; null where a piece of evidence is about anything else.</summary>
    public static string? Of(IReadOnlyList<Evidence> evidence, Posture posture)
    {
        if (evidence.Count == 0) return null;
        if (evidence.Count == 1) return FactIndex.Of(posture).Find(evidence[0].ResourceId) is Resource only ? Summary(only) : null;
        List<string> sentences = new();
        foreach (string id in evidence.Select(piece => piece.ResourceId).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (FactIndex.Of(posture).Find(id) is not Resource fact || Summary(fact) is not string sentence) return null;
            sentences.Add(sentence);
        }

        if (sentences.Count == 0) return null;
        string others = sentences.Count > Told
            ? string.Format(System.Globalization.CultureInfo.InvariantCulture, "; and {0} more", sentences.Count - Told)
            : "";
        return string.Join("; ", sentences.Take(Told)) + others;
    }

    /// <summary>The property <c>summary</c> of a fact; null where it has none.</summary>
    public static string? Summary(Resource fact) =>
        fact.TryRead("summary", out bool isThere, out ExpressionValue value)
            ? isThere && value.Kind == ExpressionKind.String ? value.Text : null
            : InBody(fact);

    private static string? InBody(Resource fact) =>
        fact.Body.TryGetProperty("properties", out JsonElement properties)
        && properties.ValueKind == JsonValueKind.Object
        && properties.TryGetProperty("summary", out JsonElement summary)
        && summary.ValueKind == JsonValueKind.String
            ? summary.GetString()
            : null;
}
