using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using System.Text.Json;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Reading;
using PgSecurity.Core.Snapshots;
using Xunit;

namespace PgSecurity.Core.Tests.Snapshots;

public sealed class SnapshotTests
{
    private const string Prefix = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/flexibleServers/";

    private static string Line(string name, string properties = "{\"version\":\"16\"}", string facets = "[]", string more = "") =>
        $$"""{"schema":"pgsecurity/posture/1","source":"live","collectedAt":"2026-11-24T03:00:00Z",{{more}}"server":{"id":"{{Prefix}}{{name}}","type":"Microsoft.DBforPostgreSQL/flexibleServers","name":"{{name}}","properties":{{properties}}},"facets":{{facets}}}""";

    private static List<PostureReadResult> Read(string text) => PostureReader.ReadText(text, "estate.ndjson").ToList();

    private static string Written(Posture posture)
    {
        StringWriter text = new();
        SnapshotWriter.Write(text, posture);
        return text.ToString();
    }

    [Fact]
    public void A_line_is_a_posture_with_its_facets_and_gaps()
    {
        string facets = $$$"""
            [{"type":"microsoft.dbforpostgresql/flexibleservers/firewallrules","resources":[{"id":"{{{Prefix}}}a/firewallRules/all","type":"x","name":"all","$gap":"old","properties":{"startIpAddress":"0.0.0.0"}}]},{"type":"Microsoft.Insights/diagnosticSettings","gap":{"kind":"Unavailable","reason":"403"},"resources":[]}]
            """;
        Posture posture = Assert.Single(Read(Line("a", facets: facets))).Posture!;

        Assert.Equal("a", posture.Id.Name);
        Assert.Equal("live", posture.Origin);
        Assert.Equal("estate.ndjson:1", posture.Source);
        Assert.Equal(new DateTimeOffset(2026, 11, 24, 3, 0, 0, TimeSpan.Zero), posture.CollectedAt);
        Facet rules = posture.FacetOf(FacetTypes.FirewallRules);
        Assert.True(rules.IsComplete);
        Assert.Equal(FacetTypes.FirewallRules, rules.Type);
        Assert.Equal("old", rules.Find("ALL")!.Gap);
        Assert.Equal(new FacetGap(FacetGapKind.Unavailable, "403"), posture.FacetOf(FacetTypes.DiagnosticSettings).Gap);
        Assert.Equal(FacetGapKind.NotCollected, posture.FacetOf(FacetTypes.Locks).Gap!.Kind);
    }

    [Fact]
    public void Writing_what_was_read_gives_the_same_posture()
    {
        string facets = $$$"""
            [{"type":"Microsoft.DBforPostgreSQL/flexibleServers/replicas","gap":{"kind":"Partial","reason":"of \"this\" file"},"resources":[{"id":"{{{Prefix}}}r","type":"Microsoft.DBforPostgreSQL/flexibleServers/replicas","name":"r","properties":{"network":{"publicNetworkAccess":{"$unknown":"why"} } },"identity":null}]}]
            """;
        string line = Line("a", "{\"version\":\"16\",\"n\":1.50,\"ä\":\"ü'+<\",\"list\":[1,null,true]}", facets.Trim(), "\"serverGap\":\"stub\",");
        string once = Written(Assert.Single(Read(line)).Posture!);
        Posture again = Assert.Single(Read(once)).Posture!;

        Assert.Equal(once, Written(again));
        Assert.Equal("stub", again.Server.Gap);
        Assert.Equal("1.50", again.Server.Body.GetProperty("properties").GetProperty("n").GetRawText());
        Assert.Equal("ü'+<", again.Server.Body.GetProperty("properties").GetProperty("ä").GetString());
        Assert.Equal("r", Assert.Single(again.FacetOf(FacetTypes.Replicas).Resources).Name);
    }

