using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;

namespace PgSecurity.Shell.Packaging;

/// <summary>What is published: the module's folder, the zip of it, and beside them the bill of materials.</summary>
/// <param name="Folder">The folder that a session can import from.</param>
/// <param name="Archive">The zip that Azure Automation imports.</param>
/// <param name="Materials">The bill of materials.</param>
internal sealed record ModulePackage(string Folder, string Archive, string Materials)
{
    /// <summary>A zip keeps no earlier time. All files have it: the same files give the same bytes.</summary>
    private static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Makes the package of a repository that has been built.</summary>
    /// <param name="root">The repository.</param>
    /// <param name="version">The module's version.</param>
    /// <param name="output">Where it is put; what was there of this version is replaced.</param>
    /// <exception cref="FileNotFoundException">A file of the package is not there.</exception>
    public static ModulePackage Make(string root, string version, string output)
    {
        IReadOnlyList<ShippedLibrary> libraries = ShippedLibraries.Of(root);
        IReadOnlyList<string> files = PackageFiles.Of(root, libraries);
        if (files.FirstOrDefault(file => !File.Exists(Path.Combine(root, file))) is { } missing)
        {
            throw new FileNotFoundException($"The package needs '{missing}', which is not in '{root}'. Run 'dotnet build' and try again.", missing);
        }

        ModulePackage package = new(
            Path.Combine(output, "PgSecurity", version),
            Path.Combine(output, $"PgSecurity.{version}.zip"),
            Path.Combine(output, $"PgSecurity.{version}.cdx.json"));
        package.Stage(root, files);
        package.Compress(files, version);
        File.WriteAllText(package.Materials, BillOfMaterials.Render(version, libraries));
        return package;
    }

    private void Stage(string root, IEnumerable<string> files)
    {
        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
        foreach (string file in files)
        {
            string target = Path.Combine(Folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(Path.Combine(root, file), target);
        }
    }

    private void Compress(IEnumerable<string> files, string version)
    {
        File.Delete(Archive);
        using ZipArchive archive = ZipFile.Open(Archive, ZipArchiveMode.Create);
        foreach (string file in files)
        {
            ZipArchiveEntry entry = archive.CreateEntry($"PgSecurity/{version}/{file}", CompressionLevel.SmallestSize);
            entry.LastWriteTime = NoTime;
            using Stream to = entry.Open();
            using FileStream from = File.OpenRead(Path.Combine(Folder, file));
            from.CopyTo(to);
        }
    }
}
