using System.Net;
using System.Net.Sockets;

namespace PgSecurity.Changes;

/// <summary>Reads IPv4 addresses in their full dotted form.</summary>
internal static class Ipv4
{
    /// <summary>The address as a number; false where the text is none.</summary>
    public static bool TryParse(string text, out uint number)
    {
        number = 0;
        if (!IPAddress.TryParse(text, out IPAddress? address) || address.AddressFamily != AddressFamily.InterNetwork || address.ToString() != text) return false;
        foreach (byte part in address.GetAddressBytes())
        {
            number = (number << 8) | part;
        }

        return true;
    }
}
