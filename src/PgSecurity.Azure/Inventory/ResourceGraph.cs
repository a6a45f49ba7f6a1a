using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Azure.Arm;

namespace PgSecurity.Azure.Inventory;

/// <summary>
/// Azure Resource Graph: one query over many subscriptions, read to its last page. It shows only what the identity may
/// read, and says nothing of the rest: that something is not in its rows proves nothing by itself.
/// </summary>
internal static class ResourceGraph
{
    private const string Path = "/providers/Microsoft.ResourceGraph/resources";
    private const int PageSize = 1000;

    /// <summary>The rows of a query.</summary>
    /// <param name="arm">The client.</param>
    /// <param name="query">The query.</param>
    /// <param name="managementGroups">Management groups to look in; none for everything that the identity sees.</param>
    /// <param name="stop">Ends the wait.</param>
    /// <exception cref="ArmException">A page could not be had, or the service cut the answer short.</exception>
    internal static async Task<IReadOnlyList<JsonElement>> QueryAsync(
        ArmClient arm, string query, IReadOnlyCollection<string> managementGroups, CancellationToken stop)
    {
        List<JsonElement> rows = new();
        string? token = null;
        do
        {
            JsonElement page = await arm.AskAsync(Path, Body(query, managementGroups, token), stop).ConfigureAwait(false);
            if (!page.TryGetProperty("data", out JsonElement data) || data.ValueKind != JsonValueKind.Array)
            {
                throw new ArmException(new ArmFault(ArmFaultKind.Malformed, "POST", Path, "The answer has no rows"));
            }

            foreach (JsonElement row in data.EnumerateArray())
            {
                rows.Add(row);
            }

            string? next = page.TryGetProperty("$skipToken", out JsonElement skip) && skip.ValueKind == JsonValueKind.String ? skip.GetString() : null;
            if (string.IsNullOrEmpty(next) && IsTruncated(page))
            {
                throw new ArmException(new ArmFault(ArmFaultKind.Malformed, "POST", Path, "Resource Graph cut its answer short"));
            }

            token = next == token ? null : next;
        }
        while (!string.IsNullOrEmpty(token));
        return rows;
    }

    private static bool IsTruncated(JsonElement page) =>
        page.TryGetProperty("resultTruncated", out JsonElement truncated)
        && (truncated.ValueKind == JsonValueKind.True
            || (truncated.ValueKind == JsonValueKind.String && string.Equals(truncated.GetString(), "true", StringComparison.OrdinalIgnoreCase)));

    private static JsonObject Body(string query, IReadOnlyCollection<string> managementGroups, string? token)
    {
        JsonObject options = new() { ["resultFormat"] = "objectArray", ["$top"] = PageSize };
        if (token is not null) options["$skipToken"] = token;
        JsonObject body = new() { ["query"] = query, ["options"] = options };
        if (managementGroups.Count > 0)
        {
            JsonArray groups = new();
            foreach (string group in managementGroups)
            {
                groups.Add((JsonNode?)JsonValue.Create(group));
            }

            body["managementGroups"] = groups;
        }

        return body;
    }
}
