using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Azure.Arm;
using PgSecurity.Azure.Credentials;
using PgSecurity.Core.Postures;

namespace PgSecurity.Azure.Inventory;

/// <summary>
/// Which subscriptions are meant: those of names and ids, of management groups, or all that the identity sees. That there
/// is none is told: an audit of nothing would look like a clean one.
/// </summary>
internal sealed class SubscriptionLookup
{
    private const string GroupQuery = "resourcecontainers | where type =~ 'microsoft.resources/subscriptions' | project subscriptionId";
    private readonly AzureSession _session;
    private readonly CancellationToken _stop;

    internal SubscriptionLookup(AzureSession session, CancellationToken stop)
    {
        _session = session;
        _stop = stop;
    }

    /// <summary>The ids of subscriptions that a scope means.</summary>
    /// <exception cref="ArmException">They could not be listed.</exception>
    internal async Task<IReadOnlyList<string>> FindAsync(
        IReadOnlyList<string> named, IReadOnlyList<string> managementGroups, Action<string, ArmFault> failed)
    {
        if (managementGroups.Count == 0) return await NamedAsync(named.Count > 0 ? named : _session.Subscriptions, failed).ConfigureAwait(false);
        IReadOnlyList<string> below = await BelowAsync(managementGroups).ConfigureAwait(false);
        if (below.Count == 0) failed(string.Join(", ", managementGroups), ArmFaults.NoSubscriptionBelow(managementGroups));
        if (named.Count == 0) return below;
        IReadOnlyList<string> wanted = await NamedAsync(named, failed).ConfigureAwait(false);
        return below.Where(id => wanted.Contains(id, StringComparer.OrdinalIgnoreCase)).ToList();
    }

    private async Task<IReadOnlyList<string>> NamedAsync(IReadOnlyList<string> named, Action<string, ArmFault> failed)
    {
        if (named.Count > 0 && named.All(name => Guid.TryParse(name, out _))) return Distinct(named);
        ArmListing listing = await _session.Arm.ListAsync("/subscriptions", _stop).ConfigureAwait(false);
        if (listing.Fault is ArmFault fault) failed("the subscriptions", fault);
        List<(string Id, string Name)> all = listing.Items
            .Select(item => (ResourceField.In(item, "subscriptionId").Text ?? string.Empty, ResourceField.In(item, "displayName").Text ?? string.Empty))
            .Where(item => item.Item1.Length > 0)
            .ToList();
        if (named.Count == 0)
        {
            if (all.Count == 0 && listing.Fault is null) failed("the subscriptions", ArmFaults.NoSubscriptionAtAll());
            return all.Select(item => item.Id).ToList();
        }

        List<string> chosen = new();
        foreach (string name in named)
        {
            // An id may be one that the list does not show; what it answers is told then.
            List<string> meant = Guid.TryParse(name, out _)
                ? new List<string> { name }
                : all.Where(item => string.Equals(item.Name, name, StringComparison.OrdinalIgnoreCase)).Select(item => item.Id).ToList();
            if (meant.Count == 0) failed(name, ArmFaults.NoSubscription(name));
            chosen.AddRange(meant);
        }

        return Distinct(chosen);
    }

    private async Task<IReadOnlyList<string>> BelowAsync(IReadOnlyList<string> managementGroups)
    {
        IReadOnlyList<JsonElement> rows = await ResourceGraph.QueryAsync(_session.Arm, GroupQuery, managementGroups, _stop).ConfigureAwait(false);
        return Distinct(rows.Select(row => ResourceField.In(row, "subscriptionId").Text).OfType<string>());
    }

    private static List<string> Distinct(IEnumerable<string> ids) => ids.Distinct(StringComparer.OrdinalIgnoreCase).ToList();
}
