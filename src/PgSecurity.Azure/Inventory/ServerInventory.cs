using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Azure.Arm;
using PgSecurity.Azure.Collectors;
using PgSecurity.Core.Postures;

namespace PgSecurity.Azure.Inventory;

/// <summary>Finds the servers of a scope, subscription by subscription, and tells of each as soon as it is known.</summary>
public sealed class ServerInventory
{
    private const int SubscriptionsAtOnce = 8;
    private readonly CollectionRun _run;
    private readonly CancellationToken _stop;

    /// <summary>Makes an inventory.</summary>
    public ServerInventory(CollectionRun run, CancellationToken stop)
    {
        _run = run;
        _stop = stop;
    }

    /// <summary>Finds servers.</summary>
    /// <param name="scope">Which are meant.</param>
    /// <param name="found">Gets each server; called from any thread, one at a time.</param>
    /// <param name="failed">Gets what could not be listed, and why; called from any thread, one at a time.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public async Task FindAsync(ServerScope scope, Func<Resource, Task> found, Action<string, ArmFault> failed)
    {
        List<ServerId> seen = new();
        Task SeeAsync(Resource server)
        {
            seen.Add(ServerId.Parse(server.Id));
            return found(server);
        }

        if (!await TryFindAsync(scope, SeeAsync, failed).ConfigureAwait(false)) return;

        // A name that is misspelt must not read like a server without findings.
        foreach (string name in Unmet(scope.Names, seen.Select(id => id.Name))) failed(name, ArmFaults.NoServerNamed(name));
        if (scope.Names.Count > 0) return;
        foreach (string group in Unmet(scope.ResourceGroups, seen.Select(id => id.ResourceGroupName))) failed(group, ArmFaults.NoServerIn(group));
    }

    private static IEnumerable<string> Unmet(IEnumerable<string> wanted, IEnumerable<string> there)
    {
        HashSet<string> known = new(there, StringComparer.OrdinalIgnoreCase);
        return wanted.Where(name => !Core.Wildcard.IsPattern(name) && !known.Contains(name)).Distinct(StringComparer.OrdinalIgnoreCase);
    }

    private async Task<bool> TryFindAsync(ServerScope scope, Func<Resource, Task> found, Action<string, ArmFault> failed)
    {
        IReadOnlyList<string> subscriptions;
        HashSet<string>? only;
        try
        {
            subscriptions = await new SubscriptionLookup(_run.Session, _stop).FindAsync(scope.Subscriptions, scope.ManagementGroups, failed).ConfigureAwait(false);
        }
        catch (ArmException error)
        {
            failed(scope.ManagementGroups.Count > 0 ? string.Join(", ", scope.ManagementGroups) : "the subscriptions", error.Fault);
            return false;
        }

        try
        {
            only = scope.Filter is null ? null : await QueryIdsAsync(scope).ConfigureAwait(false);
        }
        catch (ArmException error)
        {
            failed(scope.Filter!, error.Fault);
            return false;
        }

        if (only is not null) subscriptions = subscriptions.Where(subscription => only.Any(id => Same(ResourceId.SubscriptionOf(id), subscription))).ToList();
        using SemaphoreSlim places = new(SubscriptionsAtOnce);
        using SemaphoreSlim turn = new(1, 1);
        await Task.WhenAll(subscriptions.Select(async subscription =>
        {
            await places.WaitAsync(_stop).ConfigureAwait(false);
            try
            {
                Collected listed = await _run.ServersAsync(subscription).ConfigureAwait(false);
                await turn.WaitAsync(_stop).ConfigureAwait(false);
                try
                {
                    if (listed.Fault is ArmFault fault) failed("/subscriptions/" + subscription, fault);
                    foreach (Resource server in listed.Resources.OrderBy(server => server.Id, StringComparer.OrdinalIgnoreCase))
                    {
                        if (IsMeant(scope, server, only)) await found(server).ConfigureAwait(false);
                    }
                }
                finally
                {
                    turn.Release();
                }
            }
            finally
            {
                places.Release();
            }
        })).ConfigureAwait(false);
        await FindRetiredAsync(scope, subscriptions, only, found).ConfigureAwait(false);
        return true;
    }

    // Retired single servers are told of, so that nobody takes their absence for health.
    private async Task FindRetiredAsync(ServerScope scope, IReadOnlyList<string> subscriptions, HashSet<string>? only, Func<Resource, Task> found)
    {
        Collected rows = await _run.GraphRowsAsync().ConfigureAwait(false);
        foreach (Resource row in rows.Resources.Where(row => row.Type == FacetTypes.SingleServer))
        {
            bool isInside = subscriptions.Contains(ResourceId.SubscriptionOf(row.Id), StringComparer.OrdinalIgnoreCase);
            if (isInside && IsMeant(scope, row, only)) await found(row).ConfigureAwait(false);
        }
    }

    private static bool IsMeant(ServerScope scope, Resource server, HashSet<string>? only) =>
        ServerId.TryParse(server.Id, out ServerId? id) && (only is null || only.Contains(id!.Value)) && scope.Includes(id!, server);

    private async Task<HashSet<string>> QueryIdsAsync(ServerScope scope)
    {
        string query = "resources | where type in~ ('microsoft.dbforpostgresql/flexibleservers', 'microsoft.dbforpostgresql/servers')"
            + " | where " + scope.Filter + " | project id";
        IReadOnlyList<JsonElement> rows = await ResourceGraph.QueryAsync(_run.Session.Arm, query, scope.ManagementGroups, _stop).ConfigureAwait(false);
        return new HashSet<string>(rows.Select(row => ResourceField.In(row, "id").Text).OfType<string>(), StringComparer.OrdinalIgnoreCase);
    }

    private static bool Same(string? left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