    [Fact]
    public void Secrets_are_taken_out_and_settings_stay()
    {
        string properties = """
            {"administratorLoginPassword":"hunter2hunter2","authConfig":{"passwordAuth":"Enabled"},
             "dataEncryption":{"primaryKeyURI":"https://v.vault.azure.net/keys/k/1"},
             "nested":[{"storageAccountKey":"hunter2hunter2","connectionStrings":["hunter2hunter2"],"clientSecret":"hunter2hunter2"}],
             "url":"https://s.blob.core.windows.net/c/f?sv=2024&sig=hunter2hunter2hunter2",
             "dsn":"host=h;Password=hunter2hunter2","jwk":{"kty":"RSA","n":"public","d":"hunter2hunter2"},
             "link":"postgres://me:hunter2hunter2@host/db","accessToken":"hunter2hunter2"}
            """;
        string facets = $$$"""
            [{"type":"Microsoft.DBforPostgreSQL/flexibleServers/configurations","resources":[
              {"id":"{{{Prefix}}}a/configurations/password_encryption","name":"password_encryption","properties":{"value":"md5"}},
              {"id":"{{{Prefix}}}a/configurations/anon.salt","name":"anon.salt","properties":{"value":"hunter2hunter2","defaultValue":"hunter2hunter2"}}]}]
            """;
        string written = Written(Assert.Single(Read(Line("a", properties, facets))).Posture!);

        Assert.DoesNotContain("hunter2", written, StringComparison.Ordinal);
        Posture again = Assert.Single(Read(written)).Posture!;
        JsonElement body = again.Server.Body.GetProperty("properties");
        Assert.True(UnknownValue.Is(body.GetProperty("administratorLoginPassword")));
        Assert.Equal("Enabled", body.GetProperty("authConfig").GetProperty("passwordAuth").GetString());
        Assert.Equal("https://v.vault.azure.net/keys/k/1", body.GetProperty("dataEncryption").GetProperty("primaryKeyURI").GetString());
        Assert.Equal("public", body.GetProperty("jwk").GetProperty("n").GetString());
        Assert.Equal("md5", again.FacetOf(FacetTypes.Configurations).Find("password_encryption")!.Body.GetProperty("properties").GetProperty("value").GetString());
        Assert.Equal(written, Written(again));
    }

    [Theory]
    [InlineData("{\"schema\":\"pgsecurity/posture/1\",\"server\":", "middle")]
    [InlineData("not json at all", "not JSON")]
    [InlineData("{\"schema\":\"pgsecurity/posture/9\"}", "version")]
    [InlineData("{\"schema\":\"pgsecurity/posture/1\"}", "'server' is missing")]
    [InlineData("{\"schema\":\"pgsecurity/posture/1\",\"server\":{\"id\":\"/x\"}}", "id of a PostgreSQL server")]
    [InlineData("{\"schema\":\"pgsecurity/posture/1\",\"Schema\":\"x\"}", "twice")]
    [InlineData("{\"schema\":\"pgsecurity/posture/1\",\"a\":{\"b\":1,\"\\u0062\":2}}", "twice")]
    [InlineData("{\"schema\":\"pgsecurity/posture/1\",\"a\":\"\\ud800\"}", "surrogate")]
    public void A_broken_line_is_one_error_and_the_rest_goes_on(string broken, string reason)
    {
        List<PostureReadResult> results = Read(Line("a") + "\n" + broken + "\r\n\n" + Line("b") + "\n" + Line("c"));

        Assert.Equal(new[] { "a", "b", "c" }, results.Where(result => result.Posture is not null).Select(result => result.Posture!.Id.Name));
        InputError error = Assert.Single(results, result => result.Error is not null).Error!;
        Assert.Equal(2, error.Line);
        Assert.Contains(reason, error.Reason, StringComparison.Ordinal);
        Assert.Equal(new long[] { 1, 4, 5 }, results.Where(result => result.Posture is not null).Select(result => long.Parse(result.Posture!.Source.Split(':')[1])));
    }

    [Theory]
    [InlineData("\"facets\":{}", "/facets")]
    [InlineData("\"facets\":[{\"type\":\"t\",\"resources\":[7]}]", "/facets/0/resources/0")]
    [InlineData("\"facets\":[{\"type\":\"t\",\"resources\":[]},{\"type\":\"T\",\"resources\":[]}]", "/facets/1")]
    [InlineData("\"facets\":[{\"type\":\"t\",\"resources\":[],\"gap\":{\"kind\":\"7\",\"reason\":\"r\"}}]", "/facets/0/gap/kind")]
    [InlineData("\"collectedAt\":\"yesterday\"", "/collectedAt")]
    [InlineData("\"serverGap\":1", "/serverGap")]
    public void What_is_not_as_the_format_says_is_pointed_at(string member, string pointer)
    {
        string line = $$$"""{"schema":"pgsecurity/posture/1","server":{"id":"{{{Prefix}}}a","name":"a"},{{{member}}}}""";
        Assert.Equal(pointer, Assert.Single(Read(line)).Error!.Pointer);
    }

