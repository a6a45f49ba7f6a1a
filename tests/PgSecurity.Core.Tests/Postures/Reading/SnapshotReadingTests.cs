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

/// <summary>A line of a snapshot is read the same, however many threads read and however much of it is parsed.</summary>
public sealed class SnapshotReadingTests
{
    private const string Server = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/flexibleServers/a";

    private static readonly string[] Sample = File.ReadAllLines(RepositoryFiles.In("module", "Samples", "contoso.ndjson"));

    [Fact]
    public void Several_threads_give_what_one_gives_in_the_same_order()
    {
        string text = string.Join("\n", Mangled(Sample.Concat(Sample)));

        List<string> one = Read(text, threads: 1);

        Assert.Contains(one, line => line.StartsWith("error", StringComparison.Ordinal));
        Assert.True(one.Count(line => line.StartsWith("posture", StringComparison.Ordinal)) > 50);
        Assert.Equal(one, Read(text, threads: 4));
    }

    [Fact]
    public void A_line_that_is_outlined_gives_the_findings_of_one_that_is_read_whole()
    {
        Evaluator evaluator = new(
            Catalogue.All.Controls.Select(control => CompiledControl.Compile(control, ControlSettings.None)).ToList(),
            new EvaluatorOptions { ExplainPassed = true, UtcNow = () => Catalogue.Now });
        foreach (string line in Sample.Where((_, index) => index % 5 == 0))
        {
            // Only a line that begins with its schema is outlined.
            Posture whole = Single("{\"note\":\"\"," + line.Substring(1));
            Posture outlined = Single(line);

            Assert.Equal(JsonSerializer.Serialize(evaluator.Evaluate(whole)), JsonSerializer.Serialize(evaluator.Evaluate(outlined)));
            Assert.Equal(Bodies(whole), Bodies(outlined));
        }
    }

    [Fact]
    public void A_property_in_other_letters_is_found_in_a_line_that_is_outlined()
    {
        string line = Line($$$"""[{"type":"{{{FacetTypes.FirewallRules}}}","resources":[{"id":"{{{Server}}}/firewallRules/r","name":"r","Properties":{"StartIpAddress":"1.2.3.4"}}]}]""");
        Resource rule = Single(Line("[]") + "\n" + line, at: 1).FacetOf(FacetTypes.FirewallRules).Find("R")!;

        Assert.Equal("1.2.3.4", ResourceField.Of(rule, "properties.startIpAddress").Text);
        Assert.True(rule.TryGetMember(rule.Body, "properties", "properties", out _));
        Assert.False(rule.TryGetMember(rule.Body, "tags", "tags", out _));
    }

    [Theory]
    [InlineData("\"isConfigPendingRestart\":true", "True")]
    [InlineData("\"isConfigPendingRestart\":false", "False")]
    [InlineData("\"isConfigPendingRestart\":\"True\"", "True")]
    [InlineData("\"IsConfigPendingRestart\":true", "True")]
    [InlineData("\"isConfigPendingRestart\":null", "False")]
    [InlineData("\"isConfigPendingRestart\":{\"$unknown\":\"why\"}", "Unknown")]
    [InlineData("\"other\":{\"isConfigPendingRestart\":true}", "False")]
    public void Whether_a_parameter_waits_for_a_restart_is_told_alike_with_and_without_parsing_it(string property, string expected)
    {
        CompiledControl control = CompiledControl.Compile(Catalogue.All.Controls.Single(one => one.Id == "PLT-004"), ControlSettings.None);
        string parameters = string.Join(",", Enumerable.Range(0, 6).Select(index => FormattableString.Invariant(
            $$$"""{"id":"{{{Server}}}/configurations/p{{{index}}}","name":"p{{{index}}}","properties":{"dataType":"Set",{{{(index == 4 ? property : "\"isConfigPendingRestart\":false")}}}}}""")));
        string line = Line($$"""[{"type":"{{FacetTypes.Configurations}}","resources":[{{parameters}}]}]""");

        foreach (string text in new[] { line, "{\"note\":\"\"," + line.Substring(1) })
        {
            Posture posture = Single(text);
            Assert.Equal(expected switch { "True" => "NonCompliant", "False" => "Compliant", _ => "Unknown" }, control.Policy.Evaluate(posture).ToString());
            Assert.Equal(6, posture.FacetOf("PgSecurity/parameterLists").Resources.Count);
        }
    }

    [Theory]
    [InlineData(10)]
    [InlineData(200)]
    public void A_name_that_stands_twice_is_found_in_a_small_object_and_in_a_large_one(int names)
    {
        string members = string.Join(",", Enumerable.Range(0, names).Select(index => FormattableString.Invariant($"\"name{index}\":1")));
        string server = "\"tags\":{" + members + ",\"Name0\":2},\"properties\":{" + members;
        string[] results = [.. Read(Line("[]", server + "}") + "\n" + Line("[]", server + ",\"NAME3\":2}"), threads: 1)];

        Assert.StartsWith("posture", results[0], StringComparison.Ordinal);
        Assert.Contains("'NAME3' stands twice", results[1], StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_shows_no_more_of_the_input_than_the_word_that_is_wrong()
    {
        string result = Assert.Single(Read(Line("[]", "\"a\":trjue,\"password\":\"geheim\""), threads: 1));

        Assert.Contains("'trjue' is an invalid JSON literal", result, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", result, StringComparison.Ordinal);
    }

    /// <summary>Every third line broken in one of the ways in which files break.</summary>
    private static IEnumerable<string> Mangled(IEnumerable<string> lines)
    {
        int index = 0;
        foreach (string line in lines)
        {
            index++;
            yield return (index % 24) switch
            {
                3 => line.Substring(0, line.Length / 2),
                6 => line + line,
                9 => line.Replace("\"facets\":", "\n\"facets\":", StringComparison.Ordinal),
                12 => "\n" + line + " ",
                15 => line.Insert(line.Length - 1, ",\"Facets\":[]"),
                18 => line.Replace("\"gap\"", "\"gap\":7,\"x\"", StringComparison.Ordinal).Replace("\"resources\":[", "\"resources\":[7,", StringComparison.Ordinal),
                21 => line.Replace("\"facets\":[", "\"facets\":[{\"type\":\"a\",\"resources\":[]},{\"type\":\"A\",\"resources\":[]},", StringComparison.Ordinal),
                0 => "{\"id\":\"/not/a/server\"}",
                _ => line,
            };
        }
    }

    private static List<string> Read(string text, int threads) => PostureReader
        .Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "estate.ndjson", new PostureReaderOptions { MaximumThreads = threads })
        .Select(result => result.Posture is Posture posture ? $"posture {posture.Source} {posture.Id} {Bodies(posture)}"
            : result.Error is InputError error ? $"error {error}"
            : $"notice {result.Notice!.Line} {result.Notice.Text}")
        .ToList();

    private static Posture Single(string text, int at = 0) => PostureReader.ReadText(text, "estate.ndjson").ElementAt(at).Posture!;

    private static string Bodies(Posture posture) => string.Join("\n", posture.Facets.Select(facet =>
        $"{facet.Type} {facet.Gap} {string.Join(" ", facet.Resources.Select(resource => resource.Id + resource.Name + resource.Gap + resource.Body.GetRawText()))}"));

    private static string Line(string facets, string server = "\"properties\":{}") =>
        $$$"""{"schema":"pgsecurity/posture/1","server":{"id":"{{{Server}}}",{{{server}}}},"facets":{{{facets}}}}""";
}
