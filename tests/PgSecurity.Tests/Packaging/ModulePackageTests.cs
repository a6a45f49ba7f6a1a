using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.Json;
using System.Threading.Tasks;
using NJsonSchema;
using PgSecurity.Core.Tests.Validation;
using PgSecurity.Shell.Packaging;
using Xunit;

namespace PgSecurity.Tests.Packaging;

/// <summary>What is published: nothing too much, nothing missing, the same again.</summary>
public sealed class ModulePackageTests : IDisposable
{
    /// <summary>In bytes: the 7.65 million that it had when this was written, and a tenth more.</summary>
    private const long GreatestSize = 8_300_000;

    /// <summary>What only the host has: for Windows PowerShell everything else must be in the folder.</summary>
    private static readonly string[] OfWindowsPowerShell = ["netstandard", "System.Management.Automation"];

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
    public void FilesAreThoseOfTheList()
    {
        string[] files = Directory.EnumerateFiles(_package.Folder, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(_package.Folder, path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal)
            .ToArray();

        string list = Repository.At("tests", "PgSecurity.Tests", "Packaging", "package-files.txt");
        string[] listed = files.Where(file => !IsOfTheCatalogue(file)).ToArray();
        if (Environment.GetEnvironmentVariable("PGSECURITY_WRITE_DOCS") == "1") File.WriteAllText(list, string.Join("\n", listed) + "\n");

        Assert.Equal(File.ReadAllLines(list), listed);
        Assert.Equal(
            Directory.EnumerateFiles(Repository.At("module"), "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'))
                .Where(file => !file.StartsWith("module/en-US/", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal),
            files.Where(file => file.StartsWith("module/", StringComparison.Ordinal)));
    }

    [Fact]
    public void EveryReferenceOfTheHalfForWindowsPowerShellIsInIt() =>
        Assert.Empty(OpenReferences("netstandard2.0", (name, _) => OfWindowsPowerShell.Contains(name)));

    [Fact]
    public void EveryReferenceOfTheHalfForPowerShell7IsInItOrInDotNet8() =>
        Assert.Empty(OpenReferences("net8.0", (name, version) =>
            name == "System.Management.Automation"
            || (version.Major <= 8 && File.Exists(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, name + ".dll")))));

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

    [ValidatorFact(ValidatorProgram.CycloneDxSchemas)]
    public async Task BillOfMaterialsIsValidByTheSchemaOfCycloneDx()
    {
        JsonSchema schema = await JsonSchema.FromFileAsync(ValidatorProgram.PathOf(ValidatorProgram.CycloneDxSchemas));
        string bill = await File.ReadAllTextAsync(_package.Materials);

        Assert.Empty(schema.Validate(bill));
        Assert.NotEmpty(schema.Validate(bill.Replace("SHA-512", "SHA-513", StringComparison.Ordinal)));
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

    /// <summary>What changes with every control that is added, and is as the repository has it.</summary>
    private static bool IsOfTheCatalogue(string file) =>
        file.StartsWith("module/Controls/", StringComparison.Ordinal) || file.StartsWith("module/Profiles/", StringComparison.Ordinal);

    /// <summary>The references of a framework's assemblies that neither the folder, in that version or a later one, nor the host answers.</summary>
    private List<string> OpenReferences(string framework, Func<string, Version, bool> isOfTheHost)
    {
        Dictionary<string, string> assemblies = AssembliesIn(framework);
        return (
            from assembly in assemblies
            from reference in References(assembly.Value)
            where assemblies.TryGetValue(reference.Name + ".dll", out string? neighbour)
                ? AssemblyName.GetAssemblyName(neighbour).Version < reference.Version
                : !isOfTheHost(reference.Name!, reference.Version!)
            select $"{assembly.Key}: {reference.Name} {reference.Version}").ToList();
    }

    private static IEnumerable<string> ReferencesOf(string assembly) => References(assembly).Select(reference => reference.Name + ".dll");

    private static List<AssemblyName> References(string assembly)
    {
        using PEReader file = new(File.OpenRead(assembly));
        MetadataReader metadata = file.GetMetadataReader();
        return metadata.AssemblyReferences
            .Select(metadata.GetAssemblyReference)
            .Select(reference => new AssemblyName { Name = metadata.GetString(reference.Name), Version = reference.Version })
            .ToList();
    }
}
