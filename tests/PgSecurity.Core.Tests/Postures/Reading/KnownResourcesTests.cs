using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Findings;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Reading;
using PgSecurity.Core.Tests.Controls;
using Xunit;

namespace PgSecurity.Core.Tests.Postures.Reading;

/// <summary>A resource that comes again in the same words is recognised, and is read as if it had come for the first time.</summary>
public sealed class KnownResourcesTests
{
    private const int Times = 5;
    private const string Parent = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/flexibleServers/";

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Lines_that_come_again_give_the_findings_that_each_gives_alone(int threads)
    {
        string[] sample = File.ReadLines(RepositoryFiles.In("module", "Samples", "contoso.ndjson")).Where((_, index) => index % 6 == 0).ToArray();
        Evaluator evaluator = new(
            Catalogue.All.Controls.Select(control => CompiledControl.Compile(control, ControlSettings.None)).ToList(),
            new EvaluatorOptions { ExplainPassed = true, UtcNow = () => Catalogue.Now });
        string[] alone = sample.Select(line => Findings(evaluator, Assert.Single(Read(Encoding.UTF8.GetBytes(line), threads)).Posture!)).ToArray();

        string text = string.Join("\n", Enumerable.Repeat(sample, Times).SelectMany(lines => lines));
        PostureReadResult[] together = Read(Encoding.UTF8.GetBytes(text), threads);

        Assert.Equal(sample.Length * Times, together.Length);
        for (int i = 0; i < together.Length; i++)
        {
            Assert.Equal(alone[i % sample.Length], Findings(evaluator, together[i].Posture!));
        }
    }

    [Fact]
    public void A_resource_in_known_words_has_the_id_and_the_body_of_its_own_line()
    {
        PostureReadResult[] results = Read(Lines(server => Parameters(server, "on")));

        for (int i = 0; i < Times; i++)
        {
            string id = $"{Parent}s{i}/configurations/";
            Facet parameters = results[i].Posture!.FacetOf(FacetTypes.Configurations);
            Assert.Equal(["p0", "p1", "p2", "p3", "p4"], parameters.Resources.Select(one => one.Name));
            Assert.Equal(Enumerable.Range(0, 5).Select(index => $"{id}p{index}"), parameters.Resources.Select(one => one.Id));
            Assert.Equal(Enumerable.Range(0, 5).Select(index => $"{id}p{index}"), parameters.Resources.Select(one => one.Body.GetProperty("id").GetString()));
            Assert.All(parameters.Resources, one => Assert.Equal("on", ResourceField.Of(one, "properties.value").Text));
        }
    }

    [Fact]
    public void Another_value_between_known_ones_is_the_value_that_is_read()
    {
        PostureReadResult[] results = Read(Lines(server => Parameters(server, "on").Replace(
            "\"name\":\"p2\",\"properties\":{\"value\":\"on\"", $"\"name\":\"p2\",\"properties\":{{\"value\":\"{server}\"", StringComparison.Ordinal)));

        for (int i = 0; i < Times; i++)
        {
            Assert.Equal(
                ["on", "on", $"s{i}", "on", "on"],
                results[i].Posture!.FacetOf(FacetTypes.Configurations).Resources.Select(one => ResourceField.Of(one, "properties.value").Text));
        }
    }

    [Theory]
    [InlineData("\"value\":\"on\",\"Value\":\"off\"", "stands twice")]
    [InlineData("\"value\":\"\\ud800\"", "half a surrogate pair")]
    public void What_is_wrong_is_told_of_every_line_that_has_it(string properties, string problem)
    {
        PostureReadResult[] results = Read(Lines(server => Parameters(server, "on").Replace("\"value\":\"on\"", properties, StringComparison.Ordinal)));

        Assert.Equal(Times, results.Length);
        Assert.All(results, result => Assert.Contains(problem, result.Error?.Reason ?? "no error", StringComparison.Ordinal));
    }

