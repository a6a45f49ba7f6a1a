using System;
using System.Collections.Generic;

namespace PgSecurity.Core.Expressions;

/// <summary>
/// The functions of templates and policy rules whose answer depends on where they stand, as Microsoft documents them.
/// </summary>
public static class ScopeFunctions
{
    private static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        "parameters", "variables", "copyIndex", "deployment", "deployer", "environment",
        "reference", "references", "resourceId", "subscriptionResourceId", "managementGroupResourceId",
        "resourceGroup", "subscription", "managementGroup", "tenant", "pickZones", "providers", "resourceInfo",
        "getSecret", "externalInput", "lambdaVariables",
        "field", "current", "policy", "requestContext", "addDays", "ipRangeContains",
    };

    /// <summary>Their names.</summary>
    public static IReadOnlyCollection<string> Names => Known;

    /// <summary>Whether a name is one of them, a <c>list…</c> function, or a user's own <c>namespace.name</c>.</summary>
    public static bool IsKnown(string name) =>
        Known.Contains(name)
        || name.StartsWith("list", StringComparison.OrdinalIgnoreCase)
        || name.IndexOf(".", StringComparison.Ordinal) > 0;
}
