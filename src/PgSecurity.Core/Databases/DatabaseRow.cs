using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Databases;

/// <summary>Makes a resource of a row.</summary>
public static class DatabaseRow
{
    /// <summary>
    /// The resource: the row is its properties, with the database added; its id is below the server's, and below the database
    /// where the check looks at each by itself.
    /// </summary>
    /// <param name="server">The server.</param>
    /// <param name="check">The check.</param>
    /// <param name="database">The database that it was run in.</param>
    /// <param name="row">The row, a JSON object.</param>
    public static Resource ToResource(ServerId server, DatabaseCheck check, string database, JsonElement row)
    {
        string name = string.Join(".", check.Names.Select(column => TextOf(row, column)).Where(part => part.Length > 0));
        if (name.Length == 0) name = "row";
        string parent = check.Scope == DatabaseScope.Database
            ? $"{server.Value}/databases/{Uri.EscapeDataString(database)}"
            : server.Value;
        string id = $"{parent}/providers/{check.Type}/{Uri.EscapeDataString(name)}";
        JsonObject properties = (JsonObject)JsonNode.Parse(row.GetRawText())!;
        if (check.Scope == DatabaseScope.Database)
        {
            properties["database"] = database;
            if (properties["summary"] is JsonValue summary) properties["summary"] = $"{database}: {summary}";
        }

        JsonObject body = new() { ["id"] = id, ["type"] = check.Type, ["name"] = name, ["properties"] = properties };
        return new Resource(id, check.Type, name, JsonSerializer.SerializeToElement((JsonNode)body));
    }

    private static string TextOf(JsonElement row, string column) =>
        !row.TryGetProperty(column, out JsonElement value) || value.ValueKind == JsonValueKind.Null ? ""
        : value.ValueKind == JsonValueKind.String ? value.GetString()!
        : value.GetRawText();
}
