using System.Collections.Generic;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Remediation.Guards;

/// <summary>A server that is stopped, disabled or being deleted takes no changes; it is not started for them.</summary>
internal sealed class ServerStateGuard : IGuard
{
    public IEnumerable<GuardVerdict> Judge(GuardedChange change)
    {
        ResourceField state = GuardedChange.Server(change.Before, "properties.state");
        bool concernsServer = change.Change.Type.StartsWith(change.Change.Server.ResourceType, System.StringComparison.OrdinalIgnoreCase);
        if (concernsServer && state.Text is "Stopped" or "Stopping" or "Disabled" or "Dropping" or "Inaccessible")
        {
            yield return GuardVerdict.Refuse("serverState", $"The server is {state.Text}: it takes no changes now (ServerStoppedError). Start it first, and run again.");
        }

        if (change.Before.Id.IsSingleServer) yield return GuardVerdict.Refuse("serverState", "It is a retired single server.");
    }
}
