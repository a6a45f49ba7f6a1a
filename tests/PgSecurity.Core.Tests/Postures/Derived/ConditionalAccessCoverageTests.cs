using System.Linq;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Derived;
using Xunit;

namespace PgSecurity.Core.Tests.Postures.Derived;

public class ConditionalAccessCoverageTests
{
    private const string Good = """
        "state": "enabled",
        "conditions": { "clientAppTypes": ["all"], "applications": { "includeApplications": ["All"] }, "users": { "includeUsers": ["All"], "excludeGroups": ["g"] } },
        "grantControls": { "operator": "OR", "builtInControls": ["mfa"] }
        """;

    [Fact]
    public void A_policy_as_Graph_gives_it_reads_like_one_under_properties()
    {
        Resource nested = Coverage($$"""{ "name": "p", "properties": { {{Good}} } }""");
        Resource flat = Coverage($$"""{ "name": "p", {{Good}} }""");

        Assert.True(nested.Property("enforces").GetBoolean());
        Assert.Equal(1, nested.Property("exclusions").GetInt32());
        Assert.Equal(nested.Property("enforces").GetBoolean(), flat.Property("enforces").GetBoolean());
        Assert.Equal(1, flat.Property("exclusions").GetInt32());
    }

    [Theory]
    [InlineData("\"enabled\"", "\"disabled\"", "enforces")]
    [InlineData("[\"All\"] },", "[\"All\"], \"excludeApplications\": [\"123cd850-d9df-40bd-94d5-c9f07b7fa203\"] },", "coversDatabases")]
    [InlineData("\"users\":", "\"platforms\": { \"includePlatforms\": [\"windows\"] }, \"users\":", "unconditional")]
    [InlineData("\"users\":", "\"devices\": { \"deviceFilter\": { \"mode\": \"exclude\", \"rule\": \"x\" } }, \"users\":", "unconditional")]
    [InlineData("\"users\":", "\"userRiskLevels\": [\"high\"], \"users\":", "unconditional")]
    [InlineData("[\"mfa\"]", "[\"mfa\", \"domainJoinedDevice\"]", "requiresMultifactor")]
    [InlineData("[\"mfa\"]", "[\"compliantDevice\"]", "requiresMultifactor")]
    [InlineData("[\"mfa\"]", "[\"mfa\"], \"termsOfUse\": [\"t\"]", "requiresMultifactor")]
    [InlineData("[\"mfa\"]", "[], \"authenticationStrength\": { \"requirementsSatisfied\": \"none\" }", "requiresMultifactor")]
    public void Each_way_out_is_seen(string from, string to, string property)
    {
        Resource coverage = Coverage($$"""{ "name": "p", "properties": { {{Good.Replace(from, to, System.StringComparison.Ordinal)}} } }""");

        Assert.False(coverage.Property(property).GetBoolean());
        Assert.False(coverage.Property("enforces").GetBoolean());
    }

    [Theory]
    [InlineData("\"users\":", "\"platforms\": null, \"locations\": { \"includeLocations\": [\"All\"], \"excludeLocations\": [] }, \"devices\": { \"deviceFilter\": null }, \"userRiskLevels\": [], \"users\":")]
    [InlineData("[\"all\"]", "[\"browser\", \"mobileAppsAndDesktopClients\"]")]
    [InlineData("[\"mfa\"]", "[], \"authenticationStrength\": { \"id\": \"x\" }")]
    [InlineData("[\"mfa\"]", "[\"block\"]")]
    [InlineData("\"OR\", \"builtInControls\": [\"mfa\"]", "\"AND\", \"builtInControls\": [\"mfa\", \"compliantDevice\"]")]
    public void What_is_as_strict_is_as_good(string from, string to) => Assert.True(
        Coverage($$"""{ "name": "p", "properties": { {{Good.Replace(from, to, System.StringComparison.Ordinal)}} } }""").Property("enforces").GetBoolean());

    [Theory]
    [InlineData("\"enabled\"")]
    [InlineData("[\"all\"]")]
    [InlineData("[\"All\"]")]
    [InlineData("[\"mfa\"]")]
    [InlineData("{ \"operator\": \"OR\", \"builtInControls\": [\"mfa\"] }")]
    public void What_is_not_known_does_not_enforce_and_is_no_hole(string part) => Assert.True(
        Coverage($$"""{ "name": "p", "properties": { {{Good.Replace(part, "{ \"$unknown\": \"why\" }", System.StringComparison.Ordinal)}} } }""").IsUnknown("enforces"));

    [Fact]
    public void A_tenant_that_could_not_be_read_leaves_the_facet_open() => Assert.Equal(
        "403", Derivation.Of(ConditionalAccessCoverage.TypeName, $$"""{ "unavailable": { "{{FacetTypes.ConditionalAccess}}": "403" } }""").Gap!.Reason);

    private static Resource Coverage(string policy) =>
        Derivation.Of(ConditionalAccessCoverage.TypeName, $$"""{ "facets": { "{{FacetTypes.ConditionalAccess}}": [ {{policy}} ] } }""").Resources.Single();
}
