using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PgSecurity.Core.Postures.Derived;

/// <summary>
/// What the diagnostic settings send, taken together. One resource, <c>diagnostics</c>:
/// <c>allCategories</c>, whether an enabled category group reaches a destination; <c>categories</c>, those that reach
/// one; <c>destinations</c>, each with <c>kind</c> (workspace, storageAccount, eventHub, partner), <c>id</c>,
/// <c>setting</c>, <c>serverLogs</c> (whether <c>PostgreSQLLogs</c> goes there) and, for a workspace,
/// <c>retentionDays</c>. An entry that is not enabled, and a setting without a destination, send nothing. The
/// <c>retentionPolicy</c> of an entry is not read: Azure Monitor stopped honouring it in 2025.
/// </summary>
public sealed class DiagnosticCoverage : IDerivedFacet
{
    /// <summary>The type of the resource.</summary>
    public const string FacetType = "PgSecurity/diagnosticCoverage";

    /// <summary>The category of the server's own log, the one that audit records go to.</summary>
    public const string ServerLogs = "PostgreSQLLogs";

    /// <summary>The log categories of a flexible server; the groups <c>audit</c> and <c>allLogs</c> both select all of them.</summary>
    private static readonly string[] KnownCategories =
    {
        ServerLogs, "PostgreSQLFlexSessions", "PostgreSQLFlexQueryStoreRuntime", "PostgreSQLFlexQueryStoreWaitStats",
        "PostgreSQLFlexTableStats", "PostgreSQLFlexDatabaseXacts", "PostgreSQLFlexPGBouncer", "PostgreSQLQueryStoreSqlText",
    };

    /// <inheritdoc/>
    public string Type => FacetType;

    /// <inheritdoc/>
    public IReadOnlyList<string> Sources { get; } = new[] { FacetTypes.DiagnosticSettings, FacetTypes.Workspaces };

    /// <inheritdoc/>
    public Facet Derive(Posture posture)
    {
        Facet settings = posture.FacetOf(FacetTypes.DiagnosticSettings);
        Sent all = new();
        List<(LogDestination Destination, Sent Sent)> destinations = new();
        foreach (Resource setting in settings.Resources)
        {
            Sent sent = Sent.By(setting);
            foreach (LogDestination destination in LogDestination.Of(setting))
            {
                all.Add(destination.Unknown is null ? sent : sent.NotKnown(destination.Unknown));
                destinations.Add((destination, sent));
            }
        }

        if (settings.Gap is { } gap) all.NotKnownFurther(gap.Reason);
        Fact fact = new Fact()
            .Set("allCategories", all.Everything, all.Unknown ?? "")
            .Set("categories", CategoriesOf(all))
            .Set("destinations", new JsonArray(DestinationsOf(destinations, posture, settings.Gap?.Reason).ToArray()));
        return new Facet(Type, new[] { fact.ToResource(posture, Type, "diagnostics") });
    }

    private static JsonArray CategoriesOf(Sent sent)
    {
        bool everything = sent.Everything == Truth.True;
        JsonArray categories = new();
        foreach (string category in everything ? KnownCategories.Union(sent.Categories) : sent.Categories)
        {
            categories.Add((JsonNode)category);
        }

        if (!everything && sent.Unknown is not null) categories.Add((JsonNode)Fact.Mark(sent.Unknown));
        return categories;
    }

    private static IEnumerable<JsonNode> DestinationsOf(
        List<(LogDestination Destination, Sent Sent)> destinations,
        Posture posture,
        string? gap)
    {
        foreach ((LogDestination destination, Sent sent) in destinations)
        {
            if (destination.Unknown is not null)
            {
                yield return Fact.Mark(destination.Unknown);
                continue;
            }

            Fact fact = new Fact()
                .Set("kind", destination.Kind)
                .Set("id", destination.Id)
                .Set("setting", destination.Setting)
                .Set("serverLogs", sent.Has(ServerLogs), sent.Unknown ?? "");
            if (destination.IsWorkspace) WorkspaceRetention.Set(fact, posture, destination.Id);
            yield return fact.ToObject();
        }

        if (gap is not null) yield return Fact.Mark(gap);
    }

    /// <summary>The categories that are sent: by one setting, or by all of them.</summary>
    private sealed class Sent
    {
        public SortedSet<string> Categories { get; } = new(StringComparer.OrdinalIgnoreCase);

        public Truth Everything { get; private set; }

        public string? Unknown { get; private set; }

        public static Sent By(Resource setting)
        {
            Sent sent = new();
            ResourceField logs = ResourceField.Of(setting, "properties.logs");
            if (logs.UnknownReason is not null) sent.NotKnownFurther(logs.UnknownReason);
            if (logs.Value.ValueKind != JsonValueKind.Array) return sent;
            foreach (JsonElement entry in logs.Value.EnumerateArray())
            {
                sent.AddEntry(entry);
            }

            return sent;
        }

        public void Add(Sent other)
        {
            Categories.UnionWith(other.Categories);
            Everything = Everything.Or(other.Everything);
            Unknown ??= other.Unknown;
        }

        public Truth Has(string category) =>
            Everything == Truth.True || Categories.Contains(category) ? Truth.True
            : Unknown is null ? Truth.False
            : Truth.Unknown;

        public Sent NotKnown(string reason)
        {
            Sent sent = new();
            if (Categories.Count > 0 || Everything != Truth.False || Unknown is not null) sent.NotKnownFurther(reason);
            return sent;
        }

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
}
