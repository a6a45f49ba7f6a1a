using System;
using System.Text;
using System.Text.Json;
using PgSecurity.Core.Snapshots;

namespace PgSecurity.Core.Postures.Reading;

/// <summary>
/// Reads one line of a snapshot that stands whole in a buffer. Several may read lines of the same buffer at once; each
/// remembers names and texts from line to line. A resource that stands in the words of one before it is compared with that
/// one, and none of its tokens are looked at (<see cref="KnownResources"/>).
/// </summary>
internal sealed class SnapshotLineReader(string file, PostureReaderOptions options, NameTable names, KnownResources known)
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
            if (!Scan(buffer, place)) return null;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or DecoderFallbackException)
        {
            return null;
        }

        return _snapshots.Read(new JsonText(buffer, place, options.MaximumDepth), _outline, line);
    }

    private bool Scan(byte[] buffer, TextPlace place)
    {
        _keys.Reset();
        _outline.Reset();
        ReadOnlySpan<byte> line = buffer.AsSpan(place.Start, place.Length);
        int offset = 0;
        KnownResource? last = null;
        int lastFacet = -1;
        Utf8JsonReader reader = new(line, isFinalBlock: true, new JsonReaderState(new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, MaxDepth = options.MaximumDepth }));
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.String && reader.ValueIsEscaped) _ = reader.GetString();
            _keys.Observe(ref reader);
            int resources = _outline.Resources.Count;
            _outline.Observe(ref reader, offset);
            if (_outline.Resources.Count == resources) continue;

            KnownResource? recalled = _keys.Found is null ? known.Recall(line, _outline.Resources[resources]) : null;
            if (recalled is not null && KnownResources.IsPlain(line, _outline.Resources[resources])) _outline.Recognise(recalled);
            if (lastFacet == _outline.Facets.Count) last?.IsFollowedBy(recalled);
            lastFacet = _outline.Facets.Count;
            int end = offset + (int)reader.BytesConsumed;
            int skipped = SkipKnown(line, end, ref recalled);
            last = recalled;
            if (skipped == 0) continue;

            CheckUtf8(buffer, place.Start + offset, end - offset);
            offset = end + skipped;
            reader = new Utf8JsonReader(line.Slice(offset), isFinalBlock: true, reader.CurrentState);
        }

        CheckUtf8(buffer, place.Start + offset, line.Length - offset);
        return _outline.IsWhole && _keys.Found is null;
    }

    /// <summary>Goes past the resources that follow as they followed before, and gives their length.</summary>
    private int SkipKnown(ReadOnlySpan<byte> line, int from, ref KnownResource? at)
    {
        if (at is null) return 0;
        TextPlace id = _outline.Resources[_outline.Resources.Count - 1].Id;
        ReadOnlySpan<byte> parent = line.Slice(id.Start, id.Length - at.NameLength);
        int end = from;
        while (at.FollowerIn(line.Slice(end), parent) is { } next)
        {
            SnapshotOutline.ResourcePlace place = next.At(end, parent.Length);
            _outline.Add(place);
            end = place.Body.End;
            at = next;
        }

        return end - from;
    }

    /// <summary>What was recognised has been checked before, and begins and ends between characters.</summary>
    private static void CheckUtf8(byte[] buffer, int start, int length) => _ = StrictUtf8.GetCharCount(buffer, start, length);
}
