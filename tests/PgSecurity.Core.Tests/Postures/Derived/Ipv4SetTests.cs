using System.Linq;
using PgSecurity.Core.Postures.Derived;
using Xunit;

namespace PgSecurity.Core.Tests.Postures.Derived;

public class Ipv4SetTests
{
    [Theory]
    [InlineData("0.0.0.0", 0u)]
    [InlineData("255.255.255.255", 4294967295u)]
    [InlineData(" 10.0.1.2 ", 167772418u)]
    public void Addresses_are_four_decimal_parts(string text, uint expected)
    {
        Assert.True(Ipv4Range.TryParseAddress(text, out uint address));
        Assert.Equal(expected, address);
        Assert.Equal(text.Trim(), Ipv4Range.Format(address));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("10.0.0")]
    [InlineData("10.0.0.0.0")]
    [InlineData("10.0.0.256")]
    [InlineData("10.0.0.-1")]
    [InlineData("10.0.0.+1")]
    [InlineData("010.0.0.1")]
    [InlineData("10.0.0.1/32")]
    [InlineData("10.0.0. 1")]
    [InlineData("::1")]
    [InlineData("*")]
    public void Anything_else_is_no_address(string? text) => Assert.False(Ipv4Range.TryParseAddress(text, out _));

    [Fact]
    public void Overlapping_and_touching_ranges_become_one_span()
    {
        Ipv4Set set = Set((10, 20), (15, 30), (31, 40), (50, 60), (52, 55));

        Assert.Equal(new[] { new Ipv4Range(10, 40), new Ipv4Range(50, 60) }, set.Spans);
        Assert.Equal(42, set.Addresses);
        Assert.Equal(new Ipv4Range(10, 40), set.Widest);
    }

    [Fact]
    public void The_last_address_does_not_overflow()
    {
        Ipv4Set halves = Set((0, 0x7FFFFFFF), (0x80000000, uint.MaxValue), (5, uint.MaxValue));

        Assert.Equal(1L << 32, halves.Addresses);
        Assert.Single(halves.Spans);
        Assert.Empty(halves.Except(Set((0, uint.MaxValue))).Spans);
        Assert.Equal(new[] { new Ipv4Range(0, uint.MaxValue - 1) }, halves.Except(Set((uint.MaxValue, uint.MaxValue))).Spans);
    }

    [Fact]
    public void What_is_taken_away_may_lie_anywhere()
    {
        Ipv4Set set = Set((10, 20), (30, 40));

        Assert.Equal(new[] { new Ipv4Range(13, 14), new Ipv4Range(17, 20), new Ipv4Range(36, 40) }, set.Except(Set((0, 12), (15, 16), (25, 35))).Spans);
        Assert.Equal(set.Spans, set.Except(Set()).Spans);
        Assert.Null(Set().Widest);
    }

    [Fact]
    public void Private_and_unroutable_addresses_are_no_part_of_the_internet()
    {
        Assert.Equal(17_891_328, Ipv4Space.Private.Addresses);
        Assert.Equal((1L << 32) - Ipv4Space.NotPublic.Addresses, Ipv4Space.PublicAddresses);
        Assert.InRange(Ipv4Space.PublicAddresses, 3_600_000_000, 3_710_000_000);
        Assert.True(Ipv4Space.InternetAtLarge > 1 << 24, "a /8 of one organisation is not the internet");
    }

    private static Ipv4Set Set(params (uint First, uint Last)[] ranges) =>
        new(ranges.Select(range => new Ipv4Range(range.First, range.Last)));
}
