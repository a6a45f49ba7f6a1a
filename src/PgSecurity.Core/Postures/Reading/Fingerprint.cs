using System;
using System.Runtime.InteropServices;

namespace PgSecurity.Core.Postures.Reading;

/// <summary>Sixty-four bits by which texts are told apart quickly. Who meets the same ones compares the texts.</summary>
internal static class Fingerprint
{
    private const ulong Prime = 0x9E3779B97F4A7C15;

    /// <summary>That of some bytes: the same in one process, whatever the machine.</summary>
    public static ulong Of(ReadOnlySpan<byte> bytes)
    {
        ulong print = (ulong)bytes.Length * Prime;
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (ulong word in words)
        {
            print = (print ^ word) * Prime;
            print ^= print >> 32;
        }

        foreach (byte rest in bytes.Slice(words.Length * sizeof(ulong)))
        {
            print = (print ^ rest) * Prime;
        }

        return print ^ (print >> 29);
    }
}
