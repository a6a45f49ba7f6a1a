using Xunit;

namespace PgSecurity.Core.Tests;

public class WildcardTests
{
    [Theory]
    [InlineData("NET-001", "NET-001", true)]
    [InlineData("net-001", "NET-*", true)]
    [InlineData("NET-001", "*", true)]
    [InlineData("", "*", true)]
    [InlineData("", "?", false)]
    [InlineData("NET-001", "NET-00?", true)]
    [InlineData("NET-0011", "NET-00?", false)]
    [InlineData("a/b/c/b/d", "a*b/d", true)]
    [InlineData("a/b/c/b/dx", "a*b/d", false)]
    [InlineData("aaab", "*ab", true)]
    [InlineData("NET-001", "NET", false)]
    [InlineData("NET", "NET-001", false)]
    public void A_pattern_matches_the_whole_text(string text, string pattern, bool expected) =>
        Assert.Equal(expected, Wildcard.Matches(text, pattern));

    [Fact]
    public void A_hostile_pattern_ends_soon() =>
        Assert.False(Wildcard.Matches(new string('a', 20_000), string.Concat(System.Linq.Enumerable.Repeat("a*", 200)) + "b"));

    [Theory]
    [InlineData("NET-01", new[] { "NET-001", "LOG-001", "DAT-010" }, "NET-001")]
    [InlineData("retention", new[] { "backupRetentionDays", "effect" }, "backupRetentionDays")]
    public void The_nearest_name_is_offered(string name, string[] valid, string expected) =>
        Assert.Equal(expected, NearestNames.Of(name, valid)[0]);

    [Fact]
    public void Nothing_is_offered_where_nothing_is_near() => Assert.Empty(NearestNames.Of("xyz", new[] { "backupRetentionDays" }));
}
