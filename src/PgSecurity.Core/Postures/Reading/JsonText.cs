using System;
using System.Text.Json;

namespace PgSecurity.Core.Postures.Reading;

/// <summary>One JSON value of an input that was checked, where it stands in the reader's buffer: valid until the next value is read.</summary>
/// <param name="Buffer">The buffer.</param>
/// <param name="Place">Where in it the value stands.</param>
/// <param name="MaximumDepth">The deepest nesting that is allowed.</param>
internal readonly record struct JsonText(byte[] Buffer, TextPlace Place, int MaximumDepth)
{
    /// <summary>The value, with bytes of its own.</summary>
    public JsonElement Parse() => Parse(Place);

    /// <summary>A value in the buffer, with bytes of its own.</summary>
    public JsonElement Parse(TextPlace place) => Parse(Buffer, place, MaximumDepth);

    /// <summary>A copy of some bytes of the buffer.</summary>
    public byte[] Copy(TextPlace place)
    {
#if NET
        byte[] own = GC.AllocateUninitializedArray<byte>(place.Length);
#else
        byte[] own = new byte[place.Length];
#endif
        System.Buffer.BlockCopy(Buffer, place.Start, own, 0, place.Length);
        return own;
    }

    /// <summary>A value in some bytes, with bytes of its own.</summary>
    public static JsonElement Parse(byte[] bytes, TextPlace place, int maximumDepth)
    {
        // What the document works with is of a pool, and goes back; a document that is never disposed of would empty the pool.
        using JsonDocument document = JsonDocument.Parse(
            bytes.AsMemory(place.Start, place.Length),
            new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, MaxDepth = maximumDepth });
        return document.RootElement.Clone();
    }
}
