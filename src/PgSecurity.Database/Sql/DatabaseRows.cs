using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Core.Remediation.Service;

namespace PgSecurity.Database.Sql;

/// <summary>
/// Rows of checks, and masks, as resources that the road of a change reads and writes: read anew in their database, written by
/// statements in one transaction. Everything else goes to Resource Manager. Safe for many threads.
/// </summary>
public sealed class DatabaseRows : IResourceService, IAsyncDisposable
{
    private readonly IResourceService? _arm;
    private readonly ServerHosts? _hosts;
    private readonly ConcurrentDictionary<string, SessionPair> _sessions = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Makes it.</summary>
    /// <param name="arm">Resource Manager; null where only servers outside it are meant.</param>
    /// <param name="hosts">Where the databases are; null where there is no login to them.</param>
    public DatabaseRows(IResourceService? arm, ServerHosts? hosts)
    {
        _arm = arm;
        _hosts = hosts;
    }

    /// <inheritdoc/>
    public async Task<JsonElement?> FindAsync(string id, CancellationToken stop)
    {
        if (RowId.TryParse(id) is not RowId row || !RowReading.Knows(row)) return IsHost(id) ? null : await Arm(id).FindAsync(id, stop).ConfigureAwait(false);
        return await UseAsync(row.Server, row.Database, SessionAccess.Read, session => RowReading.FindAsync(session, row, stop), stop).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<JsonElement>> ListAsync(string collection, CancellationToken stop) =>
        IsHost(collection) ? Array.Empty<JsonElement>() : await Arm(collection).ListAsync(collection, stop).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task<WriteReceipt> WriteAsync(WriteMethod method, string id, JsonNode? body, CancellationToken stop)
    {
        if (method != WriteMethod.Sql) return await Arm(id).WriteAsync(method, id, body, stop).ConfigureAwait(false);
        string database = (string?)body?["database"] ?? "";
        List<string> statements = (body?["statements"] as JsonArray ?? new JsonArray()).Select(statement => (string?)statement ?? "").ToList();
        if (!ServerId.TryParse(id, out ServerId? server) || database.Length == 0 || statements.Count == 0)
        {
            throw new ServiceFault("", $"There is nothing to run for {id}.", RetryClass.Never);
        }

        return await UseAsync(
            server!,
            database,
            SessionAccess.Write,
            async session =>
            {
                await session.ExecuteAsync(statements, stop).ConfigureAwait(false);
                return new WriteReceipt(null, null);
            },
            stop).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<WriteReceipt> StartAsync(WriteMethod method, string id, JsonNode? body, CancellationToken stop) =>
        method == WriteMethod.Sql ? WriteAsync(method, id, body, stop) : Arm(id).StartAsync(method, id, body, stop);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (SessionPair pair in _sessions.Values)
        {
            await pair.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task<T> UseAsync<T>(ServerId server, string database, SessionAccess access, Func<DatabaseSession, Task<T>> use, CancellationToken stop)
    {
        if (_hosts is null) throw new ServiceFault("", ServerHosts.NoLogin, RetryClass.Never);
        DatabaseTarget target = await _hosts.FindAsync(server, stop).ConfigureAwait(false);
        try
        {
            return await _sessions.GetOrAdd(server.Value, _ => new SessionPair()).UseAsync(target, database, access, use, stop).ConfigureAwait(false);
        }
        catch (DatabaseException failure)
        {
            throw DatabaseFaults.Of(failure);
        }
    }

    private IResourceService Arm(string id) =>
        _arm ?? throw new ServiceFault("", $"{id} is in Azure, and no connection to Azure was made (Connect-PgSecurity).", RetryClass.Never);

    private static bool IsHost(string id) => ServerId.TryParse(id, out ServerId? server) && server!.IsHost;
}
