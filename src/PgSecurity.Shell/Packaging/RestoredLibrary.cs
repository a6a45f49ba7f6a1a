using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace PgSecurity.Shell.Packaging;

/// <summary>A package as <c>project.assets.json</c> has it for one framework.</summary>
/// <param name="Name">The package's id.</param>
/// <param name="Version">The version that was restored.</param>
/// <param name="Path">Where it is below the package cache.</param>
/// <param name="Files">What of it the build copies, below <c>bin</c>.</param>
/// <param name="Dependencies">The ids of the packages that it names.</param>
internal sealed record RestoredLibrary(string Name, string Version, string Path, IReadOnlyList<string> Files, IReadOnlyList<string> Dependencies)
{
    /// <summary>The platforms that PowerShell runs on; what a package has for others, such as a browser, is of no use to it.</summary>
    private static readonly string[] Platforms = ["win", "unix", "linux", "osx"];

    /// <summary>The name by which both restore files know it.</summary>
    public string Key => $"{Name}/{Version}";

    /// <summary>Every package of every framework; also those that are for compilation alone, which have no files.</summary>
    public static IEnumerable<RestoredLibrary> In(JsonElement restored)
    {
        JsonElement libraries = restored.GetProperty("libraries");
        foreach (JsonProperty target in restored.GetProperty("targets").EnumerateObject())
        {
            foreach (JsonProperty library in target.Value.EnumerateObject())
            {
                if (library.Value.GetProperty("type").GetString() != "package") continue;
                string[] parts = library.Name.Split('/');
                string path = libraries.GetProperty(library.Name).GetProperty("path").GetString()!;
                yield return new RestoredLibrary(parts[0], parts[1], path, FilesOf(library.Value, target.Name), NamesIn(library.Value, "dependencies"));
            }
        }
    }

    private static List<string> FilesOf(JsonElement library, string framework)
    {
        List<string> files = NamesIn(library, "runtime")
            .Where(IsAssembly)
            .Select(asset => $"{framework}/{System.IO.Path.GetFileName(asset)}")
            .ToList();

        // .NET Standard knows no platforms: the build copies what is for one of them for the modern framework alone.
        if (framework.StartsWith("netstandard", StringComparison.Ordinal)) return files;
        files.AddRange(NamesIn(library, "runtimeTargets")
            .Where(asset => IsAssembly(asset) && Platforms.Any(platform => asset.StartsWith($"runtimes/{platform}", StringComparison.Ordinal)))
            .Select(asset => $"{framework}/{asset}"));
        return files;
    }

    private static bool IsAssembly(string asset) => asset.EndsWith(".dll", StringComparison.Ordinal);

    private static List<string> NamesIn(JsonElement library, string group) =>
        library.TryGetProperty(group, out JsonElement members) ? members.EnumerateObject().Select(member => member.Name).ToList() : [];
}
