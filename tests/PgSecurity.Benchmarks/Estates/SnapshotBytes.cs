using System;
using System.Collections.Generic;
using System.IO;

namespace PgSecurity.Benchmarks;

/// <summary>A snapshot of any length that stands in no file and in no memory: some lines, again and again.</summary>
internal sealed class SnapshotBytes(IReadOnlyList<byte[]> lines, long count) : Stream
{
    private long _line;
    private int _at;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int size) => Read(buffer.AsSpan(offset, size));

    public override int Read(Span<byte> buffer)
    {
        int given = 0;
        while (given < buffer.Length && _line < count)
        {
            byte[] line = lines[(int)(_line % lines.Count)];
            int taken = Math.Min(buffer.Length - given, line.Length - _at);
            line.AsSpan(_at, taken).CopyTo(buffer[given..]);
            given += taken;
            _at += taken;
            if (_at < line.Length || given == buffer.Length) continue;
            buffer[given++] = (byte)'\n';
            _at = 0;
            _line++;
        }

        return given;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int size) => throw new NotSupportedException();
}