    [Fact]
    public void Bytes_that_are_no_text_are_told_of_every_line_that_has_them()
    {
        byte[] bytes = Lines(server => Parameters(server, "~"));
        for (int i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] == (byte)'~') bytes[i] = 0xC0;
        }

        PostureReadResult[] results = Read(bytes);
        Assert.Equal(Times, results.Length);
        Assert.All(results, result => Assert.Contains("not valid UTF-8", result.Error?.Reason ?? "no error", StringComparison.Ordinal));
    }

    [Fact]
    public void What_stands_before_the_id_is_not_lost()
    {
        PostureReadResult[] results = Read(Lines(server => Parameters(server, "on").Replace(
            $"{{\"id\":\"{Parent}{server}/configurations/p3\"",
            $"{{\"$gap\":\"a projection of {server}\",\"id\":\"{Parent}{server}/configurations/p3\"", StringComparison.Ordinal)));

        for (int i = 0; i < Times; i++)
        {
            Facet parameters = results[i].Posture!.FacetOf(FacetTypes.Configurations);
            Assert.Equal($"a projection of s{i}", parameters.Find("p3")!.Gap);
            Assert.True(ResourceField.Of(parameters.Find("p3")!, "properties.source").IsUnknown);
            Assert.True(ResourceField.Of(parameters.Find("p4")!, "properties.source").IsAbsent);
        }
    }

    [Fact]
    public void A_mark_on_the_resource_itself_leaves_its_properties_unknown()
    {
        PostureReadResult[] results = Read(Lines(server => Parameters(server, "on").Replace(
            "\"name\":\"p3\",", "\"name\":\"p3\",\"$unknown\":\"taken out\",", StringComparison.Ordinal)));

        Assert.All(results, result => Assert.Equal(
            "taken out", ResourceField.Of(result.Posture!.FacetOf(FacetTypes.Configurations).Find("p3")!, "properties.value").UnknownReason));
    }

    [Fact]
    public void A_line_that_is_torn_after_known_words_is_an_error_and_the_next_is_read()
    {
        string whole = Encoding.UTF8.GetString(Lines(server => Parameters(server, "on")));
        string torn = whole + "\n" + Line("s9", Parameters("s9", "on")).Replace("\"name\":\"p4\"", "\"name\":\"p4", StringComparison.Ordinal) + "\n" + Line("s10", Parameters("s10", "on"));

        PostureReadResult[] results = Read(Encoding.UTF8.GetBytes(torn));

        Assert.Equal(Times + 2, results.Length);
        Assert.NotNull(results[Times].Error);
        Assert.Equal("s10", results[Times + 1].Posture!.Id.Name);
    }

    private static byte[] Lines(Func<string, string> resources) => Encoding.UTF8.GetBytes(string.Join("\n", Enumerable.Range(0, Times)
        .Select(number => Line(FormattableString.Invariant($"s{number}"), resources(FormattableString.Invariant($"s{number}"))))));

    private static string Line(string server, string resources) =>
        $$$"""{"schema":"pgsecurity/posture/1","server":{"id":"{{{Parent}}}{{{server}}}","properties":{}},"facets":[{"type":"{{{FacetTypes.Configurations}}}","resources":[{{{resources}}}]}]}""";

    private static string Parameters(string server, string value) => string.Join(",", Enumerable.Range(0, 5).Select(index => FormattableString.Invariant(
        $$$"""{"id":"{{{Parent}}}{{{server}}}/configurations/p{{{index}}}","type":"{{{FacetTypes.Configurations}}}","name":"p{{{index}}}","properties":{"value":"{{{value}}}","isConfigPendingRestart":false}}""")));

    private static PostureReadResult[] Read(byte[] text, int threads = 1) =>
        PostureReader.Read(new MemoryStream(text), "test", new PostureReaderOptions { MaximumThreads = threads }).ToArray();

    private static string Findings(Evaluator evaluator, Posture posture) => JsonSerializer.Serialize(evaluator.Evaluate(posture)
        .Select(finding => (finding.ControlId, finding.Outcome, finding.Reason, finding.Observed, finding.Expected, Evidence: finding.Evidence.ToString()))
        .Select(finding => finding.ToString()));
}
