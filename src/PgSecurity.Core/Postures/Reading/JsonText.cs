using System;
using System.Text.Json;

namespace PgSecurity.Core.Postures.Reading;

/// <summary>One JSON value of an input: its bytes, which are its own and were checked, and an outline where it is a snapshot's line.</summary>
/// <param name="Utf8">The bytes.</param>
/// <param name="MaximumDepth">The deepest nesting that is allowed.</param>
/// <param name="Outline">Where things stand in them, if they are a snapshot's line; valid until the next value is read.</param>
internal readonly record struct JsonText(byte[] Utf8, int MaximumDepth, SnapshotOutline? Outline = null)
{
    /// <summary>A copy of a value that stands in a buffer.</summary>
    public static JsonText Copy(byte[] buffer, TextPlace place, int maximumDepth, SnapshotOutline? outline = null)
    {
#if NET
        byte[] own = GC.AllocateUninitializedArray<byte>(place.Length);
#else
        byte[] own = new byte[place.Length];
#endif
        Buffer.BlockCopy(buffer, place.Start, own, 0, place.Length);
        return new JsonText(own, maximumDepth, outline);
    }

    /// <summary>The value, which keeps the bytes.</summary>
    public JsonElement Parse() => Parse(new TextPlace(0, Utf8.Length));

    /// <summary>A value in the value, which keeps the bytes.</summary>
    public JsonElement Parse(TextPlace place) => JsonDocument.Parse(
        Utf8.AsMemory(place.Start, place.Length),
        new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, MaxDepth = MaximumDepth }).RootElement;
}
