using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Azure.Arm;
using PgSecurity.Azure.Credentials;
using PgSecurity.Core.Postures;

namespace PgSecurity.Azure.Inventory;

/// <summary>
/// Whether a server that a snapshot has is one that a scope means, so that one which is not meant is not taken for gone.
/// What only Azure can tell (<see cref="ServerScope.Filter"/>) lets every server pass.
/// </summary>
public sealed class ScopeMembership
{
    private readonly ServerScope _scope;
    private readonly HashSet<string>? _subscriptions;

    private ScopeMembership(ServerScope scope, HashSet<string>? subscriptions)
    {
        _scope = scope;
        _subscriptions = subscriptions;
    }

    /// <summary>Finds out which subscriptions a scope means; where it names none, and the connection neither, all are meant.</summary>
    /// <param name="session">The connection.</param>
    /// <param name="scope">The scope.</param>
    /// <param name="stop">Ends the wait.</param>
    public static async Task<ScopeMembership> FindAsync(AzureSession session, ServerScope scope, CancellationToken stop)
    {
        if (scope.Subscriptions.Count == 0 && scope.ManagementGroups.Count == 0 && session.Subscriptions.Count == 0) return new ScopeMembership(scope, null);
        try
        {
            // What is not found is told by the inventory of the same scope.
            IReadOnlyList<string> found = await new SubscriptionLookup(session, stop)
                .FindAsync(scope.Subscriptions, scope.ManagementGroups, (_, _) => { }).ConfigureAwait(false);
            return new ScopeMembership(scope, new HashSet<string>(found, StringComparer.OrdinalIgnoreCase));
        }
        catch (ArmException)
        {
            return new ScopeMembership(scope, new HashSet<string>());
        }
    }

    /// <summary>Whether a server may be meant, by what its id says. One that had another tag at the first look may be meant now.</summary>
    public bool MayInclude(ServerId id) => (_subscriptions is null || _subscriptions.Contains(id.SubscriptionId)) && _scope.MayInclude(id);

    /// <summary>Whether a server was meant when it looked like this.</summary>
    public bool Includes(ServerId id, Resource server) => MayInclude(id) && _scope.Includes(id, server);
}
