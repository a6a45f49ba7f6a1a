using System;
using System.IO;
using System.Linq;
using System.Management.Automation.Language;

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

    /// <summary>The module's version, as its manifest has it.</summary>
    /// <exception cref="InvalidDataException">The manifest has none.</exception>
    public static string Version()
    {
        HashtableAst? manifest = Parser.ParseFile(ManifestPath(), out _, out _).Find(node => node is HashtableAst, searchNestedScriptBlocks: false) as HashtableAst;
        return manifest?.KeyValuePairs.FirstOrDefault(pair => pair.Item1.ToString() == "ModuleVersion")?.Item2.ToString().Trim('\'', '"')
            ?? throw new InvalidDataException($"'{ManifestPath()}' has no ModuleVersion.");
    }

    /// <summary>The snapshot of the sample estate.</summary>
    public static string SampleEstate() => Path.Combine(Root(), "module", "Samples", "contoso.ndjson");
}
