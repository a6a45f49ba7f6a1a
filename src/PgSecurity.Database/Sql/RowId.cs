using System;
using System.Collections.Generic;
using System.Linq;

namespace PgSecurity.Database.Sql;

/// <summary>
/// What the id of something in a database says: the server, the database that it is read in, its type, and its names. Ids
/// are <c>server/databases/database/providers/PgSecurity/type/name/…</c>, each part escaped; of what belongs to the whole
/// server, without the database.
/// </summary>
internal sealed record RowId(string Id, ServerId Server, string Database, string Type, IReadOnlyList<string> Names)
{
    private const string Provider = "/providers/PgSecurity/";
    private const string Databases = "/databases/";

    /// <summary>Makes the id of something in a database.</summary>
    public static string Of(ServerId server, string database, string type, params string[] names) =>
        $"{server.Value}{Databases}{Uri.EscapeDataString(database)}/providers/{type}/{string.Join("/", names.Select(Uri.EscapeDataString))}";

    /// <summary>Reads an id; null where it is of nothing in a database.</summary>
    public static RowId? TryParse(string id)
    {
        if (!ServerId.TryParse(id, out ServerId? server) || id.Length <= server!.Value.Length) return null;
        string rest = id.Substring(server.Value.Length);
        int provider = rest.IndexOf(Provider, StringComparison.Ordinal);
        if (provider < 0) return null;
        string[] parts = rest.Substring(provider + Provider.Length).Split('/');
        if (parts.Length < 2) return null;
        string database = rest.StartsWith(Databases, StringComparison.Ordinal)
            ? Uri.UnescapeDataString(rest.Substring(Databases.Length, provider - Databases.Length))
            : DatabaseReader.EntryDatabase;
        return new RowId(id, server, database, "PgSecurity/" + parts[0], parts.Skip(1).Select(Uri.UnescapeDataString).ToList());
    }
}
