using System;
using System.Collections.Concurrent;
using System.Text;
using System.Threading;

namespace PgSecurity.Core.Postures.Reading;

/// <summary>
/// The resources of an input that came more than once in the same words but for the parent in their id. A text is kept when
/// it comes for the second time, so that what is unique takes no room; what is kept is bounded, and compared byte by byte
/// before it is taken for the same. Any number of threads may use it.
/// </summary>
internal sealed class KnownResources(int maximumDepth)
{
    private const int MostResources = 8192;
    private const int MostBytes = 8 * 1024 * 1024;
    private const int LongestText = 32 * 1024;

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private readonly ConcurrentDictionary<ulong, KnownResource> _known = new();

    // The fingerprints of texts that came once; a new one takes the place of another.
    private readonly ulong[] _once = new ulong[MostResources * 2];
    private int _count;
    private int _bytes;

    /// <summary>What came before in the words of a resource; null where nothing did.</summary>
    /// <param name="line">The line that it stands in.</param>
    /// <param name="place">Where it stands.</param>
    /// <exception cref="DecoderFallbackException">Its text is not UTF-8.</exception>
    public KnownResource? Recall(ReadOnlySpan<byte> line, in SnapshotOutline.ResourcePlace place)
    {
        int start = SegmentStart(line, place.Id);
        ReadOnlySpan<byte> text = line.Slice(start, place.Body.End - start);
        ulong fingerprint = Fingerprint.Of(text);
        if (_known.TryGetValue(fingerprint, out KnownResource? known)) return text.SequenceEqual(known.Text) ? known : null;
        if (!IsPlain(line, place) || text.Length > LongestText || _count >= MostResources || _bytes > MostBytes) return null;

        ref ulong once = ref _once[(int)(fingerprint % (ulong)_once.Length)];
        if (Volatile.Read(ref once) != fingerprint)
        {
            Volatile.Write(ref once, fingerprint);
            return null;
        }

        byte[] kept = text.ToArray();
        _ = StrictUtf8.GetCharCount(kept);
        SnapshotOutline.ResourcePlace inKept = place with { Id = new TextPlace(start, place.Id.End) };
        known = new KnownResource(kept, inKept.Moved(-start), maximumDepth);
        if (!_known.TryAdd(fingerprint, known)) return null;
        Interlocked.Increment(ref _count);
        Interlocked.Add(ref _bytes, text.Length);
        return known;
    }

    /// <summary>Whether nothing of a resource but the parent in its id stands before the last segment of the id.</summary>
    public static bool IsPlain(ReadOnlySpan<byte> line, in SnapshotOutline.ResourcePlace place) =>
        !place.IsMarked && place.Name.IsThere && line.Slice(place.Body.Start, place.Id.Start - place.Body.Start).SequenceEqual(KnownResource.Start);

    private static int SegmentStart(ReadOnlySpan<byte> line, TextPlace id) =>
        id.Start + line.Slice(id.Start, id.Length).LastIndexOf((byte)'/') + 1;
}
