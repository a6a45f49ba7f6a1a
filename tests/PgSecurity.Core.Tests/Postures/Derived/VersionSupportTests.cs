using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Derived;
using Xunit;

namespace PgSecurity.Core.Tests.Postures.Derived;

public class VersionSupportTests
{
    [Theory]
    [InlineData("17", "2026-11-24", "standard")]
    [InlineData("13", "2026-11-24", "extended")]
    [InlineData("11", "2026-11-08", "extended")]
    [InlineData("11", "2026-11-09", "ended on 2026-11-08")]
    [InlineData("14", "2026-11-12", "standard")]
    [InlineData("14", "2026-12-12", "extended")]
    public void The_day_decides(string version, string day, string support) =>
        Assert.Equal(support, On(version, day).Property("support").GetString());

    [Fact]
    public void Between_two_dates_of_Microsoft_it_is_one_or_the_other_and_the_earlier_counts_for_planning()
    {
        Resource support = On("14", "2026-11-24");

        Assert.Equal("standard or extended", support.Property("support").GetString());
        Assert.Equal(-12, support.Property("daysOfStandardSupport").GetInt64());
    }

    [Fact]
    public void After_standard_support_without_a_published_extension_support_is_unknown() =>
        Assert.True(On("15", "2027-11-12").IsUnknown("support"));

    [Theory]
    [InlineData("19")]
    [InlineData("")]
    public void A_version_that_is_not_in_the_data_is_unknown(string version)
    {
        Resource support = On(version, "2026-11-24");

        Assert.True(support.IsUnknown("support"));
        Assert.True(support.IsUnknown("daysOfStandardSupport"));
    }

    private static Resource On(string version, string day) => Derivation.Only(
        VersionSupport.FacetType,
        $$"""{ "server": { "properties": { "version": "{{version}}" } }, "collectedAt": "{{day}}T12:00:00Z" }""");
}
