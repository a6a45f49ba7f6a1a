using System;
using System.Collections.Generic;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace PgSecurity.Database.Tls.Certificates;

/// <summary>
/// One element of DER, as certificates, revocation lists and OCSP answers are written (ITU-T X.690). Lengths are checked
/// against what is there, so that bytes of a stranger end in a <see cref="FormatException"/> and nowhere else.
/// </summary>
internal readonly struct Der
{
    private readonly byte[] _bytes;
    private readonly int _start;
    private readonly int _content;
    private readonly int _end;

    private Der(byte[] bytes, int start, int content, int end)
    {
        _bytes = bytes;
        _start = start;
        _content = content;
        _end = end;
    }

    /// <summary>The tag's byte, such as 0x30 for a sequence; 0xA0 and up are tags of the context.</summary>
    public byte Tag => _bytes[_start];

    /// <summary>The element with tag and length.</summary>
    public byte[] Encoded => Slice(_start, _end);

    /// <summary>What is in the element.</summary>
    public byte[] Content => Slice(_content, _end);

    /// <summary>Reads the one element that a text of bytes is.</summary>
    /// <exception cref="FormatException">The bytes are not DER, or more follows.</exception>
    public static Der Read(byte[] bytes)
    {
        Der element = ReadAt(bytes, 0, bytes.Length);
        if (element._end != bytes.Length) throw new FormatException("Bytes follow the end of the DER element.");
        return element;
    }

    /// <summary>The elements inside a sequence, a set or an explicit tag.</summary>
    public IReadOnlyList<Der> Items()
    {
        List<Der> items = new();
        for (int at = _content; at < _end; at = items[items.Count - 1]._end)
        {
            items.Add(ReadAt(_bytes, at, _end));
        }

        return items;
    }

    /// <summary>The elements of a sequence; anything else is an error.</summary>
    public IReadOnlyList<Der> Sequence() =>
        Tag == 0x30 ? Items() : throw new FormatException($"A sequence was expected, not tag 0x{Tag:x2}.");

    /// <summary>The single element inside, as of an explicit tag or an octet string that wraps DER.</summary>
    public Der Inner()
    {
        Der inner = ReadAt(_bytes, _content, _end);
        return inner._end == _end ? inner : throw new FormatException("One element was expected.");
    }

    /// <summary>An object identifier with dots.</summary>
    public string Oid()
    {
        if (Tag != 0x06 || _content == _end) throw new FormatException("An object identifier was expected.");
        StringBuilder text = new();
        BigInteger value = BigInteger.Zero;
        bool isFirst = true;
        for (int at = _content; at < _end; at++)
        {
            value = (value << 7) | (_bytes[at] & 0x7f);
            if ((_bytes[at] & 0x80) != 0) continue;
            if (isFirst)
            {
                int top = value < 40 ? 0 : value < 80 ? 1 : 2;
                text.Append(top.ToString(CultureInfo.InvariantCulture));
                value -= top * 40;
                isFirst = false;
            }

            text.Append('.').Append(value.ToString(CultureInfo.InvariantCulture));
            value = BigInteger.Zero;
        }

        return text.ToString();
    }

    /// <summary>An integer's bytes without leading zeros, in capitals: as serial numbers are compared.</summary>
    public string Hex()
    {
        int at = _content;
        while (at < _end - 1 && _bytes[at] == 0)
        {
            at++;
        }

        return HexText.Of(_bytes, at, _end - at);
    }

    /// <summary>A small integer.</summary>
    public int Integer()
    {
        if (Tag is not (0x02 or 0x0a) || _end - _content is < 1 or > 4) throw new FormatException("A small integer was expected.");
        int value = (sbyte)_bytes[_content];
        for (int at = _content + 1; at < _end; at++)
        {
            value = (value << 8) | _bytes[at];
        }

        return value;
    }

    /// <summary>Whether a boolean is true.</summary>
    public bool Boolean() => Tag == 0x01 && _end > _content && _bytes[_content] != 0;

    /// <summary>The bytes of a bit string; only whole bytes occur in signatures and keys.</summary>
    public byte[] Bits()
    {
        if (Tag != 0x03 || _end == _content) throw new FormatException("A bit string was expected.");
        return Slice(_content + 1, _end);
    }

    /// <summary>A text in the characters of its content.</summary>
    public string Text() => Tag == 0x1e ? Encoding.BigEndianUnicode.GetString(Content) : Encoding.UTF8.GetString(Content);

    /// <summary>A time, UTCTime or GeneralizedTime.</summary>
    public DateTimeOffset Time()
    {
        string text = Encoding.ASCII.GetString(Content);
        if (Tag == 0x17) text = (string.CompareOrdinal(text, "50") >= 0 ? "19" : "20") + text;
        string[] formats = { "yyyyMMddHHmmss'Z'", "yyyyMMddHHmm'Z'", "yyyyMMddHHmmss.FFFFFFF'Z'" };
        return DateTimeOffset.TryParseExact(
            text, formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset time)
            ? time
            : throw new FormatException("A time was expected.");
    }

    private static Der ReadAt(byte[] bytes, int start, int limit)
    {
        if (limit - start < 2) throw new FormatException("The DER ends early.");
        if ((bytes[start] & 0x1f) == 0x1f) throw new FormatException("Long tags do not occur here.");
        int at = start + 1;
        int length = bytes[at++];
        if (length == 0x80 || length > 0x84) throw new FormatException("The length is not DER.");
        if (length > 0x80)
        {
            int count = length & 0x7f;
            if (limit - at < count) throw new FormatException("The DER ends early.");
            length = 0;
            for (int i = 0; i < count; i++)
            {
                length = (length << 8) | bytes[at++];
            }
        }

        if (length < 0 || length > limit - at) throw new FormatException("The DER ends early.");
        return new Der(bytes, start, at, at + length);
    }

    private byte[] Slice(int from, int to)
    {
        byte[] slice = new byte[to - from];
        Buffer.BlockCopy(_bytes, from, slice, 0, slice.Length);
        return slice;
    }
}
