using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace PgSecurity.Core.Findings;

/// <summary>Evidence in one line, for somebody who reads a table.</summary>
internal static class EvidenceText
{
    /// <summary>The pieces of evidence that a line names before it only counts the others.</summary>
    private const int Named = 3;

    /// <summary>What was seen.</summary>
    public static string Observed(IReadOnlyList<Evidence> evidence, string serverId)
    {
        List<string> lines = evidence.Select(piece => Describe(piece, serverId)).Distinct(StringComparer.Ordinal).ToList();
        string text = string.Join("; ", lines.Take(Named));
        int others = lines.Count - Named;
        return others > 0 ? text + string.Format(CultureInfo.InvariantCulture, "; and {0} more", others) : text;
    }

    /// <summary>What would have passed.</summary>
    public static string Expected(IReadOnlyList<Evidence> evidence) =>
        string.Join("; ", evidence.Select(piece => piece.Expected).Where(text => text.Length > 0).Distinct(StringComparer.Ordinal).Take(Named));

    private static string Describe(Evidence piece, string serverId)
    {
        string field = ShortName(piece.Field);
        string where = piece.ResourceId.Length == 0 || IsServer(piece.ResourceId, serverId) ? "" : LastSegment(piece.ResourceId);
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

    private static bool IsServer(string id, string serverId) => Same(id.TrimEnd('/'), serverId);

    private static string LastSegment(string id) => id.Substring(id.TrimEnd('/').LastIndexOf('/') + 1).TrimEnd('/');

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
