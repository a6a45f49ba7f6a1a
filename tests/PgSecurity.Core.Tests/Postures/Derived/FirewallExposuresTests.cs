using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Derived;
using Xunit;

namespace PgSecurity.Core.Tests.Postures.Derived;

public class FirewallExposuresTests
{
    [Fact]
    public void The_union_is_counted_once_and_only_what_is_public()
    {
        Resource union = Union(("office", "203.0.113.0", "203.0.113.255"), ("floor", "203.0.113.128", "203.0.113.255"),
            ("gateway", "198.51.100.7", "198.51.100.7"), ("lan", "10.0.0.0", "10.255.255.255"), ("azure", "0.0.0.0", "0.0.0.0"));

        Assert.Equal(257, union.Property("publicAddresses").GetInt64());
        Assert.Equal(257, union.Property("knownPublicAddresses").GetInt64());
        Assert.Equal(5, union.Property("rules").GetInt32());
        Assert.Equal(1, union.Property("privateRules").GetInt32());
        Assert.Equal("203.0.113.0–203.0.113.255", union.Property("widestSpan").GetString());
        Assert.Equal(256, union.Property("widestSpanAddresses").GetInt64());
        Assert.True(union.Property("allAzure").GetBoolean());
        Assert.False(union.Property("wholeInternet").GetBoolean());
    }

    [Fact]
    public void No_rules_let_nobody_in()
    {
        Resource union = Union();

        Assert.Equal(0, union.Property("publicAddresses").GetInt64());
        Assert.False(union.Property("allAzure").GetBoolean());
        Assert.False(union.Property("wholeInternet").GetBoolean());
        Assert.False(union.Has("widestSpan"));
    }

    [Fact]
    public void Everything_is_every_public_address()
    {
        Resource union = Union(("low", "0.0.0.0", "127.255.255.255"), ("high", "128.0.0.0", "255.255.255.255"));

        Assert.Equal(Ipv4Space.PublicAddresses, union.Property("publicAddresses").GetInt64());
        Assert.True(union.Property("wholeInternet").GetBoolean());
        Assert.False(union.Property("allAzure").GetBoolean());
    }

    [Theory]
    [InlineData("0.0.0.1", "255.255.255.254", true)]
    [InlineData("1.0.0.0", "255.255.255.255", true)]
    [InlineData("0.0.0.0", "127.255.255.255", true)]
    [InlineData("48.0.0.0", "63.255.255.255", true)]
    [InlineData("17.0.0.0", "17.255.255.255", false)]
    [InlineData("240.0.0.0", "255.255.255.255", false)]
    [InlineData("0.0.0.0", "0.255.255.255", false)]
    public void The_internet_at_large_is_a_sixteenth_of_it(string first, string last, bool expected) =>
        Assert.Equal(expected, Union(("range", first, last)).Property("wholeInternet").GetBoolean());

    [Fact]
    public void With_rules_that_may_exist_only_what_can_no_longer_change_is_said()
    {
        Resource some = PartOf(("office", "203.0.113.4", "203.0.113.4"), ("azure", "0.0.0.0", "0.0.0.0"));

        Assert.True(some.IsUnknown("rules"));
        Assert.True(some.IsUnknown("publicAddresses"));
        Assert.True(some.IsUnknown("wholeInternet"));
        Assert.True(some.IsUnknown("privateRules"));
        Assert.True(some.IsUnknown("widestSpanAddresses"));
        Assert.Equal(1, some.Property("knownPublicAddresses").GetInt64());
        Assert.Equal(2, some.Property("knownRules").GetInt32());
        Assert.True(some.Property("allAzure").GetBoolean());
        Assert.True(PartOf(("all", "0.0.0.0", "255.255.255.255")).Property("wholeInternet").GetBoolean());
        Assert.True(PartOf().IsUnknown("allAzure"));
    }

    [Theory]
    [InlineData("""{ "$unknown": "why" }""", "\"203.0.113.4\"")]
    [InlineData("\"203.0.113.9\"", "\"203.0.113.4\"")]
    [InlineData("\"office\"", "\"203.0.113.4\"")]
    [InlineData("null", "\"203.0.113.4\"")]
    public void A_rule_of_which_the_extent_is_not_known_leaves_the_sum_open(string start, string end)
    {
        Resource union = Derivation.Only(FirewallExposures.TypeName, $$"""
            { "facets": { "{{FacetTypes.FirewallRules}}": [
              { "name": "x", "properties": { "startIpAddress": {{start}}, "endIpAddress": {{end}} } },
              { "name": "y", "properties": { "startIpAddress": "203.0.113.4", "endIpAddress": "203.0.113.4" } } ] } }
            """);

        Assert.True(union.IsUnknown("publicAddresses"));
        Assert.Equal(1, union.Property("knownPublicAddresses").GetInt64());
        Assert.Equal(2, union.Property("rules").GetInt32());
    }

