using System;

namespace PgSecurity.Database.Tls.Wire;

/// <summary>A place in bytes that numbers and blocks are read from, never past their end.</summary>
internal sealed class Cursor
{
    private readonly byte[] _bytes;
    private int _at;

    public Cursor(byte[] bytes, int start)
    {
        _bytes = bytes;
        _at = start;
    }

    /// <summary>Whether all has been read.</summary>
    public bool IsAtEnd => _at == _bytes.Length;

    /// <summary>A number of one byte.</summary>
    public byte Byte() => Bytes(1)[0];

    /// <summary>A number of two bytes.</summary>
    public ushort Number()
    {
        byte[] two = Bytes(2);
        return (ushort)((two[0] << 8) | two[1]);
    }

    /// <summary>A number of three bytes.</summary>
    public int Triple()
    {
        byte[] three = Bytes(3);
        return (three[0] << 16) | (three[1] << 8) | three[2];
    }

    /// <summary>So many bytes.</summary>
    /// <exception cref="FormatException">There are fewer.</exception>
    public byte[] Bytes(int count)
    {
        if (_bytes.Length - _at < count) throw new FormatException("a block ends early");
        byte[] block = new byte[count];
        Buffer.BlockCopy(_bytes, _at, block, 0, count);
        _at += count;
        return block;
    }
}
