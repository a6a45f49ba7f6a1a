using System;
using System.Collections.Generic;
using System.Linq;
using PgSecurity.Azure.Collectors;
using PgSecurity.Core.Postures;

namespace PgSecurity.Azure.Inventory;

/// <summary>The actions that an audit needs in Azure; what Microsoft Graph must allow besides is said by its own name.</summary>
public static class ReadRights
{
    /// <summary>How an action begins that is a permission of Microsoft Graph, not an action of Azure.</summary>
    public const string GraphPrefix = "Microsoft Graph: ";

    /// <summary>
    /// What is asked for beside an audit, with what it is for. Azure names the first <c>Microsoft.Insights/EventTypes/Values/Read</c>;
    /// actions are compared without case.
    /// </summary>
    public static IReadOnlyDictionary<string, string> BesideAudits { get; } = new SortedDictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["Microsoft.Insights/eventtypes/values/read"] = "who changed what, of Compare-PgSecuritySnapshot",
        ["Microsoft.Authorization/policyExemptions/read"] = "New-PgSecurityExemption -AzurePolicy",
        ["Microsoft.Authorization/policySetDefinitions/read"] = "New-PgSecurityExemption -AzurePolicy",
    };

    // To find servers: the subscriptions there are, and the identity's own rights, without which an empty list proves nothing.
    private static readonly string[] ToFindServers =
    {
        "Microsoft.Resources/subscriptions/read",
        "Microsoft.Authorization/permissions/read",
        FacetTypes.SingleServer + "/read",
    };

    /// <summary>All that an audit of every control, and what reads beside it, needs, in order, without what Microsoft Graph must allow.</summary>
    public static IReadOnlyList<string> Actions { get; } = FacetCollectors.Types
        .SelectMany(OfFacet)
        .Where(action => !IsOfGraph(action))
        .Concat(OfFacet(FacetTypes.Server))
        .Concat(ToFindServers)
        .Concat(BesideAudits.Keys)
        .Distinct(StringComparer.OrdinalIgnoreCase)
        .OrderBy(action => action, StringComparer.OrdinalIgnoreCase)
        .ToList();

    /// <summary>What collecting one kind of resource needs.</summary>
    public static IReadOnlyList<string> OfFacet(string type) =>
        string.Equals(type, FacetTypes.Server, StringComparison.OrdinalIgnoreCase)
            ? new[] { FacetTypes.Server + "/read" }
            : FacetCollectors.Of(type)?.Actions ?? Array.Empty<string>();

    /// <summary>Whether an action is a permission of Microsoft Graph.</summary>
    public static bool IsOfGraph(string action) => action.StartsWith(GraphPrefix, StringComparison.Ordinal);
}
