using System.Text;

namespace PgSecurity.Database.Tls.Certificates;

/// <summary>Bytes as hexadecimal digits in capitals, as fingerprints are written.</summary>
internal static class HexText
{
    private const string Digits = "0123456789ABCDEF";

    /// <summary>The digits of some bytes.</summary>
    public static string Of(byte[] bytes) => Of(bytes, 0, bytes.Length);

    /// <summary>The digits of the bytes in a range.</summary>
    public static string Of(byte[] bytes, int start, int length)
    {
        StringBuilder text = new(length * 2);
        for (int at = start; at < start + length; at++)
        {
            text.Append(Digits[bytes[at] >> 4]).Append(Digits[bytes[at] & 15]);
        }

        return text.ToString();
    }
}
