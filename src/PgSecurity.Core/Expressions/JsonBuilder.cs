using System;
using System.IO;
using System.Text.Json;

namespace PgSecurity.Core.Expressions;

/// <summary>Makes JSON that outlives its writer.</summary>
internal static class JsonBuilder
{
    private const int MaximumKeptBytes = 64 * 1024;

    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 512 };

    // Facts are built by the dozen for each server: a thread uses its writer again.
    [ThreadStatic]
    private static (MemoryStream Stream, Utf8JsonWriter Writer)? _resting;

    /// <summary>What the callback writes, as a value.</summary>
    public static JsonElement Build<T>(T state, Action<Utf8JsonWriter, T> write)
    {
        (MemoryStream stream, Utf8JsonWriter writer) = _resting ?? New();
        _resting = null;
        write(writer, state);
        writer.Flush();
        JsonElement value = Parse(stream.GetBuffer().AsMemory(0, (int)stream.Length));
        if (stream.Capacity <= MaximumKeptBytes)
        {
            stream.SetLength(0);
            writer.Reset();
            _resting = (stream, writer);
        }

        return value;
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

    private static (MemoryStream Stream, Utf8JsonWriter Writer) New()
    {
        MemoryStream stream = new();
        return (stream, new Utf8JsonWriter(stream));
    }
}
