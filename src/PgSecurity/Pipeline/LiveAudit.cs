using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using PgSecurity.Azure.Arm;
using PgSecurity.Azure.Inventory;
using PgSecurity.Core.Postures;
using PgSecurity.Errors;
using PgSecurity.Sessions;

namespace PgSecurity.Pipeline;

/// <summary>
/// Servers read from Azure for a cmdlet: what could not be read becomes one error a server, and one for what many share.
/// Used by the pipeline's thread.
/// </summary>
internal sealed class LiveAudit : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);
    private readonly HashSet<string> _told = new(StringComparer.OrdinalIgnoreCase);
    private readonly PgCmdlet _cmdlet;
    private readonly Connection _connection;
    private readonly LiveCollection _collection;
    private bool _hasFailed;

    /// <summary>Connects where there is no connection, and makes it.</summary>
    public LiveAudit(PgCmdlet cmdlet, IEnumerable<string> facetTypes, int limit, CancellationToken stop)
    {
        _cmdlet = cmdlet;
        _connection = ImplicitConnection.Require(cmdlet, stop);
        _collection = new LiveCollection(new CollectionRun(_connection.Session, facetTypes, stop), limit, stop);
    }

    /// <summary>Whether something must be taken before more is given.</summary>
    public bool IsFull => _collection.IsFull;

    /// <summary>Whether all has been taken.</summary>
    public bool IsDone => _collection.IsDone;

    /// <summary>How many servers are known so far.</summary>
    public int Known => _collection.Known;

    /// <summary>Whether nothing was found, and no error says why.</summary>
    public bool FoundNothing => Known == 0 && !_hasFailed;

    /// <summary>Gives a server.</summary>
    public void Give(ServerId id) => _collection.Give(id);

    /// <summary>Gives all servers of a scope.</summary>
    public void Give(ServerScope scope) => _collection.Give(scope);

    /// <summary>Takes what is next, and tells of what went wrong with it.</summary>
    /// <param name="wait">Whether to wait a moment for it.</param>
    /// <param name="posture">The server; null where it could not be read, or it is about something else.</param>
    public bool TryTake(bool wait, out Posture? posture)
    {
        bool taken = TryTakeServer(wait, out CollectedServer? server);
        if (server?.Fault is not null) TellUnread(server.Id, server.Fault);
        posture = server?.Posture;
        return taken;
    }

    /// <summary>Takes what is next, and tells of what of it could not be read; that the server itself could not is for the caller to tell.</summary>
    /// <param name="wait">Whether to wait a moment for it.</param>
    /// <param name="server">The server; null where it is about something else.</param>
    public bool TryTakeServer(bool wait, out CollectedServer? server)
    {
        server = null;
        _connection.Renew();
        bool taken = _collection.TryTake(wait ? Tick : TimeSpan.Zero, out LiveItem? item);
        _connection.Requests.Show(_cmdlet);
        if (!taken) return false;
        if (item!.Server is not null)
        {
            server = item.Server;
            TellFaults(server);
        }
        else if (item.Fault is not null)
        {
            _hasFailed = true;
            _cmdlet.WriteError(ErrorRecords.ScopeUnreadable(item.Scope ?? item.Fault.Path, item.Fault));
        }

        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _collection.Dispose();

    /// <summary>Tells that a server could not be read.</summary>
    public void TellUnread(ServerId id, ArmFault fault) => _cmdlet.WriteError(ErrorRecords.ServerUnreadable(id.Value, fault));

    private void TellFaults(CollectedServer server)
    {
        List<CollectionFault> own = server.Faults.Where(fault => IsOf(server.Id, fault)).ToList();
        if (own.Count > 0) _cmdlet.WriteError(ErrorRecords.ServerPartlyUnreadable(server.Id.Value, own));

        // What many servers share is told of once.
        foreach (CollectionFault shared in server.Faults.Where(fault => !IsOf(server.Id, fault)))
        {
            if (_told.Add(shared.Fault.Path)) _cmdlet.WriteError(ErrorRecords.SharedUnreadable(shared.Fault));
        }
    }

    private static bool IsOf(ServerId id, CollectionFault fault) =>
        fault.Fault.Path.StartsWith(id.Value, StringComparison.OrdinalIgnoreCase);
}
