using System;
using PgSecurity.Core.Databases;

namespace PgSecurity.Database.Sql;

/// <summary>What the id of a row says (<see cref="DatabaseRow"/>): the server, the database that it is read in, the check.</summary>
internal sealed record RowId(ServerId Server, string Database, DatabaseCheck Check)
{
    private const string Provider = "/providers/PgSecurity/";
    private const string Databases = "/databases/";

    /// <summary>Reads an id; null where it is no row's.</summary>
    public static RowId? TryParse(string id)
    {
        if (!ServerId.TryParse(id, out ServerId? server) || id.Length <= server!.Value.Length) return null;
        string rest = id.Substring(server.Value.Length);
        int provider = rest.IndexOf(Provider, StringComparison.Ordinal);
        if (provider < 0) return null;
        string[] parts = rest.Substring(provider + 1).Split('/');
        if (parts.Length < 4 || DatabaseChecks.OfType(parts[1] + "/" + parts[2]) is not DatabaseCheck check) return null;
        string database = rest.StartsWith(Databases, StringComparison.Ordinal)
            ? Uri.UnescapeDataString(rest.Substring(Databases.Length, provider - Databases.Length))
            : DatabaseReader.EntryDatabase;
        return new RowId(server, database, check);
    }
}
