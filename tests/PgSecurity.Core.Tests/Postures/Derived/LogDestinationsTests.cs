using System.Linq;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Derived;
using Xunit;

namespace PgSecurity.Core.Tests.Postures.Derived;

public class LogDestinationsTests
{
    [Fact]
    public void Every_destination_of_every_setting_is_one_and_an_empty_one_is_none()
    {
        Facet destinations = Settings("""
            { "name": "a", "properties": { "storageAccountId": "/s/logs", "workspaceId": "", "logs": [ { "category": "PostgreSQLLogs", "enabled": true } ] } },
            { "name": "b", "properties": { "eventHubAuthorizationRuleId": "/e/send", "logs": [ { "category": "PostgreSQLLogs", "enabled": false } ] } },
            { "name": "nowhere", "properties": { "workspaceId": null, "logs": [ { "categoryGroup": "allLogs", "enabled": true } ] } }
            """);

        Assert.True(destinations.IsComplete);
        Assert.Equal(["a.logs", "b.send"], destinations.Resources.Select(one => one.Name));
        Assert.Equal(["storageAccount", "eventHub"], destinations.Resources.Select(one => one.Property("kind").GetString()));
        Assert.Equal([true, false], destinations.Resources.Select(one => one.Property("serverLogs").GetBoolean()));
    }

    [Theory]
    [InlineData(30, 30)]
    [InlineData(-1, 36500)]
    public void A_workspace_shows_its_retention(int days, int expected)
    {
        Resource destination = Derivation.Only(
            LogDestinations.FacetType,
            $$"""{ "resources": { "{{FacetTypes.Workspaces}}": { "log-contoso-security": { "properties": { "retentionInDays": {{days}} } } } } }""");

        Assert.Equal(expected, destination.Property("retentionDays").GetInt32());
        Assert.True(destination.Property("serverLogs").GetBoolean());
    }

    [Fact]
    public void A_workspace_that_was_not_read_has_no_known_retention() =>
        Assert.True(Derivation.Only(LogDestinations.FacetType, $$"""{ "facets": { "{{FacetTypes.Workspaces}}": [] } }""").IsUnknown("retentionDays"));

    [Fact]
    public void A_destination_that_is_not_known_leaves_room_for_more()
    {
        Facet destinations = Settings("""{ "name": "a", "properties": { "storageAccountId": "/s", "workspaceId": { "$unknown": "why" } } }""");

        Assert.Single(destinations.Resources);
        Assert.Equal("why", destinations.Gap!.Reason);
    }

    [Fact]
    public void A_refused_listing_stays_one() =>
        Assert.Equal("403", Derivation.Of(LogDestinations.FacetType, $$"""{ "unavailable": { "{{FacetTypes.DiagnosticSettings}}": "403" } }""").Gap!.Reason);

    private static Facet Settings(string settings) =>
        Derivation.Of(LogDestinations.FacetType, $$"""{ "facets": { "{{FacetTypes.DiagnosticSettings}}": [ {{settings}} ] } }""");
}
