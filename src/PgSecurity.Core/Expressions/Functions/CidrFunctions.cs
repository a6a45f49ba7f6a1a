using System;
using System.Numerics;

namespace PgSecurity.Core.Expressions.Functions;

/// <summary>Functions of address ranges.</summary>
internal static class CidrFunctions
{
    public static readonly ExpressionFunction[] All =
    [
        new("parseCidr", 1, 1, static (a, _) => Parse(a[0].Text)),
        new("cidrSubnet", 3, 3, static (a, _) => Subnet(a[0].Text, a[1].Integer, a[2].Integer)),
        new("cidrHost", 2, 2, static (a, _) => Host(a[0].Text, a[1].Integer)),
    ];

    private static ExpressionValue Parse(string text)
    {
        AddressRange range = Range(text);
        bool hasHosts = range.IsIPv4 && range.PrefixLength < 31;
        MemberTable members = new();
        members.Set("network", ExpressionValue.From(AddressRange.Format(range.First, range.IsIPv4)));
        members.Set("netmask", ExpressionValue.From(AddressRange.Format(range.Netmask, range.IsIPv4)));
        if (range.IsIPv4) members.Set("broadcast", ExpressionValue.From(AddressRange.Format(range.Last, true)));
        members.Set("firstUsable", ExpressionValue.From(
            AddressRange.Format(hasHosts ? range.First + 1 : range.First, range.IsIPv4)));
        members.Set("lastUsable", ExpressionValue.From(
            AddressRange.Format(hasHosts ? range.Last - 1 : range.Last, range.IsIPv4)));
        members.Set("cidr", ExpressionValue.From(range.PrefixLength));
        return members.ToObject();
    }

    private static ExpressionValue Subnet(string text, long prefix, long index)
    {
        AddressRange range = Range(text);
        if (prefix < range.PrefixLength || prefix > range.Bits) throw new FunctionFailure("the prefix does not fit the range");

        BigInteger size = BigInteger.One << (int)(range.Bits - prefix);
        BigInteger start = range.First + (size * index);
        return index >= 0 && start <= range.Last
            ? ExpressionValue.From(FormattableString.Invariant($"{AddressRange.Format(start, range.IsIPv4)}/{prefix}"))
            : throw new FunctionFailure("the range has no subnet of that index");
    }

    private static ExpressionValue Host(string text, long index)
    {
        AddressRange range = Range(text);
        BigInteger offset = range.IsIPv4 && range.PrefixLength < 31 ? index + 1 : (BigInteger)index;
        BigInteger last = range.IsIPv4 && range.PrefixLength < 31 ? range.Last - 1 : range.Last;
        return index >= 0 && range.First + offset <= last
            ? ExpressionValue.From(AddressRange.Format(range.First + offset, range.IsIPv4))
            : throw new FunctionFailure("the range has no host of that index");
    }

    private static AddressRange Range(string text) =>
        text.IndexOf("/", StringComparison.Ordinal) > 0 && AddressRange.TryParse(text, out AddressRange range)
            ? range
            : throw new FunctionFailure("the text is not an address range such as 10.0.0.0/24");
}
