using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace PgSecurity.Core.Remediation.Targets;

/// <summary>The <c>logs</c> of a diagnostic setting: categories one by one, or groups of them, never both in one setting.</summary>
internal static class LogEntries
{
    /// <summary>The categories of a flexible server; the groups <c>audit</c> and <c>allLogs</c> both stand for all of them.</summary>
    private static readonly string[] Categories =
    {
        "PostgreSQLLogs", "PostgreSQLFlexSessions", "PostgreSQLFlexQueryStoreRuntime", "PostgreSQLFlexQueryStoreWaitStats",
        "PostgreSQLFlexTableStats", "PostgreSQLFlexDatabaseXacts", "PostgreSQLFlexPGBouncer",
    };

    /// <summary>
    /// The entries that are there with those wanted on. Where the setting names categories one by one, a group that is
    /// wanted is written as its categories, since Azure refuses a setting that has both.
    /// </summary>
    public static JsonArray Merge(JsonArray? there, JsonArray? wanted)
    {
        List<JsonObject> entries = Objects(there).Select(entry => (JsonObject)entry.DeepClone()).ToList();
        bool namesCategories = entries.Any(entry => Name(entry, "category").Length > 0 && IsOn(entry));
        if (!namesCategories) entries.RemoveAll(entry => Name(entry, "category").Length > 0);
        foreach (JsonObject entry in Objects(wanted).SelectMany(entry => namesCategories ? OneByOne(entry) : new[] { entry }))
        {
            JsonObject? present = entries.FirstOrDefault(other => SameName(other, entry));
            if (present is null) entries.Add((JsonObject)entry.DeepClone());
            else if (IsOn(entry)) present["enabled"] = true;
        }

        return new JsonArray(entries.Cast<JsonNode?>().ToArray());
    }

    /// <summary>Takes out of a setting's properties what sends nothing: the service adds and leaves out such entries as it likes.</summary>
    public static void DropWhatIsOff(JsonObject properties)
    {
        foreach (string list in new[] { "logs", "metrics" })
        {
            List<JsonObject> on = Objects(JsonShape.Member(properties, list) as JsonArray).Where(IsOn).Select(entry => (JsonObject)entry.DeepClone()).ToList();
            properties.Remove(list);
            foreach (JsonObject entry in on)
            {
                entry.Remove("retentionPolicy");
            }

            if (on.Count > 0) properties[list] = new JsonArray(on.Cast<JsonNode?>().ToArray());
        }
    }

    private static IEnumerable<JsonObject> OneByOne(JsonObject entry) => Name(entry, "categoryGroup").Length == 0
        ? new[] { entry }
        : Categories.Select(category => new JsonObject { ["category"] = category, ["enabled"] = IsOn(entry) });

    private static IEnumerable<JsonObject> Objects(JsonArray? list) => list?.OfType<JsonObject>() ?? Enumerable.Empty<JsonObject>();

    private static bool SameName(JsonObject left, JsonObject right) =>
        string.Equals(Name(left, "category"), Name(right, "category"), StringComparison.OrdinalIgnoreCase)
        && string.Equals(Name(left, "categoryGroup"), Name(right, "categoryGroup"), StringComparison.OrdinalIgnoreCase);

    private static string Name(JsonObject entry, string member) => JsonShape.Text(JsonShape.Member(entry, member));

    private static bool IsOn(JsonObject entry) => JsonShape.Text(JsonShape.Member(entry, "enabled")) == "true";
}
