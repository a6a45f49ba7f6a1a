using System;
using System.Collections.Generic;
using System.Threading;
using PgSecurity.Azure.Arm;
using PgSecurity.Azure.Inventory;
using PgSecurity.Core.Drift;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Reading;

namespace PgSecurity.Pipeline;

/// <summary>
/// The second look of a comparison, taken now: the servers of a scope as they are collected, then those of the reference
/// that were not among them, one by one, since only a server's own request proves that it is gone.
/// </summary>
internal sealed class LiveLooks : IDisposable
{
    private const string Absent = "ResourceNotFound";

    private readonly Dictionary<string, ArmFault> _unread = new(StringComparer.OrdinalIgnoreCase);
    private readonly LiveAudit _live;
    private readonly Func<DateTimeOffset> _utcNow;
    private readonly bool _leavesOutStrangers;

    /// <summary>Connects where there is no connection, and makes it.</summary>
    /// <param name="cmdlet">The cmdlet that errors are told to.</param>
    /// <param name="facetTypes">The kinds of resources that are needed.</param>
    /// <param name="limit">How many servers are read at once.</param>
    /// <param name="utcNow">The service's time.</param>
    /// <param name="leavesOutStrangers">Whether a server of the reference that is there, but not in the scope any more, is left out.</param>
    /// <param name="stop">Ends it.</param>
    public LiveLooks(PgCmdlet cmdlet, IEnumerable<string> facetTypes, int limit, Func<DateTimeOffset> utcNow, bool leavesOutStrangers, CancellationToken stop)
    {
        _live = new LiveAudit(cmdlet, facetTypes, limit, stop);
        _utcNow = utcNow;
        _leavesOutStrangers = leavesOutStrangers;
    }

    /// <summary>How many servers of the reference are there and were left out, since the scope does not mean them any more.</summary>
    public int LeftOut { get; private set; }

    /// <summary>The servers of a scope.</summary>
    public IEnumerable<PostureReadResult> Read(ServerScope scope)
    {
        _live.Give(scope);
        return Collected();
    }

    /// <summary>Servers by their ids.</summary>
    public IEnumerable<PostureReadResult> Read(IEnumerable<ServerId> ids)
    {
        foreach (ServerId id in ids)
        {
            while (_live.IsFull)
            {
                if (Take() is Posture early) yield return PostureReadResult.Of(early);
            }

            _live.Give(id);
        }

        foreach (PostureReadResult result in Collected()) yield return result;
    }

    /// <summary>Looks for a server of the reference that was not among the others; null where it is not meant any more.</summary>
    public SecondLook? LookAgain(Posture reference)
    {
        ServerId id = reference.Id;
        Posture? found = null;
        if (!_unread.ContainsKey(id.Value))
        {
            _live.Give(id);
            while (!_live.IsDone)
            {
                found = Take() ?? found;
            }
        }

        if (found is not null)
        {
            if (!_leavesOutStrangers) return SecondLook.Of(found);
            LeftOut++;
            return null;
        }

        if (!_unread.TryGetValue(id.Value, out ArmFault? fault)) return SecondLook.Unknown("the server could not be read");
        _unread.Remove(id.Value);
        if (fault.Kind == ArmFaultKind.NotFound && fault.Code == Absent) return SecondLook.Gone(_utcNow());
        _live.TellUnread(id, fault);
        return SecondLook.Unknown($"the server could not be read: {fault.Reason}");
    }

    /// <summary>Tells of servers that could not be read and that the reference has nothing of.</summary>
    public void TellUnread()
    {
        foreach (KeyValuePair<string, ArmFault> unread in _unread) _live.TellUnread(ServerId.Parse(unread.Key), unread.Value);
        _unread.Clear();
    }

    /// <summary>Whether nothing was found, and no error says why.</summary>
    public bool FoundNothing => _live.FoundNothing;

    /// <inheritdoc/>
    public void Dispose() => _live.Dispose();

    private IEnumerable<PostureReadResult> Collected()
    {
        while (!_live.IsDone)
        {
            if (Take() is Posture posture) yield return PostureReadResult.Of(posture);
        }
    }

    private Posture? Take()
    {
        _live.TryTakeServer(wait: true, out CollectedServer? server);
        if (server?.Fault is ArmFault fault) _unread[server.Id.Value] = fault;
        return server?.Posture;
    }
}
