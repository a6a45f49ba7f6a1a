using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Derived;
using Xunit;

namespace PgSecurity.Core.Tests.Postures.Derived;

public class StandbyStateTests
{
    [Theory]
    [InlineData("Healthy", true)]
    [InlineData("FailingOver", false)]
    [InlineData("CreatingStandby", false)]
    public void Only_a_healthy_standby_is_healthy(string state, bool healthy) =>
        Assert.Equal(healthy, With($"\"state\": \"{state}\"").Property("healthy").GetBoolean());

    [Theory]
    [InlineData("\"state\": \"\"")]
    [InlineData("\"state\": null")]
    public void A_state_that_is_not_given_is_unknown(string state) => Assert.True(With(state).IsUnknown("healthy"));

    [Fact]
    public void Without_high_availability_there_is_no_standby() =>
        Assert.Empty(Derivation.Of(StandbyState.FacetType, """{ "server": { "properties": { "highAvailability": { "mode": "Disabled" } } } }""").Resources);

    private static Resource With(string state) =>
        Derivation.Only(StandbyState.FacetType, "{ \"server\": { \"properties\": { \"highAvailability\": { " + state + " } } } }");
}
