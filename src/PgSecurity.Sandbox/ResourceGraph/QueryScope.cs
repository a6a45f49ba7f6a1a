using System;
using System.Collections.Generic;
using System.Linq;
using PgSecurity.Sandbox.Estate;

namespace PgSecurity.Sandbox.ResourceGraph;

/// <summary>The subscriptions that a query looks in: those that it names, those of its management groups, or all.</summary>
internal static class QueryScope
{
    /// <summary>The subscriptions below a management group; null where there is no such group.</summary>
    internal static IReadOnlyCollection<string>? Of(Exchange exchange, string managementGroup) =>
        exchange.Options.ManagementGroups.TryGetValue(managementGroup, out IReadOnlyCollection<string>? below)
            ? below
            : ArmPath.Same(managementGroup, exchange.Options.TenantId) ? exchange.Estate.Subscriptions : null;

    /// <summary>The subscriptions of a query.</summary>
    internal static IReadOnlyCollection<string> Of(Exchange exchange, IReadOnlyCollection<string> subscriptions, IReadOnlyCollection<string> managementGroups)
    {
        if (managementGroups.Count == 0) return subscriptions.Count > 0 ? subscriptions : exchange.Estate.Subscriptions;
        return managementGroups
            .SelectMany(group => Of(exchange, group) ?? Array.Empty<string>())
            .Concat(subscriptions)
            .Where(exchange.Estate.HasSubscription)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .ToList();
    }
}
