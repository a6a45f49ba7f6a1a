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

    /// <summary>
    /// Its assemblies. Those under <c>runtimes</c>, for one platform or another, stay out: the module's load context looks in its
    /// own folder alone, and PowerShell 7 brings what they are (System.Security.Cryptography.ProtectedData for Windows) itself.
    /// </summary>
    private static List<string> FilesOf(JsonElement library, string framework) =>
        NamesIn(library, "runtime")
            .Where(IsAssembly)
            .Select(asset => $"{framework}/{System.IO.Path.GetFileName(asset)}")
            .ToList();

    private static bool IsAssembly(string asset) => asset.EndsWith(".dll", StringComparison.Ordinal);

    private static List<string> NamesIn(JsonElement library, string group) =>
        library.TryGetProperty(group, out JsonElement members) ? members.EnumerateObject().Select(member => member.Name).ToList() : [];
}
