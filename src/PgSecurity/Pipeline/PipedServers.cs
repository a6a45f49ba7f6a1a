using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace PgSecurity.Pipeline;

/// <summary>
/// The servers that an object of the pipeline names: an id as text, one of our own objects, and, where a connection says
/// that Azure itself is meant, anything with an id of a server: of Az, of <c>az</c>, a row of Resource Graph.
/// </summary>
internal static class PipedServers
{
    private static readonly string[] Names = { "ResourceId", "Id" };

    /// <summary>The ids to read from Azure; none where the object is evidence itself.</summary>
    /// <param name="item">The object.</param>
    /// <param name="connected">Whether there is a connection.</param>
    public static IReadOnlyList<string> IdsOf(PSObject item, bool connected)
    {
        if (item.BaseObject is string text) return IsId(text.Trim()) ? new[] { text.Trim() } : Array.Empty<string>();
        if (item.BaseObject is PgServer server) return new[] { server.ResourceId };
        if (item.BaseObject is Finding finding) return new[] { finding.ResourceId };
        if (!connected && !IsOurs(item)) return Array.Empty<string>();
        return Rows(item).Select(IdOf).OfType<string>().ToArray();
    }

    // Ours that came back from a file: only the id of it is used.
    private static bool IsOurs(PSObject item) =>
        item.TypeNames.Any(name => name.EndsWith("PgSecurity.PgServer", StringComparison.Ordinal) || name.EndsWith("PgSecurity.Finding", StringComparison.Ordinal))
        || (item.Properties["ControlId"] is not null && item.Properties["ResourceId"] is not null);

    // Search-AzGraph wraps its rows in a response.
    private static IEnumerable<PSObject> Rows(PSObject item) =>
        item.Properties["Data"] is { Value: IEnumerable rows and not string } && item.Properties["SkipToken"] is not null
            ? rows.Cast<object?>().Where(row => row is not null).Select(row => PSObject.AsPSObject(row!))
            : new[] { item };

    private static string? IdOf(PSObject item) =>
        Names.Select(name => Value(item, name)).FirstOrDefault(value => value is not null && ServerId.TryParse(value, out ServerId? id) && IsWhole(value, id!));

    private static string? Value(PSObject item, string name)
    {
        object? value = item.BaseObject is IDictionary table
            ? table.Keys.Cast<object>().Where(key => string.Equals(key as string, name, StringComparison.OrdinalIgnoreCase)).Select(key => table[key]).FirstOrDefault()
            : item.Properties[name]?.Value;
        return (value is PSObject wrapped ? wrapped.BaseObject : value) as string;
    }

    // The id of a child names a server too, but the object is not one.
    private static bool IsWhole(string value, ServerId id) => value.Trim().TrimEnd('/').Length <= id.Value.Length;

    private static bool IsId(string text) => text.StartsWith("/subscriptions/", StringComparison.OrdinalIgnoreCase) && ServerId.TryParse(text, out _);
}
