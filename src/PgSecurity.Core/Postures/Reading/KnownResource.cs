using System;
using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading;
using PgSecurity.Core.Expressions;

namespace PgSecurity.Core.Postures.Reading;

/// <summary>
/// A resource that stands in several lines of a snapshot in the same words but for the parent in its id: most server
/// parameters of an estate, its roles, its policies. It is checked and parsed once. Any number of threads may use it.
/// </summary>
internal sealed class KnownResource
{
    private const int MostFollowers = 8;

    private readonly byte[] _text;
    private readonly SnapshotOutline.ResourcePlace _place;
    private readonly int _maximumDepth;
    private readonly ExpressionValue _dataType;
    private readonly ExpressionValue _pendingRestart;
    private KnownResource[] _followers = Array.Empty<KnownResource>();
    private object? _properties;
    private ConcurrentDictionary<Type, object>? _readings;

    /// <summary>Keeps a resource.</summary>
    /// <param name="text">Its bytes, from the last segment of its id on.</param>
    /// <param name="place">Where things stand in them.</param>
    /// <param name="maximumDepth">The deepest nesting that is allowed.</param>
    public KnownResource(byte[] text, in SnapshotOutline.ResourcePlace place, int maximumDepth)
    {
        _text = text;
        _place = place;
        _maximumDepth = maximumDepth;
        Name = TextMemory.Decode(text, place.Name);
        IdSegment = TextMemory.Decode(text, place.Id);
        _ = Glimpse.TryRead(text, place, Glimpse.DataType, out _dataType);
        _ = Glimpse.TryRead(text, place, Glimpse.PendingRestart, out _pendingRestart);
        Gap = place.Gap.IsThere ? TextMemory.Decode(text, place.Gap) : null;
    }

    /// <summary>What a resource begins with whose first member is its id.</summary>
    public static ReadOnlySpan<byte> Start => "{\"id\":\""u8;

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>The last segment of its id.</summary>
    public string IdSegment { get; }

    /// <summary>Why properties that it lacks are unknown; null where absent means absent.</summary>
    public string? Gap { get; }

    /// <summary>The length of the last segment of its id, in bytes.</summary>
    public int NameLength => _place.Id.Length;

    /// <summary>Its bytes, from the last segment of its id on.</summary>
    public ReadOnlySpan<byte> Text => _text;

    /// <summary>Remembers what came after it.</summary>
    public void IsFollowedBy(KnownResource? next)
    {
        KnownResource[] followers = Volatile.Read(ref _followers);
        if (next is null || followers.Length >= MostFollowers || Array.IndexOf(followers, next) >= 0) return;
        KnownResource[] more = new KnownResource[followers.Length + 1];
        followers.CopyTo(more, 0);
        more[followers.Length] = next;

        // Of two threads one may overwrite what the other adds: it is added when it is seen again.
        Volatile.Write(ref _followers, more);
    }

    /// <summary>The one among those that came after it before which comes after it in a text, under the same parent; null where none does.</summary>
    public KnownResource? FollowerIn(ReadOnlySpan<byte> text, ReadOnlySpan<byte> parent)
    {
        KnownResource[] followers = Volatile.Read(ref _followers);
        if (followers.Length == 0 || text.Length == 0 || text[0] != (byte)',') return null;
        text = text.Slice(1);
        if (!text.StartsWith(Start)) return null;
        text = text.Slice(Start.Length);
        if (!text.StartsWith(parent)) return null;
        text = text.Slice(parent.Length);
        foreach (KnownResource follower in followers)
        {
            if (text.StartsWith(follower._text)) return follower;
        }

        return null;
    }

    /// <summary>Where it stands after a comma.</summary>
    /// <param name="comma">The place of the comma.</param>
    /// <param name="parentLength">How many bytes of the id come before its last segment.</param>
    public SnapshotOutline.ResourcePlace At(int comma, int parentLength)
    {
        int body = comma + 1;
        int id = body + Start.Length;
        return new SnapshotOutline.ResourcePlace
        {
            Body = new TextPlace(body, id + parentLength + _text.Length),
            Id = new TextPlace(id, id + parentLength + NameLength),
            Known = this,
        };
    }

    /// <summary>The resource as a JSON object, under a parent.</summary>
    public JsonElement Body(byte[] parent)
    {
        byte[] whole = new byte[Start.Length + parent.Length + _text.Length];
        Start.CopyTo(whole);
        parent.CopyTo(whole, Start.Length);
        _text.CopyTo(whole, Start.Length + parent.Length);
        return JsonText.Parse(whole, new TextPlace(0, whole.Length), _maximumDepth);
    }

    /// <summary>Its properties, parsed once for all; false where they are no object.</summary>
    public bool TryGetProperties(out JsonElement properties)
    {
        properties = default;
        if (!_place.Properties.IsThere) return false;
        object? known = Volatile.Read(ref _properties);
        if (known is null)
        {
            known = JsonText.Parse(_text, _place.Properties, _maximumDepth);
            Volatile.Write(ref _properties, known);
        }

        properties = (JsonElement)known;
        return true;
    }

    /// <summary>What is read of its words, once for all.</summary>
    /// <param name="resource">One of the resources that stand in them.</param>
    /// <param name="read">Reads it.</param>
    public T Share<T>(Resource resource, Func<Resource, T> read)
        where T : class
    {
        ConcurrentDictionary<Type, object> readings = LazyInitializer.EnsureInitialized(ref _readings)!;
        if (readings.TryGetValue(typeof(T), out object? known)) return (T)known;
        T made = read(resource);
        readings[typeof(T)] = made;
        return made;
    }

    /// <summary>A property's value without parsing; false where that takes parsing it. See <see cref="Glimpse"/>.</summary>
    public bool TryGlimpse(int glimpse, out ExpressionValue value)
    {
        value = glimpse == Glimpse.DataType ? _dataType : _pendingRestart;
        return !value.IsNull && glimpse is Glimpse.DataType or Glimpse.PendingRestart;
    }
}
