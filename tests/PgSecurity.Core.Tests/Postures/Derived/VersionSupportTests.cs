using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Derived;
using Xunit;

namespace PgSecurity.Core.Tests.Postures.Derived;

public class VersionSupportTests
{
    [Theory]
    [InlineData("17", "2026-11-24", true, true)]
    [InlineData("13", "2026-11-24", false, true)]
    [InlineData("11", "2026-11-08", false, true)]
    [InlineData("11", "2026-11-09", false, false)]
    [InlineData("14", "2026-11-12", true, true)]
    [InlineData("14", "2026-12-12", false, true)]
    public void The_day_decides(string version, string day, bool standard, bool fixes)
    {
        Resource support = On(version, day);

        Assert.Equal(standard, support.Property("inStandardSupport").GetBoolean());
        Assert.Equal(fixes, support.Property("getsSecurityFixes").GetBoolean());
    }

    [Fact]
    public void Between_two_dates_of_Microsoft_standard_support_is_unknown()
    {
        Resource support = On("14", "2026-11-24");

        Assert.True(support.IsUnknown("inStandardSupport"));
        Assert.True(support.Property("getsSecurityFixes").GetBoolean());
        Assert.Equal(-12, support.Property("daysOfStandardSupport").GetInt64());
    }

    [Fact]
    public void After_standard_support_without_a_published_extension_fixes_are_unknown() =>
        Assert.True(On("15", "2027-11-12").IsUnknown("getsSecurityFixes"));

    [Theory]
    [InlineData("19")]
    [InlineData("")]
    public void A_version_that_is_not_in_the_data_is_unknown(string version)
    {
        Resource support = On(version, "2026-11-24");

        Assert.True(support.IsUnknown("inStandardSupport"));
        Assert.True(support.IsUnknown("getsSecurityFixes"));
        Assert.True(support.IsUnknown("daysOfStandardSupport"));
    }

    private static Resource On(string version, string day) => Derivation.Only(
        VersionSupport.FacetType,
        $$"""{ "server": { "properties": { "version": "{{version}}" } }, "collectedAt": "{{day}}T12:00:00Z" }""");
}
