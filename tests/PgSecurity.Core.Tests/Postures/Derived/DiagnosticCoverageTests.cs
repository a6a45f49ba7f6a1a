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
    }

    [Fact]
    public void A_dead_retention_policy_changes_nothing() =>
        Assert.Equal(["A"], Settings("""{ "name": "a", "properties": { "storageAccountId": "/s", "logs": [ { "category": "A", "enabled": true, "retentionPolicy": { "enabled": true, "days": 1 } } ] } }""").Strings("categories"));

    [Fact]
    public void A_gap_leaves_room_for_more_categories()
    {
        Resource coverage = Derivation.Only(DiagnosticCoverage.FacetType, $$"""{ "unavailable": { "{{FacetTypes.DiagnosticSettings}}": "403" } }""");

        Assert.True(coverage.IsUnknown("allCategories"));
        Assert.True(UnknownValue.Is(Assert.Single(coverage.Property("categories").EnumerateArray())));
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
    }

    [Fact]
    public void An_entry_whose_switch_is_not_known_may_send()
    {
        Resource coverage = Settings("""{ "name": "a", "properties": { "storageAccountId": "/s", "logs": [ { "category": "PostgreSQLLogs", "enabled": { "$unknown": "why" } } ] } }""");

        Assert.True(coverage.IsUnknown("allCategories"));
        Assert.True(UnknownValue.Is(Assert.Single(coverage.Property("categories").EnumerateArray())));
    }

    private static Resource Settings(string settings) =>
        Derivation.Only(DiagnosticCoverage.FacetType, $$"""{ "facets": { "{{FacetTypes.DiagnosticSettings}}": [ {{settings}} ] } }""");
}
