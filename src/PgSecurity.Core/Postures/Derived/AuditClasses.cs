using System;
using System.Collections.Generic;
using System.Linq;

namespace PgSecurity.Core.Postures.Derived;

/// <summary>
/// The statement classes of <c>pgaudit.log</c>, read as pgaudit reads them: from left to right, <c>all</c> adds every
/// class, a name adds one, a name after a minus takes one away, <c>none</c> adds nothing.
/// </summary>
internal sealed class AuditClasses
{
    private static readonly string[] Every = { "read", "write", "function", "role", "ddl", "misc", "misc_set" };

    private AuditClasses(IReadOnlyList<string> included, IReadOnlyList<string> excluded)
    {
        Included = included;
        Excluded = excluded;
    }

    /// <summary>The classes that are recorded, in pgaudit's order.</summary>
    public IReadOnlyList<string> Included { get; }

    /// <summary>The classes that a minus took away.</summary>
    public IReadOnlyList<string> Excluded { get; }

    /// <summary>Reads the setting; a word that pgaudit does not know adds nothing.</summary>
    public static AuditClasses Parse(string setting)
    {
        HashSet<string> included = new(StringComparer.OrdinalIgnoreCase);
        HashSet<string> excluded = new(StringComparer.OrdinalIgnoreCase);
        foreach (string member in ParameterLists.Members(setting))
        {
            bool takesAway = member[0] == '-';
            foreach (string one in ClassesOf(takesAway ? member.Substring(1).Trim() : member))
            {
                (takesAway ? included : excluded).Remove(one);
                (takesAway ? excluded : included).Add(one);
            }
        }

        return new AuditClasses(Ordered(included), Ordered(excluded));
    }

    private static IEnumerable<string> ClassesOf(string name)
    {
        if (name.Equals("all", StringComparison.OrdinalIgnoreCase)) return Every;
        // misc_set (SET statements) is a part of misc as well as a class of its own.
        if (name.Equals("misc", StringComparison.OrdinalIgnoreCase)) return new[] { "misc", "misc_set" };
        return Every.Where(known => known.Equals(name, StringComparison.OrdinalIgnoreCase));
    }

    private static string[] Ordered(HashSet<string> classes) => Every.Where(classes.Contains).ToArray();
}
