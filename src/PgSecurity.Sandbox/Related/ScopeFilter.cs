using System;
using System.Collections.Generic;
using System.Linq;
using PgSecurity.Sandbox.Estate;

namespace PgSecurity.Sandbox.Related;

/// <summary>
/// Which resources of the authorization provider a listing at a scope has: those at the scope and above it, and, without
/// <c>$filter=atScope()</c>, those below it too.
/// </summary>
internal static class ScopeFilter
{
    internal static IEnumerable<EstateResource> At(Exchange exchange, string type)
    {
        string asked = exchange.Path.Scope;
        string filter = exchange.Query.TryGetValue("$filter", out string? text) ? text : string.Empty;
        bool onlyAtScope = filter.IndexOf("atScope()", StringComparison.OrdinalIgnoreCase) >= 0;
        string? principal = Quoted(filter, "principalId eq") ?? Quoted(filter, "assignedTo(");
        return exchange.Estate.OfType(type).Where(resource =>
        {
            string scope = ScopeOf(resource);
            bool concerns = IsManagementGroup(scope) || ArmPath.IsAtOrBelow(asked, scope) || (!onlyAtScope && ArmPath.IsAtOrBelow(scope, asked));
            return concerns && (principal is null || ArmPath.Same(resource.Body.Text("properties", "principalId"), principal));
        });
    }

    /// <summary>Every subscription here is below every management group of the snapshot.</summary>
    private static bool IsManagementGroup(string scope) =>
        scope.StartsWith("/providers/Microsoft.Management/managementGroups/", StringComparison.OrdinalIgnoreCase);

    private static string ScopeOf(EstateResource resource) =>
        resource.Body.Text("properties", "scope") is { Length: > 0 } scope ? (scope == "/" ? string.Empty : scope) : ArmPath.Parse(resource.Id).Scope;

    private static string? Quoted(string filter, string after)
    {
        int at = filter.IndexOf(after, StringComparison.OrdinalIgnoreCase);
        if (at < 0) return null;
        int open = filter.IndexOf('\'', at);
        int close = open < 0 ? -1 : filter.IndexOf('\'', open + 1);
        return close < 0 ? null : filter.Substring(open + 1, close - open - 1);
    }
}
