using System;
using System.Text;
using System.Text.Json;
using PgSecurity.Core.Snapshots;

namespace PgSecurity.Core.Postures.Reading;

/// <summary>
/// Reads one line of a snapshot that stands whole in a buffer. Several may read lines of the same buffer at once; each
/// remembers names and texts from line to line.
/// </summary>
internal sealed class SnapshotLineReader(string file, PostureReaderOptions options, NameTable names)
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private readonly DuplicateKeys _keys = new(names);
    private readonly SnapshotOutline _outline = new();
    private readonly SnapshotReader _snapshots = new(file, names);

    /// <summary>The posture, or what is wrong with it; null where the line is not one whole value as the writer writes it.</summary>
    public PostureReadResult? TryRead(byte[] buffer, TextPlace place, long line)
    {
        try
        {
            if (!Scan(buffer.AsSpan(place.Start, place.Length))) return null;
            _ = StrictUtf8.GetCharCount(buffer, place.Start, place.Length);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or DecoderFallbackException)
        {
            return null;
        }

        return _snapshots.Read(new JsonText(buffer, place, options.MaximumDepth), _outline, line);
    }

    private bool Scan(ReadOnlySpan<byte> line)
    {
        _keys.Reset();
        _outline.Reset();
        Utf8JsonReader reader = new(line, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, MaxDepth = options.MaximumDepth });
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.String && reader.ValueIsEscaped) _ = reader.GetString();
            _keys.Observe(ref reader);
            _outline.Observe(ref reader, 0);
        }

        return _outline.IsWhole && _keys.Found is null;
    }
}
