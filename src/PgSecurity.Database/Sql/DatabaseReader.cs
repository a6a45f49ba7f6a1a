using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Core.Databases;
using PgSecurity.Core.Postures;

namespace PgSecurity.Database.Sql;

/// <summary>
/// Runs checks on a server and makes facets of their rows. Whatever cannot be read is a gap with its reason; one database or
/// check that fails stops no other.
/// </summary>
public sealed class DatabaseReader
{
    /// <summary>The database from which the whole server is looked at, and the others are found.</summary>
    public const string EntryDatabase = "postgres";

    private const string DatabasesQuery = """
        select datname, pg_catalog.has_database_privilege(oid, 'CONNECT') as may_connect
        from pg_catalog.pg_database
        where datallowconn and not datistemplate and datname not in ('azure_maintenance', 'azure_sys') order by 1
        """;

    private readonly DatabaseTarget _target;
    private readonly IReadOnlyList<string> _databases;

    /// <summary>Makes a reader.</summary>
    /// <param name="target">The server and the login.</param>
    /// <param name="databases">The databases to look into; empty for all but templates and the service's own.</param>
    public DatabaseReader(DatabaseTarget target, IReadOnlyList<string>? databases = null)
    {
        _target = target;
        _databases = databases ?? Array.Empty<string>();
    }

    /// <summary>Reads.</summary>
    /// <param name="server">The server's id, below which the rows get theirs.</param>
    /// <param name="checks">The checks.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>One facet a check.</returns>
    public async Task<IReadOnlyList<Facet>> ReadAsync(
        ServerId server, IReadOnlyList<DatabaseCheck> checks, CancellationToken cancellation = default)
    {
        Dictionary<string, CheckResult> results = checks.ToDictionary(check => check.Type, check => new CheckResult(server, check), StringComparer.Ordinal);
        try
        {
            DatabaseSession session = await DatabaseSession.OpenAsync(_target, EntryDatabase, SessionAccess.Read, cancellation).ConfigureAwait(false);
            await using (session.ConfigureAwait(false))
            {
                await RunAllAsync(session, results.Values.Where(result => result.Check.Scope == DatabaseScope.Server), cancellation).ConfigureAwait(false);

                if (checks.Any(check => check.Scope == DatabaseScope.Database))
                {
                    await ReadDatabasesAsync(session, results, cancellation).ConfigureAwait(false);
                }
            }
        }
        catch (DatabaseException failure)
        {
            foreach (CheckResult result in results.Values)
            {
                result.Miss(null, failure.Message);
            }
        }

        return results.Values.Select(result => result.ToFacet()).ToList();
    }

    /// <summary>Runs one check in the database of a session.</summary>
    internal static async Task<Facet> ReadAsync(DatabaseSession session, ServerId server, DatabaseCheck check, CancellationToken cancellation)
    {
        CheckResult result = new(server, check);
        await new CheckRun(session).RunAsync(result, cancellation).ConfigureAwait(false);
        return result.ToFacet();
    }

    private async Task ReadDatabasesAsync(
        DatabaseSession entry, Dictionary<string, CheckResult> results, CancellationToken cancellation)
    {
        List<CheckResult> open = results.Values.Where(result => result.Check.Scope == DatabaseScope.Database).ToList();
        IReadOnlyList<(string Database, string? Gap)> all = await DatabasesAsync(entry, cancellation).ConfigureAwait(false);
        string? scope = ScopeOf(all);
        open.ForEach(result => result.Scope = scope);
        foreach ((string database, string? gap) in _databases.Count == 0 ? all : Named(all))
        {
            if (gap is not null)
            {
                open.ForEach(result => result.Miss(database, gap));
            }
            else if (string.Equals(database, entry.Database, StringComparison.Ordinal))
            {
                await RunAllAsync(entry, open, cancellation).ConfigureAwait(false);
            }
            else
            {
                await ReadDatabaseAsync(database, open, cancellation).ConfigureAwait(false);
            }
        }
    }

    private async Task ReadDatabaseAsync(string database, List<CheckResult> open, CancellationToken cancellation)
    {
        try
        {
            DatabaseSession session = await DatabaseSession.OpenAsync(_target, database, SessionAccess.Read, cancellation).ConfigureAwait(false);
            await using (session.ConfigureAwait(false))
            {
                await RunAllAsync(session, open, cancellation).ConfigureAwait(false);
            }
        }
        catch (DatabaseException failure)
        {
            open.ForEach(result => result.Miss(database, failure.Message));
        }
    }

    /// <summary>The databases to look into, each with the reason where that cannot be.</summary>
    private async Task<IReadOnlyList<(string Database, string? Gap)>> DatabasesAsync(DatabaseSession entry, CancellationToken cancellation)
    {
        IReadOnlyList<JsonElement> rows = await entry.QueryAsync(DatabasesQuery, cancellation).ConfigureAwait(false);
        List<(string Database, string? Gap)> all = rows
            .Select(row => (row.GetProperty("datname").GetString()!, row.GetProperty("may_connect").GetBoolean() ? null : $"the role {_target.UserName} has no CONNECT"))
            .ToList<(string Database, string? Gap)>();
        return all;
    }

    /// <summary>Those that were named, of all there are.</summary>
    private List<(string Database, string? Gap)> Named(IReadOnlyList<(string Database, string? Gap)> all) => _databases
        .Select(wanted => all.Where(known => known.Database == wanted).DefaultIfEmpty((wanted, "there is no such database to look into")).First())
        .ToList();

    /// <summary>What is said with all that is said of a part: which databases were looked into, and which were not.</summary>
    private string? ScopeOf(IReadOnlyList<(string Database, string? Gap)> all)
    {
        if (_databases.Count == 0) return null;
        List<string> others = all.Select(known => known.Database).Except(_databases, StringComparer.Ordinal).ToList();
        return others.Count == 0 ? null : $"Of the databases only {string.Join(", ", _databases)} was asked for; not looked into: {string.Join(", ", others)}.";
    }

    private static async Task RunAllAsync(DatabaseSession session, IEnumerable<CheckResult> open, CancellationToken cancellation)
    {
        CheckRun run = new(session);
        foreach (CheckResult result in open)
        {
            await run.RunAsync(result, cancellation).ConfigureAwait(false);
        }
    }
}
