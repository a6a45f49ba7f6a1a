using System;
using System.Collections.Generic;
using System.Linq;

namespace PgSecurity.Sandbox.Estate;

/// <summary>
/// What a snapshot says it does not know: a facet of a server that was refused, not collected or known in part. The
/// sandbox refuses it too, since an answer would look like a complete one, and something unknown would come to pass.
/// </summary>
internal sealed class Refusals
{
    // One fact for a whole subscription: where one server's snapshot holds it, it is known for all.
    private static readonly HashSet<string> OfSubscription = new(StringComparer.OrdinalIgnoreCase) { "Microsoft.Security/pricings" };
    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, List<(string Server, string Reason)>> _byType = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Notes that the resources of a type are not known for a server.</summary>
    internal void Add(string serverId, string type, string reason)
    {
        if (!_byType.TryGetValue(type, out List<(string, string)>? list))
        {
            list = new List<(string, string)>();
            _byType[type] = list;
        }

        list.Add((serverId, reason));
    }

    /// <summary>Notes that a server's snapshot holds all resources of a type.</summary>
    internal void NoteKnown(string serverId, string type)
    {
        if (WideScope(serverId, type) is string scope) _known.Add(type + "@" + scope);
    }

    /// <summary>
    /// Why a listing of a type at a scope is refused: the scope is a server that it is not known for, or one above such a
    /// server. Null where all is known.
    /// </summary>
    internal string? Of(string type, string scope)
    {
        if (!_byType.TryGetValue(type, out List<(string Server, string Reason)>? list)) return null;
        foreach ((string server, string reason) in list)
        {
            if (WideScope(server, type) is string wide && _known.Contains(type + "@" + wide)) continue;
            if (ArmPath.IsAtOrBelow(server, scope) || ArmPath.IsAtOrBelow(scope, server)) return reason;
        }

        return null;
    }

    /// <summary>Forgets what is not known of a server, as when it is deleted.</summary>
    internal void Forget(string serverId)
    {
        foreach (List<(string Server, string Reason)> list in _byType.Values.ToArray())
        {
            list.RemoveAll(entry => ArmPath.Same(entry.Server, serverId));
        }
    }

    private static string? WideScope(string serverId, string type) =>
        OfSubscription.Contains(type) ? ArmPath.Parse(serverId).Subscription : null;
}
