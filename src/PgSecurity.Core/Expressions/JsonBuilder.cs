using System;
using System.IO;
using System.Text.Json;

namespace PgSecurity.Core.Expressions;

/// <summary>Makes JSON that outlives its writer.</summary>
internal static class JsonBuilder
{
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 512 };

    /// <summary>What the callback writes, as a value.</summary>
    public static JsonElement Build<T>(T state, Action<Utf8JsonWriter, T> write)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream))
        {
            write(writer, state);
        }

        return Parse(new ReadOnlyMemory<byte>(stream.GetBuffer(), 0, (int)stream.Length));
    }

    /// <summary>The JSON of a text.</summary>
    public static JsonElement Parse(string text)
    {
        using JsonDocument document = JsonDocument.Parse(text, Deep);
        return document.RootElement.Clone();
    }

    private static JsonElement Parse(ReadOnlyMemory<byte> utf8)
    {
        using JsonDocument document = JsonDocument.Parse(utf8, Deep);
        return document.RootElement.Clone();
    }
}
