using System;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using PgSecurity.Core.Reports;
using PgSecurity.Core.Tests.Controls;
using Xunit;

namespace PgSecurity.Core.Tests.Reports;

public sealed class SarifReportTests
{
    [Fact]
    public void Kinds_and_levels_follow_the_outcome()
    {
        JsonElement run = Run();
        Assert.Equal(
            [("fail", "error"), ("open", "none"), ("pass", "none"), ("pass", "none"), ("notApplicable", "none"), ("fail", "error")],
            run.GetProperty("results").EnumerateArray().Select(result => (Text(result, "kind"), Text(result, "level"))));
    }

    [Fact]
    public void What_is_set_aside_is_suppressed_and_nothing_else()
    {
        JsonElement[] suppressed = Run().GetProperty("results").EnumerateArray().Where(result => result.TryGetProperty("suppressions", out _)).ToArray();
        JsonElement suppression = Assert.Single(Assert.Single(suppressed).GetProperty("suppressions").EnumerateArray());
        Assert.Equal(("external", "accepted"), (Text(suppression, "kind"), Text(suppression, "status")));
        Assert.Contains("migrating", Text(suppression, "justification"), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_result_has_its_rule()
    {
        JsonElement run = Run();
        JsonElement[] rules = run.GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray().ToArray();
        Assert.Equal(rules.Length, rules.Select(rule => Text(rule, "id")).Distinct().Count());
        Assert.All(run.GetProperty("results").EnumerateArray(), result => Assert.Equal(Text(result, "ruleId"), Text(rules[result.GetProperty("ruleIndex").GetInt32()], "id")));
    }

    [Fact]
    public void A_rule_of_the_catalogue_has_help()
    {
        JsonElement rule = Run(new ReportOptions { Controls = Catalogue.All.Controls }).GetProperty("tool").GetProperty("driver").GetProperty("rules")[0];
        Assert.NotEmpty(Text(rule.GetProperty("help"), "text"));
        Assert.StartsWith("https://", Text(rule, "helpUri"), StringComparison.Ordinal);
        Assert.Equal("9.5", Text(rule.GetProperty("properties"), "security-severity"));
    }

    [Fact]
    public void A_file_is_told_from_the_root_with_its_line_and_a_server_by_its_id()
    {
        JsonElement location = Run().GetProperty("results")[0].GetProperty("locations")[0];
        JsonElement physical = location.GetProperty("physicalLocation");
        Assert.Equal("infra/main.json", Text(physical.GetProperty("artifactLocation"), "uri"));
        Assert.Equal(12, physical.GetProperty("region").GetProperty("startLine").GetInt32());
        Assert.Equal(ReportFindings.IdOf("one"), Text(location.GetProperty("logicalLocations")[0], "fullyQualifiedName"));
        Assert.False(Run().GetProperty("results")[3].GetProperty("locations")[0].TryGetProperty("physicalLocation", out _));
    }

    [Theory]
    [InlineData("/else where/a b.json:3", "file:///else%20where/a%20b.json", 3)]
    [InlineData("C:\\repo\\main.json:7", "file:///C:/repo/main.json", 7)]
    [InlineData("main.json", "main.json", 1)]
    public void Paths_become_addresses(string source, string uri, int line)
    {
        JsonElement physical = Run([ReportFindings.Finding("one", "NET-001", Outcome.Fail, source: source)]).GetProperty("results")[0]
            .GetProperty("locations")[0].GetProperty("physicalLocation");
        Assert.Equal((uri, line), (Text(physical.GetProperty("artifactLocation"), "uri"), physical.GetProperty("region").GetProperty("startLine").GetInt32()));
    }

    [Theory]
    [InlineData("https://management.azure.com/")]
    [InlineData("")]
    public void A_service_is_no_file(string source) =>
        Assert.False(Run([ReportFindings.Finding("one", "NET-001", Outcome.Fail, source: source)]).GetProperty("results")[0]
            .GetProperty("locations")[0].TryGetProperty("physicalLocation", out _));

    [Fact]
    public void Fingerprints_are_the_same_in_every_run_and_differ_between_findings()
    {
        string[] first = Fingerprints(ReportFindings.Write(ReportFormat.Sarif, ReportFindings.Every()));
        string[] later = Fingerprints(ReportFindings.Write(ReportFormat.Sarif, ReportFindings.Every(), new() { GeneratedAt = ReportFindings.Now.AddDays(9), Title = "Another" }));
        Assert.Equal(first, later);
        Assert.Equal(first.Length, first.Distinct().Count());
    }

    [Fact]
    public void Ids_that_differ_in_case_have_one_fingerprint() =>
        Assert.Equal(StableId.Fingerprint(ReportFindings.IdOf("one"), "NET-001"), StableId.Fingerprint(ReportFindings.IdOf("ONE"), "net-001"));

    [Fact]
    public void Hostile_names_are_text()
    {
        JsonElement run = Run(ReportFindings.HostileNames.Select(name => ReportFindings.Finding(name, "NET-001", Outcome.Fail)).ToArray());
        Assert.Equal(
            ReportFindings.HostileNames.Select(name => name.Replace('\uD800', '\uFFFD')),
            run.GetProperty("results").EnumerateArray().Select(result => Text(result.GetProperty("locations")[0].GetProperty("logicalLocations")[0], "name")));
    }

    private static JsonElement Run(ReportOptions? options = null) => Parse(ReportFindings.Write(ReportFormat.Sarif, ReportFindings.Every(), options));

    private static JsonElement Run(Finding[] findings) => Parse(ReportFindings.Write(ReportFormat.Sarif, findings));

    private static JsonElement Parse(string text)
    {
        using JsonDocument log = JsonDocument.Parse(text);
        Assert.Equal("2.1.0", Text(log.RootElement, "version"));
        return Assert.Single(log.RootElement.GetProperty("runs").EnumerateArray()).Clone();
    }

    private static string[] Fingerprints(string text) =>
        Regex.Matches(text, "\"pgSecurity/v1\": \"([0-9a-f]{32})\"").Select(match => match.Groups[1].Value).ToArray();

    private static string Text(JsonElement item, string name) => item.GetProperty(name).GetString()!;
}
