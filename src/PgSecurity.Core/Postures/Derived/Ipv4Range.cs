using System;
using System.Globalization;

namespace PgSecurity.Core.Postures.Derived;

/// <summary>A range of IPv4 addresses, both ends in it.</summary>
internal readonly record struct Ipv4Range(uint First, uint Last)
{
    /// <summary>How many addresses: 1 to 2^32.</summary>
    public long Addresses => (long)Last - First + 1;

    /// <summary>Reads an address: four decimal parts of 0 to 255 without leading zeros, which some readers take as octal.</summary>
    public static bool TryParseAddress(string? text, out uint address)
    {
        address = 0;
        string[] parts = (text ?? "").Trim().Split('.');
        if (parts.Length != 4) return false;

        foreach (string part in parts)
        {
            bool canonical = part.Length == 1 || (part.Length is 2 or 3 && part[0] != '0');
            if (!canonical || !byte.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out byte value)) return false;
            address = (address << 8) | value;
        }

        return true;
    }

    /// <summary>An address in dotted form.</summary>
    public static string Format(uint address) =>
        string.Join(".", address >> 24, (address >> 16) & 255, (address >> 8) & 255, address & 255);

    /// <inheritdoc/>
    public override string ToString() => First == Last ? Format(First) : Format(First) + "–" + Format(Last);
}
