using System.Linq;
using System.Text.Json;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Derived;
using Xunit;

namespace PgSecurity.Core.Tests.Postures.Derived;

public class DiagnosticCoverageTests
{
    [Fact]
    public void A_group_sends_every_category()
    {
        Resource coverage = Settings("""{ "name": "a", "properties": { "storageAccountId": "/s", "logs": [ { "categoryGroup": "audit", "enabled": true } ] } }""");

        Assert.True(coverage.Property("allCategories").GetBoolean());
        Assert.Contains("PostgreSQLFlexSessions", coverage.Strings("categories"));
    }

    [Fact]
    public void Settings_are_taken_together_and_what_sends_nothing_is_left_out()
    {
        Resource coverage = Settings("""
            { "name": "a", "properties": { "storageAccountId": "/s", "logs": [ { "category": "A", "enabled": true }, { "category": "B", "enabled": false } ] } },
            { "name": "b", "properties": { "eventHubAuthorizationRuleId": "/e", "logs": [ { "category": "C", "enabled": true } ] } },
            { "name": "nowhere", "properties": { "workspaceId": null, "logs": [ { "categoryGroup": "allLogs", "enabled": true } ] } }
            """);

        Assert.False(coverage.Property("allCategories").GetBoolean());
        Assert.Equal(["A", "C"], coverage.Strings("categories"));
        Assert.Equal(["storageAccount", "eventHub"], Destinations(coverage).Select(one => one.GetProperty("kind").GetString()));
    }

    [Fact]
    public void A_dead_retention_policy_changes_nothing() =>
        Assert.Equal(["A"], Settings("""{ "name": "a", "properties": { "storageAccountId": "/s", "logs": [ { "category": "A", "enabled": true, "retentionPolicy": { "enabled": true, "days": 1 } } ] } }""").Strings("categories"));

    [Fact]
    public void A_gap_leaves_room_for_more_categories_and_destinations()
    {
        Resource coverage = Derivation.Only(DiagnosticCoverage.FacetType, $$"""{ "unavailable": { "{{FacetTypes.DiagnosticSettings}}": "403" } }""");

        Assert.True(coverage.IsUnknown("allCategories"));
        Assert.True(UnknownValue.Is(Assert.Single(coverage.Property("categories").EnumerateArray())));
        Assert.True(UnknownValue.Is(Assert.Single(Destinations(coverage))));
    }

    [Fact]
    public void What_is_certain_decides_beside_what_is_not()
    {
        Resource coverage = Settings("""
            { "name": "a", "properties": { "storageAccountId": "/s", "logs": [ { "categoryGroup": "allLogs", "enabled": true } ] } },
            { "name": "b", "properties": { "workspaceId": { "$unknown": "why" }, "logs": [ { "category": "A", "enabled": { "$unknown": "why" } } ] } }
            """);

        Assert.True(coverage.Property("allCategories").GetBoolean());
        Assert.DoesNotContain(coverage.Property("categories").EnumerateArray(), UnknownValue.Is);
        Assert.Contains(Destinations(coverage), UnknownValue.Is);
    }

    [Fact]
    public void An_entry_whose_switch_is_not_known_may_send()
    {
        Resource coverage = Settings("""{ "name": "a", "properties": { "storageAccountId": "/s", "logs": [ { "category": "PostgreSQLLogs", "enabled": { "$unknown": "why" } } ] } }""");

        Assert.True(coverage.IsUnknown("allCategories"));
        Assert.True(UnknownValue.Is(Assert.Single(Destinations(coverage)).GetProperty("serverLogs")));
    }

    [Theory]
    [InlineData(30, 30)]
    [InlineData(-1, 36500)]
    public void A_workspace_shows_its_retention(int days, int expected)
    {
        Resource coverage = Derivation.Only(
            DiagnosticCoverage.FacetType,
            $$"""{ "resources": { "{{FacetTypes.Workspaces}}": { "log-contoso-security": { "properties": { "retentionInDays": {{days}} } } } } }""");

        JsonElement destination = Assert.Single(Destinations(coverage));
        Assert.Equal(expected, destination.GetProperty("retentionDays").GetInt32());
        Assert.True(destination.GetProperty("serverLogs").GetBoolean());
    }

    [Fact]
    public void A_workspace_that_was_not_read_has_no_known_retention() =>
        Assert.True(UnknownValue.Is(Assert.Single(Destinations(Derivation.Only(
            DiagnosticCoverage.FacetType, $$"""{ "facets": { "{{FacetTypes.Workspaces}}": [] } }"""))).GetProperty("retentionDays")));

    private static JsonElement[] Destinations(Resource coverage) => coverage.Property("destinations").EnumerateArray().ToArray();

    private static Resource Settings(string settings) =>
        Derivation.Only(DiagnosticCoverage.FacetType, $$"""{ "facets": { "{{FacetTypes.DiagnosticSettings}}": [ {{settings}} ] } }""");
}
