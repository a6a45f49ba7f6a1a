using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PgSecurity.Azure.Credentials;
using Xunit;

namespace PgSecurity.Tests.Guides;

/// <summary>Every line of PowerShell in a guide is run, in the order in which it stands, on files and servers that a reader would have.</summary>
public sealed partial class GuideTests : IDisposable
{
    /// <summary>The JSON of a guide is a file that its commands name.</summary>
    private static readonly Dictionary<string, string[]> FilesOf = new(StringComparer.Ordinal)
    {
        ["bulk-remediation.md"] = ["parameters.json"],
        ["custom-controls.md"] = ["values.json", "policies/owner.json"],
        ["about_PgSecurity_Controls.md"] = ["parameters.json", "exemptions.json"],
    };

    /// <summary>Guides that need a PostgreSQL of Azure, a vault or a second process; what they tell is held by the tests of their cmdlets.</summary>
    private static readonly string[] NotRun = ["client-side-encryption.md", "database.md", "masking.md", "sandbox.md"];

    // What the sample estate says that its auditors may not read.
    private static readonly string[] Expected = ["ServerPartly", "Shared", "ServerNotFound"];

    private readonly ModuleSession _session = new();
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Guides() => new(GuidePage.Names().Except(NotRun).Where(name => GuidePage.Read(name).Of("powershell").Any()));

    public static TheoryData<string> AllGuides() => new(GuidePage.Names());

