using System;
using System.Collections.Generic;
using System.Linq;
using PgSecurity.Core.Expressions;

namespace PgSecurity.Core.Policy;

/// <summary>Which functions of the template language a policy rule may use, as Azure Policy documents it.</summary>
internal static class RuleFunctions
{
    private static readonly Dictionary<string, int> OnlyInRules = new(StringComparer.OrdinalIgnoreCase)
    {
        ["parameters"] = 1,
        ["field"] = 1,
        ["current"] = -1,
        ["resourceGroup"] = 0,
        ["subscription"] = 0,
        ["policy"] = 0,
        ["requestContext"] = 0,
        ["addDays"] = 2,
        ["ipRangeContains"] = 2,
    };

    private static readonly HashSet<string> NotInRules = new(StringComparer.OrdinalIgnoreCase)
    {
        "dateTimeAdd", "dateTimeFromEpoch", "dateTimeToEpoch", "extensionResourceId", "newGuid", "tenantResourceId",
        "map", "filter", "reduce", "sort", "toObject", "mapValues", "groupBy", "fail",
    };

    /// <summary>Why a call is not allowed in a rule; null where it is.</summary>
    public static string? WhyNot(FunctionCallNode call)
    {
        if (!call.IsScopeFunction)
        {
            return NotInRules.Contains(call.Name) ? NotAllowed(call.Name) : null;
        }

        if (!OnlyInRules.TryGetValue(call.Name, out int arguments)) return NotAllowed(call.Name);
        bool fits = arguments < 0 ? call.Children.Count <= 1 : call.Children.Count == arguments;
        return fits
            ? null
            : $"the function '{call.Name}' has {call.Children.Count} argument(s); it takes "
                + (arguments < 0 ? "0 or 1" : $"{arguments}");
    }

    private static string NotAllowed(string name) =>
        $"the function '{name}' is not allowed in a policy rule; valid are "
        + string.Join(", ", OnlyInRules.Keys.Concat(StandardFunctions.Names.Where(valid => !NotInRules.Contains(valid)))
            .OrderBy(valid => valid, StringComparer.OrdinalIgnoreCase));
}
