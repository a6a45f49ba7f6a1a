using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using PgSecurity.Database.Tests.Masking;
using PgSecurity.Shell.Documentation;
using PgSecurity.Tests.Guides;
using PgSecurity.Tests.Masking;
using PgSecurity.Database.Tests.Lab;
using Xunit;

namespace PgSecurity.Tests.Help;

[Collection(DumpLabCollection.Name)]
public sealed class HelpTests(ModuleSession session, DumpLab lab) : IClassFixture<ModuleSession>, IDisposable
{
    private readonly ModuleSession _session = session;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static IEnumerable<object[]> Cmdlets() => ModuleManifest.Cmdlets().Select(name => new object[] { name });

    public static IEnumerable<object[]> Examples() =>
        from cmdlet in ModuleManifest.Cmdlets()
        from example in PageOf(cmdlet).Examples
        select new object[] { cmdlet, example.Title };

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void A_cmdlet_has_a_file_a_page_a_test_and_a_Pester_test(string cmdlet)
    {
        string type = cmdlet.Replace("-", "", StringComparison.Ordinal);
        Assert.True(File.Exists(Repository.At("src", "PgSecurity", "Commands", type + "Command.cs")));
        Assert.True(File.Exists(Repository.At("docs", "en-US", cmdlet + ".md")));
        Assert.True(File.Exists(Repository.At("tests", "PgSecurity.Tests", "Commands", type + "Tests.cs")));
        Assert.True(File.Exists(Repository.At("tests", "Pester", cmdlet + ".Tests.ps1")));
    }

    [Fact]
    public void Every_file_page_and_test_has_a_cmdlet()
    {
        IReadOnlyList<string> cmdlets = ModuleManifest.Cmdlets();
        string[] types = cmdlets.Select(name => name.Replace("-", "", StringComparison.Ordinal)).ToArray();
        Assert.Equal(types.Select(type => type + "Command.cs").Order(StringComparer.Ordinal), Names(Repository.At("src", "PgSecurity", "Commands"), "*Command.cs"));
        Assert.Equal(types.Select(type => type + "Tests.cs").Order(StringComparer.Ordinal), Names(Repository.At("tests", "PgSecurity.Tests", "Commands"), "*Tests.cs"));
        Assert.Equal(cmdlets.Select(name => name + ".md").Order(StringComparer.Ordinal), Names(Repository.At("docs", "en-US"), "*-*.md"));
        Assert.Equal(cmdlets.Select(name => name + ".Tests.ps1").Order(StringComparer.Ordinal), Names(Repository.At("tests", "Pester"), "*-*.Tests.ps1"));
    }

