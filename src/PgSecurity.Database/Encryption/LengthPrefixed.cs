using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Text;

namespace PgSecurity.Database.Encryption;

/// <summary>
/// Texts as bytes that can be read in one way only: their number, then each with its length before it. Without lengths
/// ("ab","c") and ("a","bc") would be the same, and a value could be moved from one place to the other.
/// </summary>
internal static class LengthPrefixed
{
    /// <summary>The bytes: numbers are 32 bits, big-endian; texts are UTF-8.</summary>
    public static byte[] Of(params string[] texts)
    {
        List<byte> bytes = [];
        Add(bytes, texts.Length);
        foreach (string text in texts)
        {
            byte[] utf8 = Encoding.UTF8.GetBytes(text);
            Add(bytes, utf8.Length);
            bytes.AddRange(utf8);
        }

        return [.. bytes];
    }

    private static void Add(List<byte> bytes, int number)
    {
        Span<byte> four = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(four, number);
        bytes.AddRange(four.ToArray());
    }
}
