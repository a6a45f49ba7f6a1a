using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace PgSecurity.Core.Databases;

/// <summary>The checks there are: every <c>.sql</c> file beside a control that is neither a repair nor a part. They are inside the assembly too.</summary>
public static class DatabaseChecks
{
    private const string Folder = "Checks/";
    private const string Ending = ".sql";
    private const string Repair = ".fix" + Ending;
    private const string Part = ".part" + Ending;

    /// <summary>All of them, by id.</summary>
    public static IReadOnlyList<DatabaseCheck> All { get; } = Load();

    private static readonly Dictionary<string, DatabaseCheck> ByType =
        All.ToDictionary(check => check.Type, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a type's resources come from inside a database.</summary>
    public static bool IsDatabaseType(string type) => ByType.ContainsKey(type);

    /// <summary>The check whose rows are of a type, or null.</summary>
    public static DatabaseCheck? OfType(string type) => ByType.TryGetValue(type, out DatabaseCheck? check) ? check : null;

    private static IReadOnlyList<DatabaseCheck> Load()
    {
        IReadOnlyList<string> files = typeof(DatabaseChecks).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal) && !name.EndsWith(Repair, StringComparison.Ordinal))
            .OrderBy(name => name, StringComparer.Ordinal)
            .ToList();
        Dictionary<string, string> parts = files.Where(IsPart).ToDictionary(name => NameOf(name, Part), TextOf, StringComparer.Ordinal);
        return files.Where(name => !IsPart(name)).Select(name => DatabaseCheck.Read(NameOf(name, Ending), TextOf(name), parts)).ToList();
    }

    private static bool IsPart(string name) => name.EndsWith(Part, StringComparison.Ordinal);

    private static string NameOf(string name, string ending) => name.Substring(Folder.Length, name.Length - Folder.Length - ending.Length);

    private static string TextOf(string name)
    {
        using Stream stream = typeof(DatabaseChecks).Assembly.GetManifestResourceStream(name)!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