    [Fact]
    public void A_torn_last_line_is_an_error()
    {
        List<PostureReadResult> results = Read(Line("a") + "\n" + Line("b").Substring(0, 120));
        Assert.Equal(2, results.Count);
        Assert.Equal(2, results[1].Error!.Line);
        Assert.Contains("cut off", results[1].Error!.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_deep_and_too_long_lines_are_errors_and_memory_is_bounded()
    {
        PostureReaderOptions options = new() { MaximumDocumentBytes = 200_000, MaximumDepth = 20 };
        string deep = new string('[', 21) + new string(']', 21);
        string length = "{\"a\":\"" + new string('x', 400_000) + "\"}";
        List<PostureReadResult> results = PostureReader.ReadText(
            Line("a") + "\n" + deep + "\n" + length + "\n" + Line("b"), "f", options).ToList();

        Assert.Equal(new[] { "a", null, null, "b" }, results.Select(result => result.Posture?.Id.Name));
        Assert.Contains("depth", results[1].Error!.Reason, StringComparison.Ordinal);
        Assert.Contains("longer than 200000 bytes", results[2].Error!.Reason, StringComparison.Ordinal);
        Assert.Equal(3, results[2].Error!.Line);
    }

    public static TheoryData<string, byte[]> Encodings()
    {
        byte[] plain = Encoding.UTF8.GetBytes(Line("a") + "\n" + Line("b", "{\"tags\":\"ü😀\"}") + "\n");
        string text = Encoding.UTF8.GetString(plain);
        return new TheoryData<string, byte[]>
        {
            { "plain", plain },
            { "with a mark", Encoding.UTF8.GetPreamble().Concat(plain).ToArray() },
            { "UTF-16, as Windows PowerShell redirects", Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(text)).ToArray() },
            { "UTF-16 the other way round", Encoding.BigEndianUnicode.GetPreamble().Concat(Encoding.BigEndianUnicode.GetBytes(text)).ToArray() },
            { "gzip", Gzip(plain) },
            { "gzip with a mark inside", Gzip(Encoding.UTF8.GetPreamble().Concat(plain).ToArray()) },
        };
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Encodings_are_known_by_their_first_bytes(string encoding, byte[] bytes)
    {
        List<PostureReadResult> results = PostureReader.Read(new MemoryStream(bytes), encoding).ToList();
        Assert.Equal(new[] { "a", "b" }, results.Select(result => result.Posture?.Id.Name));
        Assert.Equal("ü😀", results[1].Posture!.Server.Body.GetProperty("properties").GetProperty("tags").GetString());
    }

    [Fact]
    public void A_gzip_that_was_cut_off_gives_what_is_there_and_an_error()
    {
        string text = string.Concat(Enumerable.Range(0, 2000).Select(index => Line("s" + index, $$"""{"noise":"{{index * 7919 % 10007}}"}""") + "\n"));
        byte[] whole = Gzip(Encoding.UTF8.GetBytes(text));
        List<PostureReadResult> results = PostureReader.Read(new MemoryStream(whole, 0, whole.Length / 2), "f").ToList();
        Assert.True(results.Count(result => result.Posture is not null) > 100);
        Assert.NotNull(Assert.Single(results, result => result.Posture is null).Error);
    }

    [Fact]
    public void What_is_not_there_is_an_error_among_the_results()
    {
        Assert.Equal("/does/not/exist.ndjson", Assert.Single(PostureReader.Read("/does/not/exist.ndjson")).Error!.File);
        Assert.Contains("folder", Assert.Single(PostureReader.Read(Path.GetTempPath())).Error!.Reason, StringComparison.Ordinal);
        Assert.Empty(PostureReader.ReadText("", "empty"));
    }

    [Fact]
    public void Invalid_utf8_is_an_error_of_its_own_line()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Line("a") + "\n" + Line("X") + "\n" + Line("b"));
        bytes[Array.IndexOf(bytes, (byte)'X')] = 0xFF;
        List<PostureReadResult> results = PostureReader.Read(new MemoryStream(bytes), "f").ToList();
        Assert.Equal(new[] { "a", null, "b" }, results.Select(result => result.Posture?.Id.Name));
        Assert.Contains("UTF-8", results[1].Error!.Reason, StringComparison.Ordinal);
    }

    private static byte[] Gzip(byte[] bytes)
    {
        MemoryStream output = new();
        using (GZipStream gzip = new(output, CompressionLevel.Optimal))
        {
            gzip.Write(bytes, 0, bytes.Length);
        }

        return output.ToArray();
    }
}
