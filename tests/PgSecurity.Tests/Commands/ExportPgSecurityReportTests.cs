using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text.Json;
using System.Xml.Linq;
using Xunit;

namespace PgSecurity.Tests.Commands;

public sealed class ExportPgSecurityReportTests : IClassFixture<ModuleSession>, IDisposable
{
    private const string Findings = "$findings = Get-PgSecurityFinding servers.json -IncludePassed -IncludeNotApplicable;";

    private readonly ModuleSession _session;
    private readonly TemporaryFolder _folder;

    public ExportPgSecurityReportTests(ModuleSession session)
    {
        _session = session;
        _folder = TemporaryFolder.CurrentOf(session);
        _folder.Write("servers.json", $"[{SampleServers.Arm("one")},\n{SampleServers.Arm("two")}]");
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("r.html", "<!DOCTYPE html>")]
    [InlineData("r.md", "# PostgreSQL security report")]
    [InlineData("r.csv", "SubscriptionId,")]
    [InlineData("r.json", "{")]
    [InlineData("r.sarif", "{")]
    [InlineData("r.oscal.json", "{")]
    [InlineData("r.xml", "<?xml")]
    public void The_name_tells_the_format(string name, string start)
    {
        FileInfo file = _session.RunClean<FileInfo>($"{Findings} $findings | Export-PgSecurityReport {name} -PassThru").Single();
        Assert.StartsWith(start, File.ReadAllText(file.FullName), StringComparison.Ordinal);
        Assert.Equal(["servers.json", name], Directory.GetFiles(_folder.FullPath).Select(path => Path.GetFileName(path)).OrderByDescending(path => path, StringComparer.Ordinal));
    }

    [Fact]
    public void Without_a_file_the_report_is_text()
    {
        string text = _session.RunClean<string>($"{Findings} $findings | Export-PgSecurityReport -Format Json -Title 'Of mine'").Single();
        using JsonDocument report = JsonDocument.Parse(text);
        Assert.Equal("Of mine", report.RootElement.GetProperty("title").GetString());
        Assert.Equal(2, report.RootElement.GetProperty("servers").GetArrayLength());
    }

    [Fact]
    public void Sarif_tells_the_file_from_the_current_folder()
    {
        string text = _session.RunClean<string>($"{Findings} $findings | Export-PgSecurityReport -Format Sarif").Single();
        using JsonDocument log = JsonDocument.Parse(text);
        JsonElement place = log.RootElement.GetProperty("runs")[0].GetProperty("results")[0].GetProperty("locations")[0].GetProperty("physicalLocation");
        Assert.Equal("servers.json", place.GetProperty("artifactLocation").GetProperty("uri").GetString());
    }

    [Fact]
    public void JUnit_counts_what_the_findings_are()
    {
        IReadOnlyList<PSObject> output = _session.Run($"{Findings} $findings; $findings | Export-PgSecurityReport -Format JUnit");
        List<Finding> findings = output.Select(item => item.BaseObject).OfType<Finding>().ToList();
        XElement suites = XDocument.Parse((string)output[^1].BaseObject).Root!;
        Assert.Equal(findings.Count(finding => finding.Outcome == Outcome.Fail), suites.Descendants("failure").Count());
        Assert.Equal(findings.Count(finding => finding.Outcome == Outcome.Unknown), suites.Descendants("error").Count());
        Assert.NotEmpty(suites.Descendants("error"));
    }