    [Fact]
    public void The_module_exports_what_the_manifest_names() =>
        Assert.Equal(
            ModuleManifest.Cmdlets().Order(StringComparer.Ordinal),
            Commands().Select(command => command.Name).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void A_page_describes_every_parameter_and_no_other(string cmdlet)
    {
        string[] parameters = Commands().Single(command => command.Name == cmdlet).Parameters.Keys
            .Where(name => !Cmdlet.CommonParameters.Contains(name)).Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(parameters, PageOf(cmdlet).Parameters.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_is_made_of_the_pages_is_not_stale()
    {
        HelpLibrary library = new(Repository.Root, Commands());
        string[] stale = library.Files()
            .Where(file => !File.Exists(file.Key) || File.ReadAllText(file.Key).ReplaceLineEndings("\n") != file.Value)
            .Select(file => Path.GetRelativePath(Repository.Root, file.Key)).ToArray();
        Assert.True(stale.Length == 0, $"Stale: {string.Join(", ", stale)}. Run: dotnet run --project src/PgSecurity.Shell -- docs");
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Get_Help_shows_the_page(string cmdlet)
    {
        PSObject help = _session.Run($"Get-Help {cmdlet} -Full").Single();
        HelpPage page = PageOf(cmdlet);
        Assert.Equal(page.Synopsis, Text(help, "Synopsis"));
        Assert.Equal(page.Description, TextsOf(((PSObject[])help.Properties["description"].Value)));
        Assert.Equal(
            page.Examples.Select(example => example.Code),
            ManyOf(((PSObject)help.Properties["examples"].Value).Properties["example"].Value).Select(example => Text(example, "code")));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void A_page_leaves_nothing_out(string cmdlet)
    {
        HelpPage page = PageOf(cmdlet);
        Assert.True(page.Examples.Count >= 3, $"{cmdlet} has {page.Examples.Count} examples; a page has three at least.");
        Assert.Equal(page.Examples.Count, page.Examples.Select(example => example.Code).Distinct(StringComparer.Ordinal).Count());
        Assert.All(page.Inputs, type => Assert.NotEmpty(type.Description));
        Assert.All(page.Outputs, type => Assert.NotEmpty(type.Description));
        Assert.NotEmpty(page.Inputs);
        Assert.NotEmpty(page.Outputs);
        Assert.NotEmpty(page.Notes);
        Assert.NotEmpty(page.Links);
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Links_of_a_page_lead_somewhere(string cmdlet) =>
        Assert.All(
            PageOf(cmdlet).Links.Where(link => !link.Address.StartsWith("https://", StringComparison.Ordinal)),
            link => Assert.True(File.Exists(Repository.At("docs", "en-US", link.Address)), link.Address));

    public static IEnumerable<object[]> Topics() =>
        Directory.GetFiles(Repository.At("docs", "en-US"), "about_*.md").Select(path => new object[] { Path.GetFileNameWithoutExtension(path) });

    [Theory]
    [MemberData(nameof(Topics))]
    public void Get_Help_shows_the_topic(string topic) =>
        Assert.Contains("SHORT DESCRIPTION", Assert.Single(_session.Run($"Get-Help {topic}")).ToString(), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task Every_example_runs(string cmdlet, string title)
    {
        if (LiveShop.IsFor(cmdlet) && PostgresInstallation.SkipReason is not null) return;
        WriteFilesOfExamples();
        _session.Go(_folder.FullPath);
        _session.Run("Disconnect-PgSecurity");
        HelpExample example = PageOf(cmdlet).Examples.Single(example => example.Title == title);
        if (LiveShop.IsFor(cmdlet)) await new LiveShop(lab, _session).OpenAsync(_folder);
        _session.Set("DebugPreference", ActionPreference.Continue);
        IReadOnlyList<PSObject> output = _session.Run(LiveShop.AtHome(example.Code));
        string[] missing = RoleRights.Missing(_session.Debug).ToArray();
        Assert.True(missing.Length == 0, "No role in docs/guides/roles has what this takes (see ChangeRights and ReadRights):\n" + string.Join('\n', missing));
        if (LiveShop.RefusalOf(example) is { } refusal)
        {
            Assert.NotEmpty(_session.Errors);
            Assert.All(_session.Errors, error => Assert.StartsWith(refusal + ",", error.FullyQualifiedErrorId, StringComparison.Ordinal));
            return;
        }

        Assert.Empty(_session.Errors.Select(error => error.ToString()));
        Assert.NotEmpty(output);
    }

    /// <summary>The files that the examples name, with content that gives each example something to show.</summary>
    private void WriteFilesOfExamples()
    {
        _folder.Write("servers.json", $"[{SampleServers.Arm("one")},\n{SampleServers.Arm("two")}]");
        File.Copy(Repository.At("module", "Samples", "contoso.ndjson"), Path.Combine(_folder.FullPath, "estate.ndjson"));
        File.Copy(Repository.At("module", "Samples", "contoso.ndjson"), Path.Combine(_folder.FullPath, "yesterday.ndjson"));
        _folder.Write("today.ndjson", File.ReadAllText(Repository.At("module", "Samples", "contoso.ndjson"))
            .Replace("\"publicNetworkAccess\":\"Disabled\"", "\"publicNetworkAccess\":\"Enabled\"", StringComparison.Ordinal));
        _folder.Write("roots.pem", new System.Security.Cryptography.X509Certificates.CertificateRequest(
            "CN=Contoso Root CA", System.Security.Cryptography.ECDsa.Create(), System.Security.Cryptography.HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1)).ExportCertificatePem());
        _folder.Write("azure-policy.json", """
            [ { "id": "/subscriptions/00000000-0000-0000-0000-000000000001/providers/Microsoft.Authorization/policyExemptions/x",
                "properties": { "policyAssignmentId": "/subscriptions/00000000-0000-0000-0000-000000000001/providers/Microsoft.Authorization/policyAssignments/pg", "displayName": "Reporting" } },
              { "id": "/subscriptions/00000000-0000-0000-0000-000000000001/providers/Microsoft.Authorization/policyAssignments/pg",
                "properties": { "policyDefinitionId": "/providers/Microsoft.Authorization/policyDefinitions/5e1de0e3-42cb-4ebc-a86d-61d0c619ca48" } } ]
            """);
        _folder.Write("parameters.json", """{ "LOG-004.effect": { "value": "Disabled" } }""");
        _folder.Write("exemptions.json", """
            [ { "name": "reporting", "scope": "/subscriptions/00000000-0000-0000-0000-000000000001", "controls": ["NET-*"],
                "reason": "Moves behind a private endpoint.", "owner": "data@contoso.com", "expiresOn": "2999-03-31" } ]
            """);
        _folder.Write(Path.Combine("policies", "public.json"), """
            { "name": "no-public-servers", "properties": { "mode": "All", "policyRule": {
              "if": { "allOf": [ { "field": "type", "equals": "Microsoft.DBforPostgreSQL/flexibleServers" },
                { "field": "Microsoft.DBforPostgreSQL/flexibleServers/network.publicNetworkAccess", "notEquals": "Disabled" } ] },
              "then": { "effect": "audit" } } } }
            """);
    }

    private static HelpPage PageOf(string cmdlet) => HelpPageReader.ReadFile(Repository.At("docs", "en-US", cmdlet + ".md"));

    private IReadOnlyList<CommandInfo> Commands() =>
        _session.Run("Get-Command -Module PgSecurity -CommandType Cmdlet").Select(item => (CommandInfo)item.BaseObject).ToList();

    private static IEnumerable<string> Names(string folder, string pattern) =>
        Directory.GetFiles(folder, pattern).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    /// <summary>Help gives one item as itself and several as an array.</summary>
    private static PSObject[] ManyOf(object value) => value as PSObject[] ?? [(PSObject)value];

    private static string? Text(PSObject item, string property) => item.Properties[property]?.Value?.ToString()?.Trim().ReplaceLineEndings("\n");

    private static IEnumerable<string?> TextsOf(PSObject[] paragraphs) => paragraphs.Select(paragraph => Text(paragraph, "Text"));
}
