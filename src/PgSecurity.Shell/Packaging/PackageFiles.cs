using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace PgSecurity.Shell.Packaging;

/// <summary>The files of the module's package, and no others: what is named here is copied.</summary>
internal static class PackageFiles
{
    private static readonly string[] Frameworks = ["net8.0", "netstandard2.0"];

    /// <summary>Where the repository has the help. PowerShell looks for it beside the assembly, so each half has it, and here it stays behind.</summary>
    private const string Help = "module/en-US";

    private static readonly string[] AtRoot = ["CHANGELOG.md", "LICENSE", "PgSecurity.psd1", "README.md", ThirdPartyNotices.FileName];

    private static readonly string[] Assemblies =
        ["PgSecurity", "PgSecurity.Abstractions", "PgSecurity.Azure", "PgSecurity.Core", "PgSecurity.Database", "PgSecurity.Sandbox"];

    /// <summary>Paths below the repository's root, and below the package's, sorted, with forward slashes.</summary>
    public static IReadOnlyList<string> Of(string root, IReadOnlyList<ShippedLibrary> libraries) =>
        AtRoot
            .Concat(Below(root, "module").Where(file => !file.StartsWith(Help, StringComparison.Ordinal)))
            .Concat(Frameworks.SelectMany(framework => Assemblies.Select(assembly => $"bin/{framework}/{assembly}.dll")))
            .Concat(Frameworks.SelectMany(framework => Below(root, Help).Select(help => $"bin/{framework}/en-US/{Path.GetFileName(help)}")))
            .Concat(libraries.SelectMany(library => library.Files.Select(file => "bin/" + file)))
            .Order(StringComparer.Ordinal)
            .ToList();

    private static IEnumerable<string> Below(string root, string folder) =>
        Directory.EnumerateFiles(Path.Combine(root, folder), "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(root, path).Replace('\\', '/'));
}
