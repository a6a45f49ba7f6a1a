using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using Xunit;

namespace PgSecurity.Tests.Packaging;

/// <summary>What is restored is named in the repository, all of it and no more.</summary>
public sealed class LockFileTests
{
    [Fact]
    public void EveryProjectHasALockFile() =>
        Assert.DoesNotContain(ProjectPackages.Projects, project => !File.Exists(LockFileOf(project)));

    [Fact]
    public void LockFilesHoldThePackagesOfTheirProjectsInTheVersionsOfTheRepository()
    {
        List<string> faults = [];
        foreach (string project in ProjectPackages.Projects)
        {
            Dictionary<string, string> direct = Direct(LockFileOf(project));
            faults.AddRange(ProjectPackages.References(project)
                .Where(name => !direct.TryGetValue(name, out string? requested) || requested != $"[{ProjectPackages.Versions[name]}, )")
                .Select(name => $"{Path.GetFileName(project)}: {name}"));
        }

        Assert.Empty(faults);
    }

    [Fact]
    public void EveryVersionIsOfAPackageThatAProjectUses()
    {
        HashSet<string> used = ProjectPackages.Projects.Append(Repository.At("src", "Directory.Build.props"))
            .SelectMany(ProjectPackages.References)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);

        Assert.DoesNotContain(ProjectPackages.Versions.Keys, name => !used.Contains(name));
    }

    private static string LockFileOf(string project) => Path.Combine(Path.GetDirectoryName(project)!, "packages.lock.json");

    /// <summary>What a project asks for itself, with the versions that it asks for.</summary>
    private static Dictionary<string, string> Direct(string lockFile)
    {
        using JsonDocument file = JsonDocument.Parse(File.ReadAllBytes(lockFile));
        Dictionary<string, string> direct = new(StringComparer.OrdinalIgnoreCase);
        foreach (JsonProperty library in file.RootElement.GetProperty("dependencies").EnumerateObject().SelectMany(target => target.Value.EnumerateObject()))
        {
            if (library.Value.GetProperty("type").GetString() == "Direct") direct[library.Name] = library.Value.GetProperty("requested").GetString()!;
        }

        return direct;
    }
}
