using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PgSecurity.Core.Postures.Recognition;

/// <summary>
/// What Resource Graph answers: rows as objects, or a table of columns and rows. A query names the columns that it
/// wants, so a row says nothing about those it does not have.
/// </summary>
internal static class ResourceGraphRows
{
    public const string ProjectedGap = "the row holds only the columns that the query named";

    /// <summary>Columns that a row has unless its query took them away.</summary>
    private static readonly string[] WholeRow = { "properties", "location", "sku", "identity", "tags" };

    /// <summary>Columns that are objects in ARM: a query may have put a plain value under the same name.</summary>
    private static readonly HashSet<string> Structured = new(StringComparer.OrdinalIgnoreCase)
    {
        "properties", "sku", "identity", "tags",
    };

    private static readonly char[] Separators = { '_', '.' };

    public static bool IsTable(JsonElement value) =>
        ArmJson.IsArray(value, "columns") && ArmJson.IsArray(value, "rows");

    /// <summary>The rows of a table as objects.</summary>
    public static IEnumerable<JsonElement> Rows(JsonElement table)
    {
        ArmJson.TryGet(table, "columns", out JsonElement columns);
        ArmJson.TryGet(table, "rows", out JsonElement rows);
        List<string?> names = new();
        foreach (JsonElement column in columns.EnumerateArray())
        {
            names.Add(column.ValueKind == JsonValueKind.String ? column.GetString() : ArmJson.Text(column, "name"));
        }

        foreach (JsonElement row in rows.EnumerateArray())
        {
            if (row.ValueKind != JsonValueKind.Array) continue;
            JsonObject built = new();
            int index = 0;
            foreach (JsonElement cell in row.EnumerateArray())
            {
                if (index < names.Count && names[index] is string name) built[name] = ArmJson.Node(cell);
                index++;
            }

            yield return ArmJson.Element(built);
        }
    }

    /// <summary>Whether an object is a row, by the columns that only Resource Graph adds.</summary>
    public static bool IsRow(JsonElement value) =>
        ArmJson.Has(value, "subscriptionId") && (ArmJson.Has(value, "resourceGroup") || ArmJson.Has(value, "tenantId"));

    /// <summary>Why the row leaves properties open; null where it is a whole resource.</summary>
    public static string? GapOf(JsonElement row)
    {
        foreach (string column in WholeRow)
        {
            if (!ArmJson.Has(row, column)) return ProjectedGap;
        }

        return ArmJson.IsObject(row, "properties") ? null : ProjectedGap;
    }

    /// <summary>
    /// The row in ARM's shape. A column that a query did not rename is called by its path
    /// (<c>properties_network_publicNetworkAccess</c>) and goes back to it; a renamed one says nothing.
    /// </summary>
    public static JsonElement ToArm(JsonElement row)
    {
        if (ArmJson.IsObject(row, "properties")) return row;
        JsonObject body = new();
        JsonObject properties = new();
        foreach (JsonProperty column in row.EnumerateObject())
        {
            string[] path = column.Name.Split(Separators);
            if (path.Length > 1 && string.Equals(path[0], "properties", StringComparison.OrdinalIgnoreCase))
            {
                Place(properties, path, column.Value);
            }
            else if (!Structured.Contains(column.Name) || column.Value.ValueKind == JsonValueKind.Object)
            {
                body[column.Name] = ArmJson.Node(column.Value);
            }
        }

        body.Remove("properties");
        body["properties"] = properties;
        return ArmJson.Element(body);
    }

    private static void Place(JsonObject properties, string[] path, JsonElement value)
    {
        JsonObject container = properties;
        for (int index = 1; index < path.Length - 1; index++)
        {
            if (container[path[index]] is JsonObject next)
            {
                container = next;
                continue;
            }

            if (container.ContainsKey(path[index])) return;
            next = new JsonObject();
            container[path[index]] = next;
            container = next;
        }

        // Null may mean that the resource lacks it, or that the query misspelt the path.
        string last = path[path.Length - 1];
        if (value.ValueKind != JsonValueKind.Null && !container.ContainsKey(last)) container[last] = ArmJson.Node(value);
    }
}
