using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using System.Text.Json;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Findings;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Reading;
using PgSecurity.Core.Reports;
using PgSecurity.Fuzz.Targets;
using Xunit;

namespace PgSecurity.Fuzz.Regressions;

/// <summary>What somebody would try on purpose, and what the fuzzer found.</summary>
public sealed class HostileInputTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pgsecurity-hostile-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(200)]
    [InlineData(1_000_000)]
    public void Nesting_without_end_is_an_error(int depth)
    {
        string json = Server("\"x\":" + new string('[', depth) + new string(']', depth) + ",");
        PostureReadResult result = Assert.Single(Read(Encoding.UTF8.GetBytes(json)));
        Assert.NotNull(result.Error);
    }

    [Theory]
    [InlineData("1e999")]
    [InlineData("-1e999")]
    [InlineData("123456789012345678901234567890123456789012345678901234567890")]
    [InlineData("1e-999")]
    public void A_number_that_nothing_holds_passes_no_limit(string number)
    {
        Posture posture = Assert.Single(Read(Encoding.UTF8.GetBytes(Server($"\"backup\":{{\"backupRetentionDays\":{number}}},")))).Posture!;
        Assert.NotEqual(Outcome.Pass, Judge(posture, "BCK-003").Outcome);
    }

    [Fact]
    public void A_property_twice_is_an_error_and_neither_is_believed()
    {
        string json = Server("\"network\":{\"publicNetworkAccess\":\"Enabled\"},\"network\":{\"publicNetworkAccess\":\"Disabled\"},");
        Assert.Contains("twice", Assert.Single(Read(Encoding.UTF8.GetBytes(json))).Error!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_broken_lines_after_a_long_value_cost_no_more_than_many_broken_lines()
    {
        const int Lines = 2000;
        string input = "\"" + new string('x', 8 * 1024 * 1024) + "\"\n" + string.Concat(Enumerable.Repeat("txx\n", Lines)) + Server("");
        long before = GC.GetAllocatedBytesForCurrentThread();
        List<PostureReadResult> results = Read(Encoding.UTF8.GetBytes(input));
        Assert.Equal(Lines, results.Count(result => result.Error is { Line: > 1 }));
        Assert.Single(results, result => result.Posture is not null);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 256L * 1024 * 1024);
    }

    [Fact]
    public void Bytes_that_are_no_UTF8_are_an_error_with_their_line_and_the_rest_is_read()
    {
        byte[] good = Encoding.UTF8.GetBytes(Server("").ReplaceLineEndings(" "));
        byte[] bad = [.. good[..^20], 0xFF, 0xFE, .. good[^20..]];
        List<PostureReadResult> results = Read([.. bad, (byte)'\n', .. good, (byte)'\n']);
        Assert.Equal(1, Assert.Single(results, result => result.Error is not null).Error!.Line);
        Assert.Single(results, result => result.Posture is not null);
    }

    [Theory]
    [InlineData("""{ "NET-001.effect": { "value": "\ud800" } }""")]
    [InlineData("""{ "\udc00": { "value": 1 } }""")]
    public void Half_of_a_surrogate_pair_in_a_parameter_file_is_an_error_of_that_file(string json)
    {
        ControlFormatException refused = Assert.Throws<ControlFormatException>(() => ParameterFile.Parse(json, "parameters.json", Catalogue.All));
        Assert.Contains(refused.Errors, error => error.File == "parameters.json" && error.Reason.Contains("surrogate", StringComparison.Ordinal));
    }

    [Fact]
    public void Half_of_a_surrogate_pair_in_an_exemption_is_an_error_and_exempts_nothing()
    {
        ExemptionSet set = ExemptionFile.Parse("""[{"name":"\ud800","scope":"*","controls":["*"],"reason":"x","owner":"y","expiresOn":"2999-01-01"}]""", "exemptions.json");
        Assert.NotEmpty(set.Errors);
        Assert.Empty(set.Exemptions);
    }

    [Theory]
    [InlineData("\u202elleh\u202c<script>alert(1)</script>")]
    [InlineData("=HYPERLINK(\"http://x\")")]
    [InlineData("a\u0001b\u001b[31mred")]
    [InlineData("a\u0000b")]
    [InlineData("\u2066a\u2069\ufeff\u200b")]
    [InlineData("]]>&<![CDATA[")]
    [InlineData("'); DROP TABLE servers; --")]
    public void A_name_is_inert_in_every_report(string name)
    {
        string json = Server("", JsonSerializer.Serialize(name));
        Posture posture = Assert.Single(Read(Encoding.UTF8.GetBytes(json))).Posture!;
        List<Finding> findings = Catalogue.Evaluator.Evaluate(posture).ToList();
        foreach (ReportFormat format in Enum.GetValues<ReportFormat>())
        {
            using MemoryStream stream = new();
            using (ReportWriter writer = ReportWriter.Create(format, stream, new ReportOptions()))
            {
                foreach (Finding finding in findings) writer.Write(finding);
                writer.Complete();
            }

            string report = Encoding.UTF8.GetString(stream.ToArray());
            if (format is ReportFormat.Html or ReportFormat.Markdown) Assert.DoesNotContain("<script>alert", report, StringComparison.Ordinal);
            Assert.True(!report.Contains('\u001b', StringComparison.Ordinal) && !report.Contains('\u0001', StringComparison.Ordinal) && !report.Contains('\u0000', StringComparison.Ordinal), format.ToString());
        }
    }

    [Fact]
    public void A_pattern_made_to_take_for_ever_ends()
    {
        string text = new('a', 20_000);
        string definition = """
            {"name":"slow","properties":{"mode":"All","policyRule":{"if":{"allOf":[
              {"field":"type","equals":"Microsoft.DBforPostgreSQL/flexibleServers"},
              {"field":"tags.x","like":"*a*"},{"field":"tags.x","match":"PATTERN"}]},"then":{"effect":"audit"}}}}
            """.Replace("PATTERN", string.Concat(Enumerable.Repeat("?", 20_000)), StringComparison.Ordinal);
        string path = Path.Combine(_folder, "slow.json");
        File.WriteAllText(path, definition);
        ControlCatalog catalog = ControlCatalog.Empty.WithDefinitions([path]);
        Posture posture = Assert.Single(Read(Encoding.UTF8.GetBytes(Server("", tags: text)))).Posture!;
        _ = Catalogue.EvaluatorOf(catalog).Evaluate(posture).ToList();
    }

    [Fact]
    public void A_definition_that_grows_as_it_is_read_is_no_definition()
    {
        StringBuilder rule = new("""{"field":"name","equals":"x"}""");
        for (int level = 0; level < 400; level++) rule.Insert(0, "{\"not\":").Append('}');
        string path = Path.Combine(_folder, "deep.json");
        File.WriteAllText(path, "{\"name\":\"deep\",\"properties\":{\"mode\":\"All\",\"policyRule\":{\"if\":" + rule + ",\"then\":{\"effect\":\"audit\"}}}}");
        ControlCatalog catalog = ControlCatalog.Empty.WithDefinitions([path]);
        Assert.NotEmpty(catalog.Errors);
    }

    [Fact]
    public void A_billion_counts_in_one_rule_end_in_a_verdict_or_an_error()
    {
        string inner = """{"field":"Microsoft.DBforPostgreSQL/flexibleServers/privateEndpointConnections[*].name","equals":"x"}""";
        for (int level = 0; level < 9; level++)
        {
            inner = "{\"count\":{\"value\":[1,2,3,4,5,6,7,8,9,10],\"name\":\"n" + level + "\",\"where\":" + inner + "},\"greater\":0}";
        }

        string path = Path.Combine(_folder, "billion.json");
        File.WriteAllText(path, "{\"name\":\"billion\",\"properties\":{\"mode\":\"All\",\"policyRule\":{\"if\":" + inner + ",\"then\":{\"effect\":\"audit\"}}}}");
        ControlCatalog catalog = ControlCatalog.Empty.WithDefinitions([path]);
        List<ControlError> errors = new();
        Evaluator evaluator = Catalogue.EvaluatorOf(catalog, errors);
        Posture posture = Assert.Single(Read(Encoding.UTF8.GetBytes(Server("")))).Posture!;
        List<Finding> findings = evaluator.Evaluate(posture).ToList();
        Assert.True(catalog.Errors.Count + errors.Count > 0 || findings.All(finding => finding.Outcome != Outcome.Pass));
    }

    /// <summary>Definitions that are rewritten before they are loaded: a resource of a template, and a rule whose parameters stand beside it.</summary>
    [Theory]
    [InlineData("plain.json", """{"apiVersion":"2021-06-01","name":"a","name":"b","properties":{"policyRule":{"if":{"field":"name","equals":"[[x"},"then":{"effect":"audit"}}}}""", null)]
    [InlineData("azurepolicy.rules.json", """{"if":{"field":"name","equals":"x"},"if":{"field":"name","equals":"y"},"then":{"effect":"audit"}}""", "{}")]
    [InlineData("azurepolicy.rules.json", """{"if":{"field":"name","equals":"x"},"then":{"effect":"audit"}}""", """{"parameters":{},"parameters":{"a":{"type":"String"}}}""")]
    public void A_member_twice_is_an_error_of_that_definition_and_the_next_one_loads(string name, string json, string? parameters)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, json);
        if (parameters is not null) File.WriteAllText(Path.Combine(_folder, "azurepolicy.parameters.json"), parameters);
        string good = Path.Combine(_folder, "good.json");
        File.WriteAllText(good, """{"name":"good","properties":{"policyRule":{"if":{"field":"name","equals":"x"},"then":{"effect":"audit"}}}}""");
        ControlCatalog catalog = ControlCatalog.Empty.WithDefinitions([path, good]);
        Assert.Contains("twice", Assert.Single(catalog.Errors).Reason, StringComparison.Ordinal);
        Assert.Equal("good", Assert.Single(catalog.Controls).Id);
    }

    [Fact]
    public void A_number_that_nothing_holds_in_a_list_of_a_definition_ends_in_no_crash()
    {
        string path = Path.Combine(_folder, "number.json");
        File.WriteAllText(path, """{"name":"number","properties":{"policyRule":{"if":{"field":"name","notIn":["x",1e999]},"then":{"effect":"audit"}}}}""");
        List<ControlError> errors = new();
        ControlCatalog catalog = ControlCatalog.Empty.WithDefinitions([path]);
        Evaluator evaluator = Catalogue.EvaluatorOf(catalog, errors);
        Posture posture = Assert.Single(Read(Encoding.UTF8.GetBytes(Server("")))).Posture!;
        Assert.True(catalog.Errors.Count + errors.Count > 0 || evaluator.Evaluate(posture).Single().Outcome != Outcome.Pass);
    }

    [Fact]
    public void A_definition_of_a_hundred_thousand_rules_ends_in_a_verdict_or_an_error()
    {
        string path = Path.Combine(_folder, "many.json");
        string rules = string.Join(",", Enumerable.Repeat("""{"field":"name","equals":"x"}""", 100_000));
        File.WriteAllText(path, "{\"name\":\"many\",\"properties\":{\"mode\":\"All\",\"policyRule\":{\"if\":{\"anyOf\":[" + rules + "]},\"then\":{\"effect\":\"audit\"}}}}");
        ControlCatalog catalog = ControlCatalog.Empty.WithDefinitions([path]);
        Posture posture = Assert.Single(Read(Encoding.UTF8.GetBytes(Server("")))).Posture!;
        List<ControlError> errors = new();
        int verdicts = Catalogue.EvaluatorOf(catalog, errors).Evaluate(posture).Count();
        Assert.Equal(1, verdicts + catalog.Errors.Count + errors.Count);
        Assert.All(catalog.Errors.Concat(errors), error => Assert.NotEmpty(error.Advice));
    }

    [Theory]
    [InlineData("highAvailability", "[]", "BCK-002")]
    [InlineData("highAvailability", """{"mode":[null]}""", "BCK-002")]
    [InlineData("highAvailability", """{"mode":{}}""", "BCK-002")]
    [InlineData("dataEncryption", "[]", "DAT-008")]
    [InlineData("dataEncryption", "[]", "DAT-016")]
    public void What_is_of_another_type_is_not_taken_for_turned_off(string property, string value, string control)
    {
        Posture posture = Assert.Single(Read(Encoding.UTF8.GetBytes(Server($"\"{property}\":{value},")))).Posture!;
        Assert.NotEqual(Outcome.Pass, Judge(posture, control).Outcome);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("[")]
    [InlineData("{\"a\":")]
    public void A_compressed_snapshot_of_one_thing_over_and_over_ends_in_bounded_memory(string thing)
    {
        using MemoryStream stream = new();
        using (GZipStream gzip = new(stream, CompressionLevel.Optimal, leaveOpen: true))
        {
            byte[] block = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(thing, 1024 * 1024)));
            for (int i = 0; i < 100; i++) gzip.Write(block);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.DoesNotContain(Read(stream.ToArray()), result => result.Posture is not null);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1024L * 1024 * 1024);
    }

    [Fact]
    public void A_compressed_snapshot_that_swells_is_refused_in_bounded_memory()
    {
        using MemoryStream stream = new();
        using (GZipStream gzip = new(stream, CompressionLevel.Optimal, leaveOpen: true))
        {
            byte[] block = Encoding.UTF8.GetBytes(new string(' ', 1024 * 1024));
            gzip.Write("{\"x\":\""u8);
            for (int i = 0; i < 300; i++) gzip.Write(block);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        PostureReadResult result = Assert.Single(Read(stream.ToArray()));
        Assert.NotNull(result.Error);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1024L * 1024 * 1024);
    }

    private static List<PostureReadResult> Read(byte[] bytes) =>
        PostureReader.Read(new MemoryStream(bytes), "hostile.json", new PostureReaderOptions { MaximumThreads = 1 }).ToList();

    private static Finding Judge(Posture posture, string id) => Catalogue.EvaluatorOf(id).Evaluate(posture).Single();

    private static string Server(string properties, string name = "\"shop\"", string tags = "x") => $$$"""
        {"id":"/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/flexibleServers/shop",
         "type":"Microsoft.DBforPostgreSQL/flexibleServers","name":{{{name}}},"location":{{{name}}},"tags":{"x":"{{{tags}}}","owner":{{{name}}}},
         "sku":{"name":"Standard_D2ds_v5","tier":"GeneralPurpose"},
         "properties":{ {{{properties}}}"version":"16","replicationRole":"Primary","administratorLogin":{{{name}}},"authConfig":{"passwordAuth":"Enabled"}} }
        """;
}
