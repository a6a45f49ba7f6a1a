using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Derived;
using Xunit;

namespace PgSecurity.Core.Tests.Postures.Derived;

public class RegionOffersTests
{
    private const string Plain = """ "server": { "properties": { "highAvailability": { "mode": "Disabled" }, "backup": { "geoRedundantBackup": "Disabled" } } } """;

    [Theory]
    [InlineData("""{ "properties": { "zoneRedundantHaSupported": "Enabled", "geoBackupSupported": "Disabled" } }""", true, false)]
    [InlineData("""{ "zoneRedundantHaSupported": "Disabled", "geoBackupSupported": "Enabled" }""", false, true)]
    [InlineData("""{ "properties": { "supportedFeatures": [ { "name": "ZoneRedundantHa", "status": "Disabled" }, { "name": "GeoBackup", "status": "Enabled" } ] } }""", false, true)]
    public void Capabilities_of_every_api_version_are_read(string capabilities, bool zones, bool geo)
    {
        Resource offers = Derivation.Only(RegionOffers.FacetType, With(capabilities));

        Assert.Equal(zones, offers.Property("zoneRedundancyPossible").GetBoolean());
        Assert.Equal(geo, offers.Property("geoBackupPossible").GetBoolean());
    }

    [Fact]
    public void What_the_server_has_is_possible()
    {
        Resource offers = Derivation.Only(RegionOffers.FacetType, $$"""{ "unavailable": { "{{FacetTypes.Capabilities}}": "403" } }""");

        Assert.True(offers.Property("zoneRedundancyPossible").GetBoolean());
        Assert.True(offers.Property("geoBackupPossible").GetBoolean());
    }

    [Fact]
    public void Without_capabilities_it_is_unknown()
    {
        Resource offers = Derivation.Only(RegionOffers.FacetType, $$"""{ {{Plain}}, "unavailable": { "{{FacetTypes.Capabilities}}": "403" } }""");

        Assert.True(offers.IsUnknown("zoneRedundancyPossible"));
        Assert.True(offers.IsUnknown("geoBackupPossible"));
    }

    private static string With(string capabilities)
    {
        string named = capabilities.Insert(1, "\"name\": \"FlexibleServerCapabilities\", ");
        return $$"""{ {{Plain}}, "facets": { "{{FacetTypes.Capabilities}}": [ {{named}} ] } }""";
    }
}
