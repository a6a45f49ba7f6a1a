using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Derived;
using Xunit;

namespace PgSecurity.Core.Tests.Postures.Derived;

public class StandbyStateTests
{
    [Fact]
    public void The_state_is_what_the_service_says()
    {
        Resource standby = With("\"state\": \"FailingOver\"");

        Assert.Equal("FailingOver", standby.Property("state").GetString());
        Assert.Equal("ZoneRedundant", standby.Property("mode").GetString());
    }

    [Theory]
    [InlineData("\"state\": \"\"")]
    [InlineData("\"state\": null")]
    public void A_state_that_is_not_given_is_unknown(string state) => Assert.True(With(state).IsUnknown("state"));

    [Fact]
    public void Without_high_availability_there_is_no_standby() =>
        Assert.Empty(Derivation.Of(StandbyState.FacetType, """{ "server": { "properties": { "highAvailability": { "mode": "Disabled" } } } }""").Resources);

    private static Resource With(string state) =>
        Derivation.Only(StandbyState.FacetType, "{ \"server\": { \"properties\": { \"highAvailability\": { " + state + " } } } }");
}
