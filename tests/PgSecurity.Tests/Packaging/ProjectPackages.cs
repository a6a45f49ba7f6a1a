using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml.Linq;

namespace PgSecurity.Tests.Packaging;

/// <summary>What the project files of the repository say of packages.</summary>
internal static class ProjectPackages
{
    /// <summary>Every project file of the repository.</summary>
    public static IReadOnlyList<string> Projects { get; } = new[] { "src", "tests" }
        .SelectMany(folder => Directory.EnumerateDirectories(Repository.At(folder)))
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*.csproj"))
        .ToList();

    /// <summary>The packages of which Directory.Packages.props has the version, with it.</summary>
    public static IReadOnlyDictionary<string, string> Versions { get; } =
        Elements(Repository.At("Directory.Packages.props"), "PackageVersion")
            .ToDictionary(element => Include(element), element => (string)element.Attribute("Version")!, StringComparer.OrdinalIgnoreCase);

    /// <summary>The packages that a project file, or a file that it imports, refers to.</summary>
    public static IReadOnlyList<string> References(string file) => Elements(file, "PackageReference").Select(Include).ToList();

    private static string Include(XElement element) => (string)element.Attribute("Include")!;

    private static IEnumerable<XElement> Elements(string file, string name) =>
        XDocument.Load(file).Descendants().Where(element => element.Name.LocalName == name);
}
