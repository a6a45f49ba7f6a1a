using System;
using System.Threading.Tasks;
using PgSecurity.Azure.Appliers;
using PgSecurity.Core.Remediation.Service;
using PgSecurity.Database.Sql;
using PgSecurity.Sessions;

namespace PgSecurity.Changes;

/// <summary>
/// What changes are made on: Resource Manager where a server in Azure is meant, databases where there is a login to them, or
/// both. Sessions that it opened end with it.
/// </summary>
internal sealed class ChangeGround : IDisposable
{
    private readonly DatabaseRows _rows;

    /// <summary>Makes it.</summary>
    /// <param name="connection">The connection to Azure; null where none is needed.</param>
    /// <param name="databases">The login to databases; null where there is none.</param>
    public ChangeGround(Connection? connection, DatabaseAccess? databases)
    {
        IResourceService? arm = connection is null ? null : new ArmResourceService(connection.Session);
        IPostureSource? servers = connection is null ? null : new CollectedPostures(connection.Session);
        ServerHosts? hosts = databases?.Hosts(arm);
        Clock = connection is null ? new WallClock() : ArmRoadClock.Of(connection.Session.Arm);
        _rows = new DatabaseRows(arm, hosts);
        Postures = new DatabasePostures(servers, hosts, Clock, databases?.Databases ?? Array.Empty<string>());
        Statements = hosts is null ? null : new SqlRepair(hosts);
    }

    /// <summary>Reads and writes resources.</summary>
    public IResourceService Service => _rows;

    /// <summary>Reads servers.</summary>
    public IPostureSource Postures { get; }

    /// <summary>The time.</summary>
    public IRoadClock Clock { get; }

    /// <summary>Writes statements; null where there is no login to databases.</summary>
    public IStatementWriter? Statements { get; }

    /// <inheritdoc/>
    public void Dispose() =>
        // The pipeline's thread has no synchronization context: it waits here for sessions to end.
        Task.Run(async () => await _rows.DisposeAsync().ConfigureAwait(false)).GetAwaiter().GetResult();
}
