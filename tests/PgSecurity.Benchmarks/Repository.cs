using System;
using System.IO;

namespace PgSecurity.Benchmarks;

/// <summary>Where things are in the clone that the benchmarks were built in.</summary>
internal static class Repository
{
    /// <summary>The folder of the manifest.</summary>
    public static string Root { get; } = Find();

    /// <summary>The module's manifest.</summary>
    public static string Manifest => Path.Combine(Root, "PgSecurity.psd1");

    /// <summary>The module's controls.</summary>
    public static string Controls => Path.Combine(Root, "module", "Controls");

    /// <summary>The sample estate.</summary>
    public static string SampleEstate => Path.Combine(Root, "module", "Samples", "contoso.ndjson");

    private static string Find()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "PgSecurity.psd1")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new FileNotFoundException("The benchmarks run from a clone of the repository.");
    }
}
