using System;
using System.Text;

namespace PgSecurity.Core.Postures.Reading;

/// <summary>
/// Texts that come again with every server, such as names of parameters, given as the same string each time. Bounded: a text
/// takes the place of another. Used by one thread.
/// </summary>
internal sealed class TextMemory
{
    private const int Slots = 2048;
    private const int LongestText = 128;

    private readonly (byte[]? Utf8, string Text)[] _slots = new (byte[]?, string)[Slots];

    /// <summary>The string of some UTF-8 bytes.</summary>
    public string Of(byte[] document, TextPlace place)
    {
        ReadOnlySpan<byte> utf8 = document.AsSpan(place.Start, place.Length);
        if (utf8.Length > LongestText) return Decode(document, place);
        ref (byte[]? Utf8, string Text) slot = ref _slots[SlotOf(utf8)];
        if (slot.Utf8 is null || !utf8.SequenceEqual(slot.Utf8)) slot = (utf8.ToArray(), Decode(document, place));
        return slot.Text;
    }

    /// <summary>A new string of some UTF-8 bytes.</summary>
    public static string Decode(byte[] document, TextPlace place) => Encoding.UTF8.GetString(document, place.Start, place.Length);

    private static int SlotOf(ReadOnlySpan<byte> utf8)
    {
        uint hash = 2166136261;
        foreach (byte value in utf8)
        {
            hash = (hash ^ value) * 16777619;
        }

        return (int)((hash ^ (hash >> 16)) % Slots);
    }
}
