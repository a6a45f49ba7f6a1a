using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Findings;

/// <summary>Evidence in one line, for somebody who reads a table.</summary>
internal static class EvidenceText
{
    /// <summary>The pieces of evidence that a line names before it only counts the others.</summary>
    private const int Named = 3;

    /// <summary>What was seen.</summary>
    public static string Observed(IReadOnlyList<Evidence> evidence, Posture posture)
    {
        if (evidence.Count <= 1) return evidence.Count == 0 ? "" : Describe(evidence[0], posture);
        List<string> lines = evidence.Select(piece => Describe(piece, posture)).Distinct(StringComparer.Ordinal).ToList();
        string text = string.Join("; ", lines.Take(Named));
        int others = lines.Count - Named;
        return others > 0 ? text + string.Format(CultureInfo.InvariantCulture, "; and {0} more", others) : text;
    }

    /// <summary>What would have passed.</summary>
    public static string Expected(IReadOnlyList<Evidence> evidence) => evidence.Count <= 1
        ? evidence.Count == 0 ? "" : Plain(evidence[0].Expected)
        : string.Join("; ", evidence.Select(piece => Plain(piece.Expected)).Where(text => text.Length > 0).Distinct(StringComparer.Ordinal).Take(Named));

    private static string Describe(Evidence piece, Posture posture)
    {
        string field = ShortName(piece.Field);
        string where = piece.ResourceId.Length == 0 || (IsServer(piece.ResourceId, posture) && field.Length > 0)
            ? ""
            : ResourceLabel.Of(piece.ResourceId, posture);
        string subject = where.Length == 0 || Same(where, field) ? field
            : field.Length == 0 ? where
            : IsParameter(piece.ResourceId) && Same(field, "value") ? where
            : $"{where} {field}";
        return subject.Length == 0 ? piece.Observed : $"{subject}: {piece.Observed}";
    }

    /// <summary>The last part of an alias or path that says something: <c>publicNetworkAccess</c>.</summary>
    private static string ShortName(string field)
    {
        string path = field.Substring(field.LastIndexOf('/') + 1);
        if (field.StartsWith("PgSecurity/", StringComparison.OrdinalIgnoreCase)) return FailureText.Words(path);
        int dot = path.LastIndexOf('.');
        bool isParameterName = field.LastIndexOf('/') < 0 && !field.StartsWith("properties", StringComparison.OrdinalIgnoreCase);
        return dot < 0 || isParameterName ? path : path.Substring(dot + 1);
    }

    private static bool IsParameter(string id) => id.IndexOf("/configurations/", StringComparison.OrdinalIgnoreCase) >= 0;

    private static bool IsServer(string id, Posture posture) => Same(id.TrimEnd('/'), posture.Id.Value);

    /// <summary>What must not be one of two is the other.</summary>
    private static string Plain(string expected) => expected switch
    {
        "not false" => "true",
        "not true" => "false",
        _ => expected,
    };

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
