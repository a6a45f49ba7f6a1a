using System;
using System.Text;

namespace PgSecurity.Core.Postures.Reading;

/// <summary>
/// The properties that are asked of every one of some hundred server parameters, and are nearly always what they should be.
/// Where they stand is noted when a snapshot is read, so that a parameter need not be parsed to say that it waits for no restart.
/// </summary>
internal static class Glimpse
{
    /// <summary>No such property.</summary>
    public const int None = -1;

    /// <summary>The index of <c>dataType</c>.</summary>
    public const int DataType = 0;

    /// <summary>The index of <c>isConfigPendingRestart</c>.</summary>
    public const int PendingRestart = 1;

    private static readonly byte[][] Names = { "dataType"u8.ToArray(), "isConfigPendingRestart"u8.ToArray() };

    /// <summary>The index of a property of that name, letter by letter.</summary>
    public static int IndexOf(ReadOnlySpan<byte> name)
    {
        for (int i = 0; i < Names.Length; i++)
        {
            if (name.SequenceEqual(Names[i])) return i;
        }

        return None;
    }

    /// <summary>The index of a property of that name, letter by letter.</summary>
    public static int IndexOf(string name) => IndexOf(Encoding.UTF8.GetBytes(name));
}
