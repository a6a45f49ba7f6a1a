using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Derived;
using Xunit;

namespace PgSecurity.Core.Tests.Postures.Derived;

public class RegionOffersTests
{
    private const string Plain = """ "server": { "location": "Atlantis", "properties": { "highAvailability": { "mode": "Disabled" }, "backup": { "geoRedundantBackup": "Disabled" } } } """;

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

    [Theory]
    [InlineData("France Central", true, true, false)]
    [InlineData("North Europe", true, true, true)]
    [InlineData("australiacentral2", false, false, false)]
    public void Without_capabilities_the_table_of_regions_answers(string location, bool zones, bool geo, bool confidential)
    {
        Resource offers = Derivation.Only(RegionOffers.FacetType, Without(location, "Standard_D4ds_v5"));

        Assert.Equal(zones, offers.Property("zoneRedundancyPossible").GetBoolean());
        Assert.Equal(geo, offers.Property("geoBackupPossible").GetBoolean());
        Assert.Equal(confidential, offers.Property("confidentialComputePossible").GetBoolean());
    }

    [Fact]
    public void A_region_that_is_nowhere_is_unknown()
    {
        Resource offers = Derivation.Only(RegionOffers.FacetType, Without("Atlantis", "Standard_D4ds_v5"));

        Assert.True(offers.IsUnknown("zoneRedundancyPossible"));
        Assert.True(offers.IsUnknown("geoBackupPossible"));
        Assert.True(offers.IsUnknown("confidentialComputePossible"));
    }

    private static string Without(string location, string size) => $$"""
        { "server": { "location": "{{location}}", "sku": { "name": "{{size}}" },
            "properties": { "highAvailability": { "mode": "Disabled" }, "backup": { "geoRedundantBackup": "Disabled" } } },
          "unavailable": { "{{FacetTypes.Capabilities}}": "403" } }
        """;

    private static string With(string capabilities)
    {
        string named = capabilities.Insert(1, "\"name\": \"FlexibleServerCapabilities\", ");
        return $$"""{ {{Plain}}, "facets": { "{{FacetTypes.Capabilities}}": [ {{named}} ] } }""";
    }
}