    [Fact]
    public void A_file_that_is_there_stays_unless_forced()
    {
        string path = _folder.Write("r.csv", "mine");
        _session.Run($"{Findings} $findings | Export-PgSecurityReport r.csv");
        ErrorRecord refused = Assert.Single(_session.Errors);
        Assert.StartsWith("ReportExists,", refused.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.NotEmpty(refused.ErrorDetails.RecommendedAction);
        Assert.Equal("mine", File.ReadAllText(path));

        Assert.Empty(_session.RunClean<object>($"{Findings} $findings | Export-PgSecurityReport r.csv -Force"));
        Assert.StartsWith("SubscriptionId,", File.ReadAllText(path), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIf_writes_nothing()
    {
        _session.Run($"{Findings} $findings | Export-PgSecurityReport r.html -WhatIf");
        Assert.False(File.Exists(Path.Combine(_folder.FullPath, "r.html")));
    }

    [Fact]
    public void A_pipeline_that_breaks_leaves_no_file_and_the_old_one_as_it_was()
    {
        string path = _folder.Write("r.csv", "old");
        Assert.ThrowsAny<RuntimeException>(() => _session.Run($"{Findings} & {{ $findings; throw 'broken' }} | Export-PgSecurityReport r.csv -Force"));
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal(2, Directory.GetFiles(_folder.FullPath).Length);
    }

    [Theory]
    [InlineData("Export-PgSecurityReport", "ReportFormatUnknown")]
    [InlineData("Export-PgSecurityReport report.docx", "ReportFormatUnknown")]
    [InlineData("Export-PgSecurityReport r.json -ByteOrderMark", "ByteOrderMarkOutsideCsv")]
    [InlineData("Export-PgSecurityReport nowhere/r.json", "ReportUnwritable")]
    public void What_cannot_be_done_says_so(string command, string id)
    {
        Assert.Empty(_session.Run($"{Findings} $findings | {command}"));
        ErrorRecord refused = Assert.Single(_session.Errors);
        Assert.StartsWith(id + ",", refused.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.NotEmpty(refused.ErrorDetails.RecommendedAction);
        Assert.Single(Directory.GetFiles(_folder.FullPath));
    }

    [Fact]
    public void What_is_no_finding_is_an_error_and_the_others_are_reported()
    {
        string text = (string)_session.Run($"{Findings} @('text', $findings[0], 7) | Export-PgSecurityReport -Format Csv").Single().BaseObject;
        Assert.Equal(["NotAFinding", "NotAFinding"], _session.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]));
        Assert.Equal(2, text.Split("\r\n").Length);
    }

    [Fact]
    public void Nothing_and_a_list_without_what_passed_are_warned_of()
    {
        _session.Run("@() | Export-PgSecurityReport -Format Html");
        Assert.Contains("does not mean that everything passed", Assert.Single(_session.Warnings), StringComparison.Ordinal);
        _session.Run("Get-PgSecurityFinding servers.json | Export-PgSecurityReport -Format Markdown");
        Assert.Contains("no score", Assert.Single(_session.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Findings_of_a_JSON_report_give_the_same_report_again()
    {
        string first = _session.RunClean<string>($"{Findings} $findings | Export-PgSecurityReport -Format Json").Single();
        _session.Set("kept", first);
        string again = _session.RunClean<string>("($kept | ConvertFrom-Json).findings | Export-PgSecurityReport -Format Json").Single();
        Assert.Equal(WithoutTime(first), WithoutTime(again));
    }

    [Fact]
    public void Earlier_reports_draw_a_trend_and_a_broken_one_is_an_error()
    {
        _session.Run($"{Findings} $findings | Export-PgSecurityReport now.json");
        _folder.Write("h1.json", File.ReadAllText(Path.Combine(_folder.FullPath, "now.json")).Replace("\"generatedAt\": \"20", "\"generatedAt\": \"19", StringComparison.Ordinal));
        _folder.Write("h2.json", "{}");
        string page = (string)_session.Run($"{Findings} $findings | Export-PgSecurityReport -Format Html -History h*.json").Single().BaseObject;
        Assert.Contains("<figure class=\"card trend\">", page, StringComparison.Ordinal);
        Assert.StartsWith("HistoryUnreadable,", Assert.Single(_session.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void The_commands_of_the_page_are_one_pipeline_with_literals_whatever_the_name()
    {
        Finding Evil(string name) => new()
        {
            ResourceId = SampleServers.IdOf(name), ServerName = name, ResourceGroupName = "rg", SubscriptionId = "s", ControlId = "NET-001; Remove-Item ~", Section = "Network",
            Title = "t", Severity = Severity.High, Outcome = Outcome.Fail, IsRemediable = true,
        };
        string page = (string)_session.Run("$input | Export-PgSecurityReport -Format Html", [Evil("a'; Remove-Item ~ #"), Evil("b’; Remove-Item ~ #"), Evil("$(Remove-Item ~)")]).Single().BaseObject;
        string json = page.Split("id=\"data\">")[1].Split("</script>")[0];
        using JsonDocument data = JsonDocument.Parse(json);
        string argument = data.RootElement.GetProperty("controls")[0].GetProperty("argument").GetString()!;
        foreach (JsonElement server in data.RootElement.GetProperty("servers").EnumerateArray())
        {
            ScriptBlockAst script = Parser.ParseInput(server.GetProperty("command").GetString() + argument + " | Repair-PgSecurityFinding -WhatIf", out _, out ParseError[] errors);
            Assert.Empty(errors);
            CommandAst[] commands = script.FindAll(ast => ast is CommandAst, searchNestedScriptBlocks: true).Cast<CommandAst>().ToArray();
            Assert.Equal(["Get-PgSecurityFinding", "Repair-PgSecurityFinding"], commands.Select(command => command.GetCommandName()));
            Assert.Contains(commands[0].CommandElements, element => element is StringConstantExpressionAst text && text.Value == server.GetProperty("id").GetString());
        }
    }

    private static string WithoutTime(string report) =>
        string.Join("\n", report.Split('\n').Where(line => !line.Contains("\"generatedAt\"", StringComparison.Ordinal)));
}
