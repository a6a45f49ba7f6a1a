using System;
using System.IO;

namespace PgSecurity.Tests;

/// <summary>Where things are in the repository that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string Manifest { get; } = Path.Combine(Root, "PgSecurity.psd1");

    /// <summary>A path below the root.</summary>
    public static string At(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "PgSecurity.psd1"))) return folder.FullName;
        }

        throw new DirectoryNotFoundException("The tests run from a folder that is not below a clone of the repository.");
    }
}
