using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace PgSecurity.Core.Tests.Reports;

public sealed class OscalReportTests
{
    private static readonly Regex Uuid = new("^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$");
    private static readonly Regex Token = new("^[A-Za-z_][A-Za-z0-9._-]*$");

    [Fact]
    public void What_the_schema_requires_is_there()
    {
        JsonElement results = Results(ReportFindings.Every());
        foreach (string name in (string[])["title", "last-modified", "version", "oscal-version"]) Assert.NotEmpty(results.GetProperty("metadata").GetProperty(name).GetString()!);
        string plan = results.GetProperty("import-ap").GetProperty("href").GetString()!;
        Assert.Equal(plan.TrimStart('#'), results.GetProperty("back-matter").GetProperty("resources")[0].GetProperty("uuid").GetString());
        JsonElement result = Assert.Single(results.GetProperty("results").EnumerateArray());
        foreach (string name in (string[])["uuid", "title", "description", "start"]) Assert.NotEmpty(result.GetProperty(name).GetString()!);
        Assert.NotEqual(0, result.GetProperty("reviewed-controls").GetProperty("control-selections").GetArrayLength());
        foreach (JsonElement observation in result.GetProperty("observations").EnumerateArray())
        {
            Assert.NotEmpty(observation.GetProperty("description").GetString()!);
            Assert.Equal("TEST", observation.GetProperty("methods")[0].GetString());
            Assert.NotEmpty(observation.GetProperty("collected").GetString()!);
        }
    }

    [Fact]
    public void No_list_is_empty_no_UUID_twice_and_every_reference_leads_somewhere()
    {
        JsonElement results = Results(ReportFindings.Every());
        HashSet<string> ids = [];
        List<string> references = [];
        foreach ((string name, JsonElement value) in Members(results))
        {
            if (value.ValueKind == JsonValueKind.Array) Assert.NotEqual(0, value.GetArrayLength());
            if (name == "uuid")
            {
                Assert.Matches(Uuid, value.GetString()!);
                Assert.True(ids.Add(value.GetString()!), "twice: " + value.GetString());
            }
            else if (name.EndsWith("-uuid", StringComparison.Ordinal))
            {
                references.Add(value.GetString()!);
            }
        }

        Assert.NotEmpty(references);
        Assert.All(references, reference => Assert.Contains(reference, ids));
    }

    [Fact]
    public void Only_what_passed_and_is_known_satisfies()
    {
        Assert.Equal("not-satisfied", State(Outcome.Fail, Outcome.Pass));
        Assert.Equal("not-satisfied", State(Outcome.Unknown, Outcome.Pass));
        Assert.Equal("not-satisfied", State(Outcome.Exempt, Outcome.Pass));
        Assert.Equal("not-satisfied", State(Outcome.NotApplicable));
        Assert.Equal("satisfied", State(Outcome.Pass, Outcome.NotApplicable));
    }

    [Fact]
    public void Controls_of_NIST_are_spelt_as_in_its_catalogue() =>
        Assert.Equal("sc-7.5", Result(ReportFindings.Every()).GetProperty("reviewed-controls").GetProperty("control-selections")[0]
            .GetProperty("include-controls")[0].GetProperty("control-id").GetString());

    [Fact]
    public void Risks_are_open_or_a_deviation_that_was_approved()
    {
        Dictionary<string, string> risks = Result(ReportFindings.Every()).GetProperty("risks").EnumerateArray()
            .ToDictionary(risk => risk.GetProperty("title").GetString()!, risk => risk.GetProperty("status").GetString()!);
        Assert.Equal(("open", "deviation-approved"), (risks["Title of NET-001"], risks["Title of IDN-001"]));
    }

    [Fact]
    public void UUIDs_of_observations_are_the_same_in_every_run()
    {
        string[] first = Observations(Result(ReportFindings.Every()));
        string[] later = Observations(Parse(ReportFindings.Write(ReportFormat.Oscal, ReportFindings.Every(), new() { GeneratedAt = ReportFindings.Now.AddDays(1) })).GetProperty("results")[0]);
        Assert.Equal(first, later);
    }

    [Fact]
    public void The_same_finding_twice_is_two_observations() =>
        Assert.Equal(2, Observations(Result([ReportFindings.Every()[0], ReportFindings.Every()[0]])).Distinct().Count());

    [Fact]
    public void Hostile_names_are_text_and_tokens_stay_tokens()
    {
        JsonElement results = Results(ReportFindings.HostileNames.Select(name => ReportFindings.Finding(name, name, Outcome.Fail)).ToArray());
        foreach ((string name, JsonElement value) in Members(results))
        {
            if (name is "target-id" or "control-id" && value.ValueKind == JsonValueKind.String) Assert.Matches(Token, value.GetString()!);
            if (name == "value") Assert.DoesNotMatch("[\r\n]|^\\s|\\s$", value.GetString()!);
        }
    }

    [Fact]
    public void Nothing_is_a_result_without_findings()
    {
        JsonElement result = Result([]);
        Assert.False(result.TryGetProperty("findings", out _));
        Assert.True(result.GetProperty("reviewed-controls").GetProperty("control-selections")[0].TryGetProperty("include-all", out _));
    }

    private static string State(params Outcome[] outcomes) =>
        Result(outcomes.Select((outcome, index) => ReportFindings.Finding("server" + index, "NET-001", outcome)).ToArray())
            .GetProperty("findings")[0].GetProperty("target").GetProperty("status").GetProperty("state").GetString()!;

    private static string[] Observations(JsonElement result) =>
        result.GetProperty("observations").EnumerateArray().Select(observation => observation.GetProperty("uuid").GetString()!).ToArray();

    private static JsonElement Result(IReadOnlyList<Finding> findings) => Results(findings).GetProperty("results")[0];

    private static JsonElement Results(IReadOnlyList<Finding> findings) => Parse(ReportFindings.Write(ReportFormat.Oscal, findings));

    private static JsonElement Parse(string text)
    {
        using JsonDocument document = JsonDocument.Parse(text);
        return document.RootElement.GetProperty("assessment-results").Clone();
    }

    private static IEnumerable<(string Name, JsonElement Value)> Members(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Members(member.Value).Prepend((member.Name, member.Value))),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Members),
        _ => [],
    };
}
