using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Derived;
using Xunit;

namespace PgSecurity.Core.Tests.Postures.Derived;

public class BackupAgesTests
{
    private const string OnDemand = """{ "name": "mine", "properties": { "backupType": "Customer On-Demand", "source": "Customer Initiated", "completedTime": "2026-11-24T02:00:00Z" } }""";

    [Fact]
    public void The_newest_automatic_backup_counts()
    {
        Resource backups = Derivation.Only(BackupAges.FacetType);

        Assert.True(backups.Property("hasAutomatic").GetBoolean());
        Assert.Equal(4, backups.Property("newestAutomaticAgeHours").GetInt64());
    }

    [Fact]
    public void Age_is_measured_from_when_the_posture_was_collected() =>
        Assert.Equal(52, Derivation.Only(BackupAges.FacetType, """{ "collectedAt": "2026-11-26T03:00:00Z" }""").Property("newestAutomaticAgeHours").GetInt64());

    [Fact]
    public void A_backup_that_a_customer_took_is_no_automatic_one() =>
        Assert.False(Derivation.Only(BackupAges.FacetType, $$"""{ "facets": { "{{FacetTypes.Backups}}": [ {{OnDemand}} ] } }""").Property("hasAutomatic").GetBoolean());

    [Fact]
    public void A_listing_that_was_refused_is_no_absence_of_backups()
    {
        Resource backups = Derivation.Only(BackupAges.FacetType, $$"""{ "unavailable": { "{{FacetTypes.Backups}}": "403" } }""");

        Assert.True(backups.IsUnknown("hasAutomatic"));
        Assert.True(backups.IsUnknown("newestAutomaticAgeHours"));
    }

    [Theory]
    [InlineData("2026-11-24T03:00:00Z", true)]
    [InlineData("2026-11-27T03:00:00Z", false)]
    public void With_a_backup_of_unknown_time_only_a_fresh_one_decides(string collectedAt, bool isKnown)
    {
        Resource backups = Derivation.Only(BackupAges.FacetType, $$"""
            { "collectedAt": "{{collectedAt}}",
              "resources": { "{{FacetTypes.Backups}}": { "odd": { "properties": { "backupType": "Full", "source": "Automatic", "completedTime": { "$unknown": "taken out" } } } } } }
            """);

        Assert.Equal(!isKnown, backups.IsUnknown("newestAutomaticAgeHours"));
        Assert.True(backups.Property("hasAutomatic").GetBoolean());
    }
}
