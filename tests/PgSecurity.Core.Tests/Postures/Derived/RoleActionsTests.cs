using System.Text.Json;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Derived;
using Xunit;

namespace PgSecurity.Core.Tests.Postures.Derived;

public class RoleActionsTests
{
    private const string Write = "Microsoft.DBforPostgreSQL/flexibleServers/write";

    [Theory]
    [InlineData("*", true)]
    [InlineData("*/write", true)]
    [InlineData("microsoft.dbforpostgresql/*", true)]
    [InlineData("Microsoft.DBforPostgreSQL/*/write", true)]
    [InlineData("Microsoft.DBforPostgreSQL/flexibleServers/write", true)]
    [InlineData("Microsoft.DBforPostgreSQL/**write", true)]
    [InlineData("*/read", false)]
    [InlineData("Microsoft.DBforPostgreSQL/flexibleServers", false)]
    [InlineData("Microsoft.DBforPostgreSQL/servers/*", false)]
    [InlineData("", false)]
    public void A_star_stands_for_any_text(string pattern, bool expected) => Assert.Equal(expected, RoleActions.Matches(pattern, Write));

    [Fact]
    public void A_pattern_of_many_stars_takes_no_longer() =>
        Assert.False(RoleActions.Matches(string.Concat(System.Linq.Enumerable.Repeat("*a", 200)) + "b", new string('a', 5000)));

    [Fact]
    public void What_notActions_take_away_another_permission_can_still_grant()
    {
        Assert.Equal(Truth.False, Of("""[ { "actions": ["*"], "notActions": ["Microsoft.DBforPostgreSQL/*"] } ]""").Grants(Write));
        Assert.Equal(Truth.True, Of("""[ { "actions": ["*"], "notActions": ["Microsoft.DBforPostgreSQL/*"] }, { "actions": ["*/write"] } ]""").Grants(Write));
        Assert.Equal(Truth.False, Of("[]").Grants(Write));
        Assert.Equal(Truth.False, Of("null").Grants(Write));
    }

    [Theory]
    [InlineData("""{ "$unknown": "why" }""")]
    [InlineData("""[ { "$unknown": "why" } ]""")]
    [InlineData("""[ { "actions": { "$unknown": "why" } } ]""")]
    [InlineData("""[ { "actions": [ { "$unknown": "why" } ] } ]""")]
    [InlineData("""[ { "actions": ["*"], "notActions": [ { "$unknown": "why" } ] } ]""")]
    public void What_is_not_known_of_a_role_neither_grants_nor_denies(string permissions) =>
        Assert.Equal(Truth.Unknown, Of(permissions).Grants(Write));

    [Fact]
    public void What_is_known_decides_where_it_can()
    {
        Assert.Equal(Truth.True, Of("""[ { "actions": ["*", { "$unknown": "why" }] } ]""").Grants(Write));
        Assert.Equal(Truth.False, Of("""[ { "actions": [{ "$unknown": "why" }], "notActions": ["*"] } ]""").Grants(Write));
        Assert.Equal(Truth.Unknown, new RoleActions(null, "gone").Grants(Write));
    }

    [Theory]
    [InlineData("""["Microsoft.DBforPostgreSQL/flexibleServers/*"]""", "Microsoft.DBforPostgreSQL/flexibleServers/*")]
    [InlineData("""["Microsoft.Storage/*", "*"]""", "*")]
    [InlineData("""["Microsoft.DBforPostgreSQL/flexibleServers/firewallRules/*"]""", null)]
    [InlineData("""["*/read"]""", null)]
    [InlineData("""["Microsoft.DBforPostgreSQL/flexibleServers/write"]""", null)]
    public void A_wildcard_over_the_provider_spans_more_than_one_type(string actions, string? expected)
    {
        RoleActions role = Of($$"""[ { "actions": {{actions}} } ]""");

        Assert.Equal(expected, role.WildcardOverProvider());
        Assert.Equal(expected is null ? Truth.False : Truth.True, role.HasWildcardOverProvider);
    }

    private static RoleActions Of(string permissions)
    {
        JsonElement body = JsonDocument.Parse($$"""{ "properties": { "permissions": {{permissions}} } }""").RootElement;
        return new RoleActions(new Resource("/id", FacetTypes.RoleDefinitions, "role", body), "");
    }
}
