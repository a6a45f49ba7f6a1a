using System;
using System.IO;
using System.Linq;
using Xunit;

namespace PgSecurity.Tests.Loading;

public class LoadContextTests
{
    private const string DefaultContext =
        "[Runtime.Loader.AssemblyLoadContext]::Default.Assemblies | ForEach-Object { $_.GetName().Name + '|' + $_.Location }\n";

    private static readonly string Import = $"Import-Module '{Repository.Manifest}' -ErrorAction Stop\n";

    /// <summary>A cmdlet that reads JSON, so that the module's assemblies and packages are all in use.</summary>
    private const string Use = "$null = @(Get-PgSecurityControl)\n";

    [Fact]
    public void Importing_and_using_the_module_leaves_only_its_abstractions_in_the_default_context()
    {
        string[] before = LoadContextProbe.Run(DefaultContext);
        string[] after = LoadContextProbe.Run(Import + Use + DefaultContext);

        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        string[] added = after.Except(before)
            .Where(line => !line.Split('|')[1].StartsWith(framework, StringComparison.Ordinal))
            .Select(line => line.Split('|')[0])
            .Where(name => !name.StartsWith("System.Management.Automation", StringComparison.Ordinal))
            .ToArray();
        Assert.Equal(["PgSecurity.Abstractions"], added);
        Assert.DoesNotContain(after, line => IsPackage(line.Split('|')[0]));
    }

    [Theory]
    [InlineData("0.0.0.1")]
    [InlineData("99.0.0.0")]
    public void Decoys_loaded_first_are_not_taken(string version)
    {
        using TemporaryFolder folder = new();
        AssertWorks(LoadContextProbe.Run(LoadDecoys(folder, version) + Import + CountControls + Origins), folder);
    }

    [Theory]
    [InlineData("0.0.0.1")]
    [InlineData("99.0.0.0")]
    public void Decoys_loaded_after_do_no_harm(string version)
    {
        using TemporaryFolder folder = new();
        AssertWorks(LoadContextProbe.Run(Import + LoadDecoys(folder, version) + CountControls + Origins), folder);
    }

    [Fact]
    public void Every_import_exports_every_cmdlet()
    {
        string count = "(Get-Module PgSecurity).ExportedCmdlets.Count\n(Get-Command -Module PgSecurity).Count\n";
        string again = $"Import-Module '{Repository.Manifest}' -Force -ErrorAction Stop\n";
        string[] counts = LoadContextProbe.Run(Import + count + again + count + again + count + "Remove-Module PgSecurity\n" + Import + count);

        Assert.Equal(8, counts.Length);
        Assert.All(counts, value => Assert.Equal(ModuleManifest.Cmdlets().Count, int.Parse(value)));
    }

    [Fact]
    public void Every_import_finds_the_help()
    {
        string synopsis = "(Get-Help Get-PgSecurityControl).Synopsis.Trim()\n";
        string again = $"Import-Module '{Repository.Manifest}' -Force -ErrorAction Stop\n";
        string[] lines = LoadContextProbe.Run(Import + synopsis + again + synopsis);

        Assert.Equal(2, lines.Length);
        Assert.All(lines, line => Assert.DoesNotContain("[", line, StringComparison.Ordinal));
    }

    [Fact]
    public void Removing_the_module_takes_its_commands_away()
    {
        string[] lines = LoadContextProbe.Run(Import + "Remove-Module PgSecurity\n@(Get-Command Get-PgSecurity* -ErrorAction Ignore | Where-Object Source -eq PgSecurity).Count");
        Assert.Equal(["0"], lines);
    }

    private const string CountControls = "@(Get-PgSecurityControl).Count\n";

    private const string Origins =
        "[Runtime.Loader.AssemblyLoadContext]::All | Where-Object Name -eq PgSecurity | ForEach-Object { $_.Assemblies } | ForEach-Object Location\n";

    private static readonly string[] Decoys =
        ["PgSecurity.Core", "System.Text.Json", "Azure.Core", "Azure.Identity", "Npgsql", "Microsoft.Identity.Client"];

    /// <summary>The runtime may refuse one, as it does one of System.Text.Json: another module would see the same.</summary>
    private static string LoadDecoys(TemporaryFolder folder, string version) => string.Concat(Decoys
        .Select(name => DecoyAssembly.Write(folder.FullPath, name, Version.Parse(version)))
        .Select(path => $"try {{ $null = [Reflection.Assembly]::LoadFrom('{path}') }} catch {{ }}\n"));

    private static void AssertWorks(string[] lines, TemporaryFolder folder)
    {
        Assert.True(int.Parse(lines[0]) > 0);
        Assert.Contains(lines, line => line.EndsWith("PgSecurity.Core.dll", StringComparison.Ordinal));
        Assert.All(lines.Skip(1), line => Assert.StartsWith(Repository.At("bin"), line, StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.StartsWith(folder.FullPath, StringComparison.Ordinal));
    }

    private static bool IsPackage(string name) =>
        name.StartsWith("Azure.", StringComparison.Ordinal)
        || name.StartsWith("Npgsql", StringComparison.Ordinal)
        || name.StartsWith("Microsoft.Identity", StringComparison.Ordinal)
        || name == "PgSecurity.Core"
        || name == "PgSecurity";
}
