using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;

namespace PgSecurity.Core.Databases;

/// <summary>
/// One query of catalogs, whose rows are the resources of a type: a <c>.sql</c> file beside a control. It begins with
/// comments that say what it is, as docs/control-format.md has it.
/// </summary>
public sealed class DatabaseCheck
{
    /// <summary>The oldest version that the checks were tried on.</summary>
    public const int OldestVersion = 13;

    /// <summary>The place in a query for what its guard gives.</summary>
    public const string GuardPlace = "{guard}";

    /// <summary>
    /// The place in a query for the columns that look sensitive by <c>module/Masking/sensitive-columns.json</c>: a jsonb array of
    /// <c>{ "relid", "attnum", "category" }</c>.
    /// </summary>
    public const string SensitiveColumnsPlace = "{sensitiveColumns}";

    private static readonly string[] Words = { "type", "scope", "names", "minimum", "guard", "needs", "moves", "parts" };

    private DatabaseCheck(string id, string type, DatabaseScope scope, IReadOnlyList<string> names, int minimum, string? guard, string needs, string query)
    {
        Id = id;
        Type = type;
        Scope = scope;
        Names = names;
        MinimumVersion = minimum;
        Guard = guard;
        Needs = needs;
        Query = query;
    }

    /// <summary>The id of the control beside which it stands.</summary>
    public string Id { get; }

    /// <summary>The type of the resources that its rows become: <c>PgSecurity/…</c>.</summary>
    public string Type { get; }

    /// <summary>What it looks at.</summary>
    public DatabaseScope Scope { get; }

    /// <summary>The columns that together name a row.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The major version of PostgreSQL from which there is what it reads; below it there are no rows.</summary>
    public int MinimumVersion { get; }

    /// <summary>
    /// A query whose first value says whether the check can run (neither null nor false); a text stands for <c>{guard}</c> in
    /// the query. Null where it always can.
    /// </summary>
    public string? Guard { get; }

    /// <summary>The columns that come to be others by themselves, as time passes or sessions come and go.</summary>
    public IReadOnlyList<string> Moving { get; private init; } = Array.Empty<string>();

    /// <summary>What is missing where the guard says no.</summary>
    public string Needs { get; }

    /// <summary>The query, with the parts that it names in front.</summary>
    public string Query { get; }

    /// <summary>Whether the query has a place for the columns that look sensitive.</summary>
    public bool NeedsSensitiveColumns => Query.IndexOf(SensitiveColumnsPlace, StringComparison.Ordinal) >= 0;

    /// <summary>Reads the text of a file.</summary>
    /// <param name="id">The file's name without its ending.</param>
    /// <param name="text">The text.</param>
    /// <param name="parts">The queries that checks share, by name; null for none.</param>
    /// <exception cref="FormatException">It does not say what it is, or names a part that there is not.</exception>
    public static DatabaseCheck Read(string id, string text, IReadOnlyDictionary<string, string>? parts = null)
    {
        Dictionary<string, string> head = new(StringComparer.Ordinal);
        StringBuilder query = new();
        using StringReader reader = new(text);
        while (reader.ReadLine() is string line)
        {
            int colon = line.IndexOf(": ", StringComparison.Ordinal);
            bool isHead = query.Length == 0 && colon > 0 && line.StartsWith("-- ", StringComparison.Ordinal);
            if (isHead && Words.Contains(line.Substring(3, colon - 3))) head[line.Substring(3, colon - 3)] = line.Substring(colon + 2).Trim();
            else query.AppendLine(line);
        }

        string Need(string word) => head.TryGetValue(word, out string? value)
            ? value
            : throw new FormatException($"{id}.sql does not say '-- {word}: …' in its first lines.");
        head.TryGetValue("guard", out string? guard);
        return new DatabaseCheck(
            id,
            Need("type"),
            (DatabaseScope)Enum.Parse(typeof(DatabaseScope), Need("scope"), true),
            Need("names").Split(',').Select(name => name.Trim()).ToList(),
            head.TryGetValue("minimum", out string? minimum) ? int.Parse(minimum, CultureInfo.InvariantCulture) : OldestVersion,
            guard,
            guard is null ? "" : Need("needs"),
            head.TryGetValue("parts", out string? names) ? WithParts(id, query.ToString().Trim(), names, parts) : query.ToString().Trim())
        {
            Moving = head.TryGetValue("moves", out string? moving) ? moving.Split(',').Select(name => name.Trim()).ToList() : Array.Empty<string>(),
        };
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Id} {Type}";

    /// <summary>The query with common table expressions in front, before its own where it has some.</summary>
    private static string WithParts(string id, string query, string names, IReadOnlyDictionary<string, string>? parts)
    {
        const string With = "with ";
        const string Recursive = "recursive ";
        IEnumerable<string> tables = names.Split(',').Select(name => name.Trim()).Select(name => parts is not null && parts.TryGetValue(name, out string? part)
            ? $"{name} as (\n{part.Trim()}\n)"
            : throw new FormatException($"{id}.sql names the part '{name}', and there is no {name}.part.sql."));
        string own = query.StartsWith(With, StringComparison.Ordinal) ? query.Substring(With.Length) : "";
        if (own.StartsWith(Recursive, StringComparison.Ordinal)) own = own.Substring(Recursive.Length);
        return With + Recursive + string.Join(",\n", tables) + (own.Length > 0 ? ",\n" + own : "\n" + query);
    }
}
