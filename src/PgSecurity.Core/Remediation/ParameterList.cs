using System;
using System.Collections.Generic;
using System.Linq;

namespace PgSecurity.Core.Remediation;

/// <summary>
/// A server parameter that is a list of members with commas between them. Lists grow and are not replaced, and a
/// stricter value is never weakened.
/// </summary>
public static class ParameterList
{
    private static readonly string[] Nothing = { "none", "off" };

    /// <summary>The members of a list, trimmed.</summary>
    public static IReadOnlyList<string> Members(string value) =>
        value.Split(',').Select(member => member.Trim()).Where(member => member.Length > 0).ToList();

    /// <summary>
    /// The list with the members in it. A word for nothing at all (<c>none</c>, <c>off</c>) and a member taken away with
    /// a minus give way; where the list has <c>all</c> and may have it, nothing needs to be added.
    /// </summary>
    public static string With(string value, IEnumerable<string> members, string allowedValues)
    {
        List<string> list = Members(value).ToList();
        bool allMeansAll = Members(allowedValues).Contains("all", StringComparer.OrdinalIgnoreCase);
        foreach (string member in members)
        {
            list.RemoveAll(present => Same(present, "-" + member));
            bool isThere = list.Any(present => Same(present, member) || (allMeansAll && Same(present, "all")));
            if (!isThere) list.Add(member);
        }

        if (list.Any(member => !Nothing.Contains(member, StringComparer.OrdinalIgnoreCase)))
        {
            list.RemoveAll(member => Nothing.Contains(member, StringComparer.OrdinalIgnoreCase));
        }

        return string.Join(",", list);
    }

    /// <summary>The list without the members; <c>none</c> where nothing is left and the parameter has that word.</summary>
    public static string Without(string value, IEnumerable<string> members, string allowedValues)
    {
        HashSet<string> unwanted = new(members, StringComparer.OrdinalIgnoreCase);
        string rest = string.Join(",", Members(value).Where(member => !unwanted.Contains(member)));
        bool hasNone = Members(allowedValues).Contains("none", StringComparer.OrdinalIgnoreCase);
        return rest.Length == 0 && hasNone ? "none" : rest;
    }

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
