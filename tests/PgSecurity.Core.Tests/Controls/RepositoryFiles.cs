using System;
using System.IO;

namespace PgSecurity.Core.Tests.Controls;

/// <summary>Where the repository's files are, seen from a test.</summary>
public static class RepositoryFiles
{
    public static string Root { get; } = Above(AppContext.BaseDirectory, "PgSecurity.sln")
        ?? throw new DirectoryNotFoundException("No PgSecurity.sln above the test's directory.");

    /// <summary>The shared reference data, where it is there; tests that need it return early without it.</summary>
    public static string? SharedData { get; } =
        Above(Root, Path.Combine("shared", "data")) is string parent ? Path.Combine(parent, "shared", "data") : null;

    /// <summary>Set to 1, tests that hold generated files fresh write them instead.</summary>
    public static bool WriteGenerated => Environment.GetEnvironmentVariable("PGSECURITY_WRITE_DOCS") == "1";

    public static string Controls => In("module", "Controls");

    public static string Profiles => In("module", "Profiles");

    public static string Cases => In("tests", "PgSecurity.Core.Tests", "Controls", "Cases");

    public static string In(params string[] parts) => Path.Combine(Root, Path.Combine(parts));

    private static string? Above(string start, string mark)
    {
        for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, mark);
            if (File.Exists(path) || Directory.Exists(path)) return folder.FullName;
        }

        return null;
    }
}
