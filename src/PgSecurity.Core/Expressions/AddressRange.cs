using System;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Numerics;

namespace PgSecurity.Core.Expressions;

/// <summary>A range of IPv4 or IPv6 addresses, written as one address, as CIDR, or as <c>first-last</c>.</summary>
internal readonly struct AddressRange
{
    private AddressRange(BigInteger first, BigInteger last, bool isIPv4, int prefixLength)
    {
        First = first;
        Last = last;
        IsIPv4 = isIPv4;
        PrefixLength = prefixLength;
    }

    public BigInteger First { get; }

    public BigInteger Last { get; }

    public bool IsIPv4 { get; }

    /// <summary>The length of the prefix in bits; that of a single address for a range written with both ends.</summary>
    public int PrefixLength { get; }

    public int Bits => IsIPv4 ? 32 : 128;

    public BigInteger Netmask => (BigInteger.One << Bits) - (BigInteger.One << (Bits - PrefixLength));

    /// <summary>Reads a range; false where the text is none.</summary>
    public static bool TryParse(string text, out AddressRange range)
    {
        range = default;
        int dash = text.IndexOf("-", StringComparison.Ordinal);
        if (dash >= 0) return TryParseEnds(text.Substring(0, dash), text.Substring(dash + 1), out range);

        int slash = text.IndexOf("/", StringComparison.Ordinal);
        if (!TryParseAddress(slash < 0 ? text : text.Substring(0, slash), out BigInteger address, out bool isIPv4)) return false;

        int bits = isIPv4 ? 32 : 128;
        int prefix = bits;
        if (slash >= 0
            && (!int.TryParse(text.Substring(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out prefix)
                || prefix > bits))
        {
            return false;
        }

        BigInteger size = BigInteger.One << (bits - prefix);
        BigInteger first = address - (address % size);
        range = new AddressRange(first, first + size - 1, isIPv4, prefix);
        return true;
    }

    /// <summary>Whether another range of the same family lies within this one.</summary>
    public bool Contains(AddressRange other) => First <= other.First && other.Last <= Last;

    /// <summary>An address as text.</summary>
    public static string Format(BigInteger address, bool isIPv4)
    {
        byte[] bytes = new byte[isIPv4 ? 4 : 16];
        for (int i = bytes.Length - 1; i >= 0; i--)
        {
            bytes[i] = (byte)(address & 0xFF);
            address >>= 8;
        }

        return new IPAddress(bytes).ToString();
    }

    private static bool TryParseEnds(string from, string to, out AddressRange range)
    {
        range = default;
        if (!TryParseAddress(from, out BigInteger first, out bool isIPv4)
            || !TryParseAddress(to, out BigInteger last, out bool lastIsIPv4)
            || isIPv4 != lastIsIPv4
            || last < first)
        {
            return false;
        }

        range = new AddressRange(first, last, isIPv4, isIPv4 ? 32 : 128);
        return true;
    }

    private static bool TryParseAddress(string text, out BigInteger value, out bool isIPv4)
    {
        value = default;
        isIPv4 = false;
        string trimmed = text.Trim();
        // IPAddress reads "10" and "10.1" as addresses too; nobody means them.
        bool dotted = trimmed.Count(c => c == '.') == 3;
        bool colons = trimmed.IndexOf(":", StringComparison.Ordinal) >= 0;
        if ((!dotted && !colons) || trimmed.IndexOf("%", StringComparison.Ordinal) >= 0) return false;
        if (!IPAddress.TryParse(trimmed, out IPAddress? address)) return false;

        isIPv4 = address.AddressFamily == AddressFamily.InterNetwork;
        foreach (byte b in address.GetAddressBytes())
        {
            value = (value << 8) | b;
        }

        return true;
    }
}
