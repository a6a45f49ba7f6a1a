using System;
using System.IO;

namespace PgSecurity.Sandbox.Tests;

/// <summary>Real material outside the repository, for tests that have more to say where it is.</summary>
internal static class SharedData
{
    /// <summary>The folder <c>shared/data</c> above the tests, or null.</summary>
    internal static string? Folder { get; } = Find();

    private static string? Find()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string candidate = Path.Combine(at.FullName, "shared", "data");
            if (Directory.Exists(candidate)) return candidate;
        }

        return null;
    }
}
