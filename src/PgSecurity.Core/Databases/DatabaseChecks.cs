using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace PgSecurity.Core.Databases;

/// <summary>The checks there are: every <c>.sql</c> file beside a control that is not a repair. They are inside the assembly too.</summary>
public static class DatabaseChecks
{
    private const string Folder = "Checks/";
    private const string Ending = ".sql";

    /// <summary>All of them, by id.</summary>
    public static IReadOnlyList<DatabaseCheck> All { get; } = Names().Select(Load).ToList();

    private static readonly Dictionary<string, DatabaseCheck> ByType =
        All.ToDictionary(check => check.Type, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a type's resources come from inside a database.</summary>
    public static bool IsDatabaseType(string type) => ByType.ContainsKey(type);

    /// <summary>The check whose rows are of a type, or null.</summary>
    public static DatabaseCheck? OfType(string type) => ByType.TryGetValue(type, out DatabaseCheck? check) ? check : null;

    private static IEnumerable<string> Names() => typeof(DatabaseChecks).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Folder, StringComparison.Ordinal) && !name.EndsWith(".fix" + Ending, StringComparison.Ordinal))
        .OrderBy(name => name, StringComparer.Ordinal);

    private static DatabaseCheck Load(string name)
    {
        using Stream stream = typeof(DatabaseChecks).Assembly.GetManifestResourceStream(name)!;
        using StreamReader reader = new(stream);
        string id = name.Substring(Folder.Length, name.Length - Folder.Length - Ending.Length);
        return DatabaseCheck.Read(id, reader.ReadToEnd());
    }
}
