using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PgSecurity.Core.Postures.Derived;

/// <summary>The log categories that are sent: by one diagnostic setting, or by several taken together.</summary>
internal sealed class SentCategories
{
    /// <summary>The log categories of a flexible server; the groups <c>audit</c> and <c>allLogs</c> both select all of them.</summary>
    private static readonly string[] Known =
    {
        DiagnosticCoverage.ServerLogs, "PostgreSQLFlexSessions", "PostgreSQLFlexQueryStoreRuntime", "PostgreSQLFlexQueryStoreWaitStats",
        "PostgreSQLFlexTableStats", "PostgreSQLFlexDatabaseXacts", "PostgreSQLFlexPGBouncer", "PostgreSQLQueryStoreSqlText",
    };

    /// <summary>Those that are named; with a group they are not all.</summary>
    public SortedSet<string> Categories { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a group sends every category.</summary>
    public Truth Everything { get; private set; }

    /// <summary>Why there may be more; null where there is no more.</summary>
    public string? Unknown { get; private set; }

    /// <summary>What one setting sends, wherever to.</summary>
    public static SentCategories By(Resource setting)
    {
        SentCategories sent = new();
        ResourceField logs = ResourceField.Of(setting, "properties.logs");
        if (logs.UnknownReason is not null) sent.NotKnownFurther(logs.UnknownReason);
        if (logs.Value.ValueKind != JsonValueKind.Array) return sent;
        foreach (JsonElement entry in logs.Value.EnumerateArray())
        {
            sent.AddEntry(entry);
        }

        return sent;
    }

    /// <summary>Adds what another sends.</summary>
    public void Add(SentCategories other)
    {
        Categories.UnionWith(other.Categories);
        Everything = Everything.Or(other.Everything);
        Unknown ??= other.Unknown;
    }

    /// <summary>The categories by name; a last member that is the mark says that there may be more.</summary>
    public JsonArray ToArray()
    {
        bool everything = Everything == Truth.True;
        JsonArray categories = new();
        foreach (string category in everything ? Known.Union(Categories) : Categories)
        {
            categories.Add((JsonNode)category);
        }

        if (!everything && Unknown is not null) categories.Add((JsonNode)Fact.Mark(Unknown));
        return categories;
    }

    /// <summary>Whether a category is sent.</summary>
    public Truth Has(string category) =>
        Everything == Truth.True || Categories.Contains(category) ? Truth.True
        : Unknown is null ? Truth.False
        : Truth.Unknown;

    /// <summary>The same where it is not known whether it gets anywhere.</summary>
    public SentCategories NotKnown(string reason)
    {
        SentCategories sent = new();
        if (Categories.Count > 0 || Everything != Truth.False || Unknown is not null) sent.NotKnownFurther(reason);
        return sent;
    }

    /// <summary>Says that there may be more.</summary>
    public void NotKnownFurther(string reason)
    {
        Unknown ??= reason;
        Everything = Everything.Or(Truth.Unknown);
    }

    private void AddEntry(JsonElement entry)
    {
        ResourceField enabled = ResourceField.In(entry, "enabled");
        ResourceField category = ResourceField.In(entry, "category");
        ResourceField group = ResourceField.In(entry, "categoryGroup");
        string? unknown = enabled.UnknownReason ?? category.UnknownReason ?? group.UnknownReason;
        if (enabled.UnknownReason is null && enabled.Is("true") == Truth.False) return;
        if (unknown is not null) NotKnownFurther(unknown);
        else if (group.Text is not null) Everything = Everything.Or(SelectsAll(group.Text));
        else if (category.Text is not null) Categories.Add(category.Text);
    }

    private static Truth SelectsAll(string group) =>
        (group.Equals("allLogs", StringComparison.OrdinalIgnoreCase)
            || group.Equals("audit", StringComparison.OrdinalIgnoreCase)).ToTruth();
}
