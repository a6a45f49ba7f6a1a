using System.Text;

namespace PgSecurity.Core.Expressions;

/// <summary>
/// What the template function <c>uniqueString</c> gives: 13 characters of base 32 over a 64-bit Murmur hash. Microsoft
/// does not document the hash; the tests compare with what Azure's own implementation answers.
/// </summary>
internal static class UniqueString
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";
    private const uint C1 = 0x239B961B;
    private const uint C2 = 0xAB0E9789;

    /// <summary>The string for a text, the arguments joined by <c>-</c>.</summary>
    public static string Of(string text)
    {
        ulong hash = Hash(Encoding.UTF8.GetBytes(text));
        StringBuilder result = new(13);
        for (int i = 0; i < 13; i++)
        {
            result.Append(Alphabet[(int)(hash >> 59)]);
            hash <<= 5;
        }

        return result.ToString();
    }

    private static ulong Hash(byte[] data)
    {
        unchecked
        {
            uint h1 = 0;
            uint h2 = 0;
            int at = 0;
            for (; at + 7 < data.Length; at += 8)
            {
                h1 ^= Rotate(Word(data, at, 4) * C1, 15) * C2;
                h1 = ((Rotate(h1, 19) + h2) * 5) + 0x561CCD1B;
                h2 ^= Rotate(Word(data, at + 4, 4) * C2, 17) * C1;
                h2 = ((Rotate(h2, 13) + h1) * 5) + 0x0BCAA747;
            }

            int left = data.Length - at;
            if (left > 0) h1 ^= Rotate(Word(data, at, left) * C1, 15) * C2;
            if (left > 4) h2 ^= Rotate(Word(data, at + 4, left - 4) * C2, 17) * C1;

            h1 ^= (uint)data.Length;
            h2 ^= (uint)data.Length;
            h1 += h2;
            h2 += h1;
            h1 = Mix(h1);
            h2 = Mix(h2);
            h1 += h2;
            h2 += h1;
            return ((ulong)h2 << 32) | h1;
        }
    }

    private static uint Word(byte[] data, int at, int length)
    {
        uint word = 0;
        for (int i = 0; i < 4 && i < length; i++)
        {
            word |= (uint)data[at + i] << (8 * i);
        }

        return word;
    }

    private static uint Rotate(uint value, int bits) => (value << bits) | (value >> (32 - bits));

    private static uint Mix(uint value)
    {
        unchecked
        {
            value ^= value >> 16;
            value *= 0x85EBCA6B;
            value ^= value >> 13;
            value *= 0xC2B2AE35;
            return value ^ (value >> 16);
        }
    }
}
