using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using PgSecurity.Azure.Arm;
using PgSecurity.Core.Postures;

namespace PgSecurity.Azure.Collectors;

/// <summary>
/// What is set at the server or above it: locks, role assignments, policy assignments. One list a subscription; where
/// that is refused, the identity may still read it at the server.
/// </summary>
internal sealed class ScopedCollector : IFacetCollector
{
    private readonly string _filter;

    internal ScopedCollector(string type, string filter = "")
    {
        Type = type;
        _filter = filter;
        Actions = new[] { type + "/read" };
    }

    /// <inheritdoc/>
    public string Type { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Actions { get; }

    /// <inheritdoc/>
    public async Task<Collected> CollectAsync(ServerCollection server)
    {
        Collected all = await server.Run.InSubscriptionAsync(server.Id.SubscriptionId, Type).ConfigureAwait(false);
        if (all.Fault is { Kind: ArmFaultKind.Forbidden })
        {
            all = await server.Run.ListAsync(server.Id.Value + "/providers/" + Type + _filter, Type).ConfigureAwait(false);
        }

        return all.Where(resource => ResourceId.Covers(Bodies.ScopeOf(resource), server.Id.Value));
    }
}
