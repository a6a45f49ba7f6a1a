using System;
using PgSecurity.Database.Tls.Certificates;
using Xunit;

namespace PgSecurity.Database.Tests.Tls;

public sealed class DerTests
{
    [Theory]
    [InlineData("06092A864886F70D01010B", "1.2.840.113549.1.1.11")]
    [InlineData("0603551D11", "2.5.29.17")]
    [InlineData("06082B06010505073001", "1.3.6.1.5.5.7.48.1")]
    public void An_object_identifier_is_read(string hex, string oid) => Assert.Equal(oid, Der.Read(Bytes(hex)).Oid());

    [Theory]
    [InlineData("170D3439313233313233353935395A", 2049)]
    [InlineData("170D3530303130313030303030305A", 1950)]
    [InlineData("180F32303530303130313030303030305A", 2050)]
    public void A_time_has_its_century(string hex, int year) => Assert.Equal(year, Der.Read(Bytes(hex)).Time().Year);

    [Theory]
    [InlineData("30")]
    [InlineData("3003020101FF")]
    [InlineData("3080")]
    [InlineData("30847FFFFFFF00")]
    [InlineData("3084FFFFFFFF00")]
    [InlineData("1F0100")]
    [InlineData("30050201")]
    public void Broken_bytes_are_a_format_error(string hex) => Assert.Throws<FormatException>(() => Der.Read(Bytes(hex)));

    [Fact]
    public void A_serial_number_loses_its_sign_byte() => Assert.Equal("9F01", Der.Read(Bytes("0203009F01")).Hex());

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
