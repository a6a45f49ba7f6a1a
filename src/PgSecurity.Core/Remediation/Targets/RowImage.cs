using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using PgSecurity.Core.Databases;

namespace PgSecurity.Core.Remediation.Targets;

/// <summary>Compares a row with what it was, by its columns; those that move by themselves, and its own words, say nothing.</summary>
internal static class RowImage
{
    private const string Words = "summary";

    /// <summary>The columns in which two images of a row of a type differ.</summary>
    public static IReadOnlyList<string> Differences(string type, JsonObject? before, JsonObject? after)
    {
        IReadOnlyList<string> moving = DatabaseChecks.OfType(type)?.Moving ?? Array.Empty<string>();
        return Names(before).Union(Names(after), StringComparer.Ordinal)
            .Where(name => name != Words && !moving.Contains(name, StringComparer.Ordinal))
            .Where(name => !Same(before, after, new[] { name }))
            .ToList();
    }

    /// <summary>Whether two images have the same in some columns. No row and a row are never the same.</summary>
    public static bool Same(JsonObject? left, JsonObject? right, IEnumerable<string> columns) =>
        left is null || right is null
            ? left is null && right is null
            : columns.All(column => JsonNode.DeepEquals(JsonShape.Member(left, column), JsonShape.Member(right, column)));

    private static IEnumerable<string> Names(JsonObject? image) => image?.Select(column => column.Key) ?? Enumerable.Empty<string>();
}
