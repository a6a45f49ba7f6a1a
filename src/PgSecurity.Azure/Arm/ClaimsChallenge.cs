using System;
using System.Text;
using Azure;

namespace PgSecurity.Azure.Arm;

/// <summary>The claims that a 401 asks for (continuous access evaluation).</summary>
internal static class ClaimsChallenge
{
    internal static string? In(Response response)
    {
        const string Name = "claims=\"";
        string? header = ArmHeaders.Text(response, "WWW-Authenticate");
        int start = header?.IndexOf(Name, StringComparison.OrdinalIgnoreCase) ?? -1;
        if (start < 0) return null;
        start += Name.Length;
        int end = header!.IndexOf("\"", start, StringComparison.Ordinal);
        if (end <= start) return null;

        string encoded = header.Substring(start, end - start).Replace('-', '+').Replace('_', '/');
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(encoded.PadRight((encoded.Length + 3) / 4 * 4, '=')));
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
