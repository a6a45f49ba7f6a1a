using System;
using System.Collections.Generic;

namespace PgSecurity.Core.Postures.Reading;

/// <summary>
/// The names that an object has up to a point, in their order, none of them twice. Objects of one kind have the same
/// names in the same order, so the next name is nearly always the one that came next before.
/// </summary>
internal sealed class NameOrder
{
    private const int LongestOrder = 64;
    private const int MostContinuations = 48;

    private readonly List<NameOrder> _continuations = new();
    private NameOrder? _last;
    private NameOrder? _inside;
    private NameOrder? _insideTags;

    private NameOrder(byte[] name, NameOrder? before, bool exactCase)
    {
        Name = name;
        Before = before;
        Length = before is null ? 0 : before.Length + 1;
        ExactCase = exactCase;
        IsTags = name.AsSpan().SequenceEqual("tags"u8) || name.AsSpan().SequenceEqual("Tags"u8);
    }

    /// <summary>The last name, in UTF-8 without escapes; empty where there is none yet.</summary>
    public byte[] Name { get; }

    /// <summary>The names before it; null where there is none yet.</summary>
    public NameOrder? Before { get; }

    /// <summary>How many names there are.</summary>
    public int Length { get; }

    /// <summary>Whether names that differ in case only are different names.</summary>
    public bool ExactCase { get; }

    /// <summary>Whether the last name is that of tags, whose own names are a user's.</summary>
    public bool IsTags { get; }

    /// <summary>Whether another continuation can be remembered.</summary>
    public bool HasRoom => Length < LongestOrder && _continuations.Count < MostContinuations;

    /// <summary>An object before its first name.</summary>
    public static NameOrder Empty(bool exactCase) => new(Array.Empty<byte>(), null, exactCase);

    /// <summary>An ASCII letter as a small one, any other byte as it is.</summary>
    public static byte Fold(byte value) => value is >= (byte)'A' and <= (byte)'Z' ? (byte)(value | 0x20) : value;

    /// <summary>An object in the value of the last name, before its first name.</summary>
    public NameOrder Inside(bool asTags) => asTags
        ? _insideTags ??= Empty(exactCase: true)
        : _inside ??= Empty(exactCase: false);

    /// <summary>The order with another name, where it is remembered; null where it is not, whether the name is new or a repetition.</summary>
    public NameOrder? Next(ReadOnlySpan<byte> name)
    {
        NameOrder? last = _last;
        if (last is not null && name.SequenceEqual(last.Name)) return last;
        foreach (NameOrder one in _continuations)
        {
            if (name.SequenceEqual(one.Name)) return _last = one;
        }

        return null;
    }

    /// <summary>Whether a name is among those there are.</summary>
    public bool Holds(ReadOnlySpan<byte> name)
    {
        for (NameOrder? held = this; held is { Length: > 0 }; held = held.Before)
        {
            if (ExactCase ? name.SequenceEqual(held.Name) : IsSameFolded(name, held.Name)) return true;
        }

        return false;
    }

    /// <summary>Remembers the order with another name, which is not yet among them.</summary>
    public NameOrder Add(ReadOnlySpan<byte> name)
    {
        NameOrder longer = new(name.ToArray(), this, ExactCase);
        _continuations.Add(longer);
        return _last = longer;
    }

    private static bool IsSameFolded(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        if (one.Length != other.Length) return false;
        for (int i = 0; i < one.Length; i++)
        {
            if (Fold(one[i]) != Fold(other[i])) return false;
        }

        return true;
    }
}
