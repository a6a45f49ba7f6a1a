using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Derived;
using Xunit;

namespace PgSecurity.Core.Tests.Postures.Derived;

public class ReachabilityTests
{
    private const string NoEndpoint = "\"facets\": { \"Microsoft.DBforPostgreSQL/flexibleServers/privateEndpointConnections\": [] }";

    [Fact]
    public void A_private_endpoint_is_a_way_in_and_stays_when_public_access_goes()
    {
        Resource ways = Of("{}");

        Assert.True(ways.Property("privateEndpoint").GetBoolean());
        Assert.False(ways.Property("publicEndpoint").GetBoolean());
        Assert.False(ways.Property("virtualNetwork").GetBoolean());
        Assert.True(ways.Property("otherWayIn").GetBoolean());
        Assert.True(ways.Property("reachable").GetBoolean());
    }

    [Fact]
    public void A_public_endpoint_without_rules_is_no_way_in()
    {
        Resource ways = Of($$"""{ "server": { "properties": { "network": { "publicNetworkAccess": "Enabled" } } }, {{NoEndpoint}} }""");

        Assert.True(ways.Property("publicEndpoint").GetBoolean());
        Assert.False(ways.Property("firewallOpen").GetBoolean());
        Assert.False(ways.Property("otherWayIn").GetBoolean());
        Assert.False(ways.Property("reachable").GetBoolean());
    }

    [Fact]
    public void Public_access_that_is_absent_is_on_unless_there_is_a_subnet()
    {
        Assert.True(Of($$"""{ "remove": ["properties.network"], {{NoEndpoint}} }""").Property("publicEndpoint").GetBoolean());

        Resource integrated = Of($$"""{ "server": { "properties": { "network": { "publicNetworkAccess": "Enabled", "delegatedSubnetResourceId": "/subscriptions/x" } } }, {{NoEndpoint}} }""");
        Assert.False(integrated.Property("publicEndpoint").GetBoolean());
        Assert.True(integrated.Property("otherWayIn").GetBoolean());
    }

    [Fact]
    public void What_is_not_known_is_not_a_way_in_and_not_none()
    {
        Resource refused = Of($$"""{ "unavailable": { "{{FacetTypes.PrivateEndpointConnections}}": "403" } }""");
        Assert.True(refused.IsUnknown("privateEndpoint"));
        Assert.True(refused.IsUnknown("otherWayIn"));
        Assert.True(refused.IsUnknown("reachable"));

        Resource projected = Of("""{ "remove": ["properties.network"], "serverGap": "not asked for" }""");
        Assert.True(projected.IsUnknown("publicEndpoint"));
        Assert.True(projected.Property("reachable").GetBoolean());
    }

    private static Resource Of(string changes) => Derivation.Only(Reachability.TypeName, changes);
}