    [Fact]
    public void Only_the_widest_rules_open_the_internet_and_each_keeps_its_own_id()
    {
        Facet ranges = Derivation.Of(FirewallRanges.TypeName, Changes(
            ("office", "203.0.113.4", "203.0.113.4"), ("low", "0.0.0.0", "127.255.255.255"),
            ("high", "128.0.0.0", "255.255.255.255"), ("all", "0.0.0.0", "255.255.255.255"), ("azure", "0.0.0.0", "0.0.0.0")));

        Assert.Equal(new[] { "all", "high", "low" }, Opening(ranges));
        Assert.All(ranges.Resources, range => Assert.EndsWith("/firewallRules/" + range.Name, range.Id, System.StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_left_without_the_opening_rules_is_no_longer_the_internet()
    {
        (string, string, string)[] slices = Enumerable.Range(20, 40).Select(part => ($"slice-{part}", $"{part}.0.0.0", $"{part}.255.255.255")).ToArray();
        HashSet<string> opening = new(Opening(Derivation.Of(FirewallRanges.TypeName, Changes(slices))));

        Assert.NotEmpty(opening);
        Assert.True(opening.Count < slices.Length);
        Assert.False(Union(slices.Where(slice => !opening.Contains(slice.Item1)).ToArray()).Property("wholeInternet").GetBoolean());
    }

    [Theory]
    [InlineData("203.0.113.4", "203.0.113.9", "public")]
    [InlineData("9.255.255.255", "10.0.0.0", "public")]
    [InlineData("0.0.0.0", "0.0.0.0", "azure")]
    [InlineData("172.16.0.0", "172.31.255.255", "private")]
    [InlineData("172.16.0.0", "172.32.0.0", "public")]
    [InlineData("100.64.0.1", "100.64.0.1", "unroutable")]
    [InlineData("0.0.0.0", "0.0.0.1", "unroutable")]
    [InlineData("203.0.113.9", "203.0.113.4", "unreadable")]
    [InlineData("203.0.113.4/30", "203.0.113.7", "unreadable")]
    public void A_rule_reaches_one_kind_of_address(string first, string last, string expected) => Assert.Equal(
        expected, Derivation.Only(FirewallRanges.TypeName, Changes(("rule", first, last))).Property("reach").GetString());

    [Fact]
    public void Ranges_of_a_list_that_is_not_complete_are_not_complete_either()
    {
        Posture posture = Tests.Controls.CasePosture.Build(new(), "test").With(Facet.Unavailable(FacetTypes.FirewallRules, "403"));

        Assert.Equal("403", posture.FacetOf(FirewallRanges.TypeName).Gap!.Reason);
        Assert.True(posture.FacetOf(FirewallExposures.TypeName).Resources.Single().IsUnknown("publicAddresses"));
    }

    private static string[] Opening(Facet ranges) => ranges.Resources
        .Where(range => range.Property("opensTheInternet").ValueKind == JsonValueKind.True)
        .Select(range => range.Name).Order().ToArray();

    private static Resource Union(params (string, string, string)[] rules) =>
        Derivation.Only(FirewallExposures.TypeName, Changes(rules));

    private static Resource PartOf(params (string, string, string)[] rules)
    {
        Posture posture = Tests.Controls.CasePosture.Build(
            (System.Text.Json.Nodes.JsonObject)System.Text.Json.Nodes.JsonNode.Parse(Changes(rules))!, "test");
        Facet some = new(FacetTypes.FirewallRules, posture.FacetOf(FacetTypes.FirewallRules).Resources, new FacetGap(FacetGapKind.Partial, "a template"));
        return posture.With(some).FacetOf(FirewallExposures.TypeName).Resources.Single();
    }

    private static string Changes(params (string Name, string First, string Last)[] rules) => JsonSerializer.Serialize(new
    {
        facets = new Dictionary<string, object>
        {
            [FacetTypes.FirewallRules] = rules.Select(rule => new
            {
                name = rule.Name, properties = new { startIpAddress = rule.First, endIpAddress = rule.Last },
            }),
        },
    });
}
