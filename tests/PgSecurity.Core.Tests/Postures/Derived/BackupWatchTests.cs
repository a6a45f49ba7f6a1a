using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Derived;
using Xunit;

namespace PgSecurity.Core.Tests.Postures.Derived;

public class BackupWatchTests
{
    private const string Alert = "pg-payments-backup_storage_used";

    [Fact]
    public void A_vault_and_a_received_alert_are_seen()
    {
        Facet watch = Derivation.Of(BackupWatch.FacetType);

        Assert.True(watch.Find("vault")!.Property("vaulted").GetBoolean());
        Assert.Equal("received", watch.Find("alerts")!.Property("alerts").GetString());
        Assert.EndsWith(Alert, watch.Find("alerts")!.Property("alert").GetString(), System.StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "properties": { "currentProtectionState": "ProtectionStopped" } }""")]
    [InlineData("""{ "properties": { "dataSourceInfo": { "resourceID": "/subscriptions/s/resourceGroups/r/providers/Microsoft.DBforPostgreSQL/flexibleServers/another" } } }""")]
    public void A_stopped_instance_and_one_of_another_server_protect_nothing(string change) =>
        Assert.False(Derivation.Of(BackupWatch.FacetType, Instance(change)).Find("vault")!.Property("vaulted").GetBoolean());

    [Fact]
    public void The_id_of_the_server_is_folded() =>
        Assert.True(Derivation.Of(BackupWatch.FacetType, Instance("""
            { "properties": { "dataSourceInfo": { "resourceID":
              "/subscriptions/2F1C9D3E-5b7a-4c68-9e0d-7a1b3c5d7e9f/resourcegroups/RG-payments-prod/providers/microsoft.dbforpostgresql/flexibleservers/contoso-payments" } } }
            """)).Find("vault")!.Property("vaulted").GetBoolean());

    [Theory]
    [InlineData("""{ "properties": { "enabled": false } }""", "is disabled")]
    [InlineData("""{ "properties": { "actions": [] } }""", "has no action group")]
    [InlineData("""{ "properties": { "scopes": [ "/subscriptions/2f1c9d3e-5b7a-4c68-9e0d-7a1b3c5d7e9f/resourceGroups/other" ] } }""", "scope")]
    public void An_alert_that_nobody_gets_does_not_watch(string change, string miss)
    {
        Resource watch = Derivation.Of(
            BackupWatch.FacetType, $$"""{ "resources": { "{{FacetTypes.MetricAlerts}}": { "{{Alert}}": {{change}} } } }""").Find("alerts")!;

        Assert.Contains(miss, watch.Property("alerts").GetString(), System.StringComparison.Ordinal);
    }

    [Fact]
    public void What_could_not_be_listed_is_unknown()
    {
        Facet watch = Derivation.Of(BackupWatch.FacetType, $$"""
            { "facets": { "{{FacetTypes.MetricAlerts}}": [] },
              "unavailable": { "{{FacetTypes.BackupInstances}}": "403", "{{FacetTypes.ActivityLogAlerts}}": "403" } }
            """);

        Assert.True(watch.Find("vault")!.IsUnknown("vaulted"));
        Assert.True(watch.Find("alerts")!.IsUnknown("alerts"));
    }

    private static string Instance(string change) =>
        $$"""{ "resources": { "{{FacetTypes.BackupInstances}}": { "contoso-payments": {{change}} } } }""";
}
