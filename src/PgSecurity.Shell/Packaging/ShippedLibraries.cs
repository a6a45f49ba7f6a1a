using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace PgSecurity.Shell.Packaging;

/// <summary>The NuGet packages that ship: those of which the last restore of the module's project takes an assembly.</summary>
internal static class ShippedLibraries
{
    /// <summary>The packages by name; every reading of the same lock file gives the same list.</summary>
    /// <exception cref="FileNotFoundException">The repository has not been restored.</exception>
    /// <exception cref="InvalidDataException">A package is not in the lock file, or without a licence.</exception>
    public static IReadOnlyList<ShippedLibrary> Of(string root)
    {
        string project = Path.Combine(root, "src", "PgSecurity");
        string assets = Path.Combine(project, "obj", "project.assets.json");
        if (!File.Exists(assets)) throw new FileNotFoundException($"'{assets}' is not there. Run 'dotnet restore' and try again.", assets);

        using JsonDocument restored = JsonDocument.Parse(File.ReadAllBytes(assets));
        using JsonDocument locked = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(project, "packages.lock.json")));
        string[] folders = restored.RootElement.GetProperty("packageFolders").EnumerateObject().Select(folder => folder.Name).ToArray();
        Dictionary<string, string> hashes = HashesOf(locked.RootElement);
        ILookup<string, RestoredLibrary> libraries = RestoredLibrary.In(restored.RootElement)
            .Where(library => library.Files.Count > 0)
            .ToLookup(library => library.Key, StringComparer.Ordinal);
        HashSet<string> names = libraries.Select(group => group.First().Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return libraries
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new ShippedLibrary(
                group.First().Name,
                group.First().Version,
                LibraryLicense.In(FolderOf(folders, group.First().Path)),
                hashes.GetValueOrDefault(group.Key)
                    ?? throw new InvalidDataException($"{group.Key} is restored and not in packages.lock.json. Run 'dotnet restore' and review what it changes there."),
                Sorted(group.SelectMany(library => library.Files)),
                Sorted(group.SelectMany(library => library.Dependencies).Where(names.Contains))))
            .ToList();
    }

    /// <summary>The hash of each package of a lock file, by <c>name/version</c>.</summary>
    private static Dictionary<string, string> HashesOf(JsonElement locked)
    {
        Dictionary<string, string> hashes = new(StringComparer.Ordinal);
        foreach (JsonProperty library in locked.GetProperty("dependencies").EnumerateObject().SelectMany(target => target.Value.EnumerateObject()))
        {
            if (library.Value.TryGetProperty("contentHash", out JsonElement hash))
            {
                hashes[$"{library.Name}/{library.Value.GetProperty("resolved").GetString()}"] = hash.GetString()!;
            }
        }

        return hashes;
    }

    private static string FolderOf(IEnumerable<string> folders, string path) =>
        folders.Select(folder => Path.Combine(folder, path)).FirstOrDefault(Directory.Exists)
            ?? throw new DirectoryNotFoundException($"The package '{path}' is not in the package cache. Run 'dotnet restore' and try again.");

    private static List<string> Sorted(IEnumerable<string> names) =>
        names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
}
