using System;
using System.Linq;

namespace PgSecurity.Fuzz.Mutations;

/// <summary>Changes bytes without regard to what they mean.</summary>
internal static class ByteMutation
{
    public static byte[] Of(byte[] input, Random random)
    {
        byte[] bytes = input;
        int times = 1 + random.Next(4);
        for (int time = 0; time < times; time++)
        {
            bytes = Once(bytes, random);
        }

        return bytes;
    }

    private static byte[] Once(byte[] bytes, Random random)
    {
        if (bytes.Length == 0) return [(byte)random.Next(256)];
        int at = random.Next(bytes.Length);
        int length = Math.Min(bytes.Length - at, 1 + random.Next(64));
        switch (random.Next(6))
        {
            case 0:
                return Changed(bytes, at, (byte)(bytes[at] ^ (1 << random.Next(8))));
            case 1:
                return Changed(bytes, at, (byte)random.Next(256));
            case 2:
                return bytes[..at];
            case 3:
                return [.. bytes[..at], .. bytes[(at + length)..]];
            case 4:
                return [.. bytes[..at], .. Enumerable.Repeat(bytes[at..(at + length)], 1 + random.Next(50)).SelectMany(part => part), .. bytes[at..]];
            default:
                int from = random.Next(bytes.Length);
                return [.. bytes[..at], .. bytes[from..Math.Min(bytes.Length, from + length)], .. bytes[(at + length)..]];
        }
    }

    private static byte[] Changed(byte[] bytes, int at, byte value)
    {
        byte[] copy = [.. bytes];
        copy[at] = value;
        return copy;
    }
}
