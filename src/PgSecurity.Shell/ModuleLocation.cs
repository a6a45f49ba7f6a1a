using System;
using System.IO;

namespace PgSecurity.Shell;

/// <summary>Finds the module that the shell imports: the nearest manifest above the shell's own files.</summary>
internal static class ModuleLocation
{
    private const string Manifest = "PgSecurity.psd1";

    /// <summary>The folder of the manifest.</summary>
    /// <exception cref="FileNotFoundException">There is none above the shell.</exception>
    public static string Root()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Manifest))) return folder.FullName;
        }

        throw new FileNotFoundException(
            $"{Manifest} is in no folder above '{AppContext.BaseDirectory}'. Run the shell from a clone of the repository.");
    }

    /// <summary>The manifest's path.</summary>
    public static string ManifestPath() => Path.Combine(Root(), Manifest);

    /// <summary>The snapshot of the sample estate.</summary>
    public static string SampleEstate() => Path.Combine(Root(), "module", "Samples", "contoso.ndjson");
}