    public void Dispose()
    {
        _session.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Guides))]
    public void Every_line_of_a_guide_runs(string name)
    {
        GuidePage guide = GuidePage.Read(name);
        WriteFiles(name, guide);
        _session.Go(_folder.FullPath);
        foreach (string block in guide.Of("powershell"))
        {
            IReadOnlyList<PSObject> output = _session.Run(AtHome(block));
            Assert.Empty(_session.Errors
                .Where(error => !Expected.Any(prefix => error.FullyQualifiedErrorId.StartsWith(prefix, StringComparison.Ordinal)))
                .Select(error => $"{name}: {error.FullyQualifiedErrorId}: {error}\n{block}"));
            if (ShowsSomething(block)) Assert.True(output.Count > 0, $"{name}: nothing comes of\n{block}");
        }
    }

    [Theory]
    [MemberData(nameof(AllGuides))]
    public void Links_of_a_guide_lead_somewhere(string name)
    {
        string folder = Path.GetDirectoryName(GuidePage.PathOf(name))!;
        foreach (Match link in Link().Matches(File.ReadAllText(GuidePage.PathOf(name))))
        {
            string target = link.Groups["target"].Value;
            if (target.StartsWith("https://", StringComparison.Ordinal)) continue;
            string path = target.Split('#')[0];
            string file = path.Length == 0 ? Path.Combine(folder, name) : Path.Combine(folder, path);
            Assert.True(File.Exists(file) || Directory.Exists(file), $"{name}: {target}");
            if (target.Contains('#', StringComparison.Ordinal)) Assert.Contains(target.Split('#')[1], AnchorsOf(file));
        }
    }

    [Theory]
    [MemberData(nameof(AllGuides))]
    public void A_guide_names_only_cmdlets_that_there_are(string name)
    {
        string text = File.ReadAllText(GuidePage.PathOf(name));
        Assert.Empty(CmdletName().Matches(text).Select(match => match.Value).Distinct().Except(ModuleManifest.Cmdlets()).Except(Planned(name)));
    }

    /// <summary>What the pipelines of the guide run on a template that must not pass: reports, and the condition that fails the build.</summary>
    [Fact]
    public void The_pipelines_write_their_reports_and_fail()
    {
        GuidePage guide = GuidePage.Read("ci-gate.md");
        WriteFiles("ci-gate.md", guide);
        _session.Go(_folder.FullPath);
        string[] pipelines = guide.Of("yaml").ToArray();
        Assert.Equal(3, pipelines.Length);
        foreach (string pipeline in pipelines)
        {
            string[] lines = pipeline.Split('\n').Select(line => line.Trim().TrimEnd('\'')).ToArray();
            string audit = string.Join('\n', lines.Where(line => line.StartsWith("$findings", StringComparison.Ordinal) && !line.Contains(">>", StringComparison.Ordinal)))
                .Replace("$(Common.TestResultsDirectory)/", "", StringComparison.Ordinal);
            string gate = lines.Single(line => line.StartsWith("if ($unread", StringComparison.Ordinal)).Replace("exit 2", "'build fails'", StringComparison.Ordinal);
            Assert.Equal(["build fails"], _session.RunClean<string>(audit + "\n" + gate));
            string report = Directory.GetFiles(_folder.FullPath, "pgsecurity.*").Single();
            Assert.Contains(Path.GetFileName(report), pipeline, StringComparison.Ordinal);
            File.Delete(report);
        }
    }

    [Fact]
    public void The_table_of_clouds_is_the_codes()
    {
        string[] lines = File.ReadAllLines(Repository.At("docs", "guides", "sovereign-clouds.md"));
        AssertRow(lines, "Resource Manager", cloud => cloud.ResourceManager.Host);
        AssertRow(lines, "sign-in", cloud => cloud.Authority.Host);
        AssertRow(lines, "Microsoft Graph", cloud => cloud.Graph.Host);
        AssertRow(lines, "tokens for PostgreSQL", cloud => new Uri(cloud.DatabaseAudience).Host);
        AssertRow(lines, "vaults", cloud => cloud.VaultSuffix.TrimStart('.'));
        JsonNode roots = JsonNode.Parse(File.ReadAllText(Repository.At("module", "Defaults", "roots.json")))!;
        AssertRow(lines, "servers", cloud => HostsOf(roots)[cloud.Name]);
    }

    private void WriteFiles(string name, GuidePage guide)
    {
        File.Copy(Repository.At("module", "Samples", "contoso.ndjson"), Path.Combine(_folder.FullPath, "estate.ndjson"));
        _folder.Write("main.json", """
            { "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", "resources": [
              { "type": "Microsoft.DBforPostgreSQL/flexibleServers", "apiVersion": "2025-08-01", "name": "psql-new", "location": "westeurope",
                "sku": { "name": "Standard_D4ds_v5", "tier": "GeneralPurpose" }, "properties": { "version": "17", "network": { "publicNetworkAccess": "Enabled" } } } ] }
            """);
        string[] files = FilesOf.GetValueOrDefault(name, []);
        Assert.Equal(files.Length, guide.Of("json").Count());
        foreach ((string file, string text) in files.Zip(guide.Of("json"))) _folder.Write(file, text);
    }

    /// <summary>A reader's clone is the repository here, and their Azure is the sandbox.</summary>
    private static string AtHome(string block) =>
        Regex.Replace(block.Replace("./PgSecurity.psd1", $"'{Repository.Manifest}'", StringComparison.Ordinal), @"^Connect-PgSecurity( -Cloud \w+)?$", "Connect-PgSecurity -Sandbox", RegexOptions.Multiline);

    private static bool ShowsSomething(string block)
    {
        string last = block.Split('\n').Last(line => line.Length > 0);
        return !last.StartsWith('$') && !last.StartsWith("Import-Module", StringComparison.Ordinal) && !last.StartsWith('}') && !block.Contains("-InDoubt", StringComparison.Ordinal) && !block.Contains("exit ", StringComparison.Ordinal);
    }

    private static IEnumerable<string> AnchorsOf(string file) =>
        File.ReadAllLines(file).Where(line => line.StartsWith('#'))
            .Select(line => NotInAnchor().Replace(line.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    private static IEnumerable<string> Planned(string name) =>
        name == "coverage.md" ? File.ReadAllLines(GuidePage.PathOf(name)).Where(line => line.Contains("planned", StringComparison.Ordinal)).SelectMany(line => CmdletName().Matches(line).Select(match => match.Value)) : [];

    private static void AssertRow(string[] lines, string row, Func<AzureCloud, string> value) =>
        Assert.Contains($"| {row} | {string.Join(" | ", AzureCloud.All.Select(value))} |", lines);

    private static Dictionary<string, string> HostsOf(JsonNode roots) => roots.AsObject()
        .Select(member => member.Value).OfType<JsonObject>().Where(holder => holder.ContainsKey("AzureUSGovernment"))
        .Select(holder => holder.ToDictionary(member => member.Key, member => (string)member.Value!)).First();

    [GeneratedRegex(@"\[[^\]]+\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\b[A-Z][a-z]+-Pg[A-Z]\w+\b")]
    private static partial Regex CmdletName();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchor();
}
