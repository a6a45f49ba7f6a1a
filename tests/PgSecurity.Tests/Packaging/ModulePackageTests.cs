using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.Json;
using PgSecurity.Shell.Packaging;
using Xunit;

namespace PgSecurity.Tests.Packaging;

/// <summary>What is published: nothing too much, nothing missing, the same again.</summary>
public sealed class ModulePackageTests : IDisposable
{
    /// <summary>In bytes: the 7.75 million that it had when this was written, and a quarter more.</summary>
    private const long GreatestSize = 9_700_000;

    private readonly TemporaryFolder _output = new();
    private readonly ModulePackage _package;

    public ModulePackageTests() => _package = ModulePackage.Make(Repository.Root, "0.1.0", _output.FullPath);

    public void Dispose() => _output.Dispose();

    [Theory]
    [InlineData("net8.0")]
    [InlineData("netstandard2.0")]
    public void AssembliesAreThoseThatTheBuildCopies(string framework)
    {
        IEnumerable<string> built = Directory.EnumerateFiles(Repository.At("bin", framework), "*.dll").Select(path => Path.GetFileName(path));

        Assert.Equal(built.Order(StringComparer.Ordinal), AssembliesIn(framework).Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("net8.0")]
    [InlineData("netstandard2.0")]
    public void EveryAssemblyOfOursIsReachedFromTheCmdlets(string framework)
    {
        Dictionary<string, string> assemblies = AssembliesIn(framework);
        HashSet<string> reached = ["PgSecurity.dll"];
        Queue<string> open = new(reached);
        while (open.TryDequeue(out string? name))
        {
            foreach (string next in ReferencesOf(assemblies[name]).Where(next => assemblies.ContainsKey(next) && reached.Add(next))) open.Enqueue(next);
        }

        Assert.Equal(assemblies.Keys.Where(name => name.StartsWith("PgSecurity", StringComparison.Ordinal)).Order(), reached.Where(name => name.StartsWith("PgSecurity", StringComparison.Ordinal)).Order());
    }

    [Fact]
    public void NothingButTheModuleIsInIt()
    {
        string[] files = Entries();

        Assert.Equal(files.Distinct(StringComparer.OrdinalIgnoreCase), files);
        Assert.All(files, file => Assert.StartsWith("PgSecurity/0.1.0/", file, StringComparison.Ordinal));
        Assert.DoesNotContain(files, file => Path.GetExtension(file) is ".pdb" or ".json" && file.Contains("/bin/", StringComparison.Ordinal));
        Assert.DoesNotContain(files, file => file.Contains("/ref/", StringComparison.Ordinal) || file.Contains("/obj/", StringComparison.Ordinal));
        Assert.Equal(
            ["CHANGELOG.md", "LICENSE", "PgSecurity.psd1", "README.md", "THIRD-PARTY-NOTICES.md"],
            Directory.EnumerateFiles(_package.Folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        Assert.Equal(["bin", "module"], Directory.EnumerateDirectories(_package.Folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        Assert.All(
            files.Where(file => file.EndsWith(".xml", StringComparison.Ordinal) && file.Contains("/bin/", StringComparison.Ordinal)),
            file => Assert.EndsWith("/en-US/PgSecurity.dll-Help.xml", file, StringComparison.Ordinal));
    }

    [Fact]
    public void ItIsSmall() => Assert.InRange(new FileInfo(_package.Archive).Length, 1, GreatestSize);

    [Fact]
    public void MadeAgainItIsTheSame()
    {
        byte[] archive = File.ReadAllBytes(_package.Archive);
        byte[] materials = File.ReadAllBytes(_package.Materials);

        ModulePackage again = ModulePackage.Make(Repository.Root, "0.1.0", _output.FullPath);

        Assert.Equal(archive, File.ReadAllBytes(again.Archive));
        Assert.Equal(materials, File.ReadAllBytes(again.Materials));
    }

    [Fact]
    public void BillOfMaterialsNamesThePackageOfEveryAssembly()
    {
        using JsonDocument bill = JsonDocument.Parse(File.ReadAllBytes(_package.Materials));
        JsonElement[] components = bill.RootElement.GetProperty("components").EnumerateArray().ToArray();
        HashSet<string> names = components.Select(component => component.GetProperty("name").GetString()!).ToHashSet(StringComparer.Ordinal);
        IEnumerable<string> assemblies = AssembliesIn("net8.0").Keys.Concat(AssembliesIn("netstandard2.0").Keys)
            .Select(file => Path.GetFileNameWithoutExtension(file))
            .Where(name => !name.StartsWith("PgSecurity", StringComparison.Ordinal));

        Assert.Equal("1.6", bill.RootElement.GetProperty("specVersion").GetString());
        Assert.Equal(assemblies.Distinct().Order(StringComparer.Ordinal), names.Order(StringComparer.Ordinal));
        Assert.All(components, component =>
        {
            Assert.Equal($"pkg:nuget/{component.GetProperty("name")}@{component.GetProperty("version")}", component.GetProperty("purl").GetString());
            Assert.Matches("^[0-9a-f]{128}$", component.GetProperty("hashes")[0].GetProperty("content").GetString());
            Assert.NotEmpty(component.GetProperty("licenses").EnumerateArray());
        });
        HashSet<string> references = components.Append(bill.RootElement.GetProperty("metadata").GetProperty("component"))
            .Select(component => component.GetProperty("bom-ref").GetString()!).ToHashSet(StringComparer.Ordinal);
        Assert.All(bill.RootElement.GetProperty("dependencies").EnumerateArray(), dependency =>
        {
            Assert.Contains(dependency.GetProperty("ref").GetString()!, references);
            Assert.All(dependency.GetProperty("dependsOn").EnumerateArray(), on => Assert.Contains(on.GetString()!, references));
        });
    }

    [Fact]
    public void ThirdPartyNoticesAreFresh() =>
        Assert.Equal(
            ThirdPartyNotices.Render(ShippedLibraries.Of(Repository.Root)),
            File.ReadAllText(Repository.At(ThirdPartyNotices.FileName)).ReplaceLineEndings("\n"));

    [Fact]
    public void WhatShipsIsUnderALicenceThatAsksForNoMoreThanItsNotice() =>
        Assert.All(ShippedLibraries.Of(Repository.Root), library => Assert.Contains(library.License.Expression, new[] { "MIT", "PostgreSQL" }));

    private string[] Entries()
    {
        using ZipArchive archive = ZipFile.OpenRead(_package.Archive);
        return archive.Entries.Select(entry => entry.FullName).ToArray();
    }

    /// <summary>The assemblies of a framework, by file name.</summary>
    private Dictionary<string, string> AssembliesIn(string framework) =>
        Directory.EnumerateFiles(Path.Combine(_package.Folder, "bin", framework), "*.dll").ToDictionary(path => Path.GetFileName(path), StringComparer.Ordinal);

    private static IEnumerable<string> ReferencesOf(string assembly)
    {
        using PEReader file = new(File.OpenRead(assembly));
        MetadataReader metadata = file.GetMetadataReader();
        return metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name) + ".dll").ToList();
    }
}
