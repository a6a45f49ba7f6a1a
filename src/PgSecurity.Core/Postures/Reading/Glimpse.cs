using System;
using System.Text;
using PgSecurity.Core.Expressions;

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

    /// <summary>A property's value in a text, where it was noted; false where it was not.</summary>
    /// <param name="text">The text that the resource stands in.</param>
    /// <param name="place">Where it stands.</param>
    /// <param name="glimpse">Which property.</param>
    /// <param name="value">The value.</param>
    public static bool TryRead(byte[] text, in SnapshotOutline.ResourcePlace place, int glimpse, out ExpressionValue value)
    {
        TextPlace at = glimpse switch
        {
            DataType => place.DataType,
            PendingRestart => place.PendingRestart,
            _ => default,
        };
        value = default;
        if (!at.IsThere) return false;
        value = glimpse == DataType
            ? ExpressionValue.From(TextMemory.Decode(text, at))
            : ExpressionValue.From(text[at.Start] == (byte)'t');
        return true;
    }
}
