using System;
using System.Buffers.Text;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace PgSecurity.Benchmarks;

/// <summary>
/// A snapshot of any length that stands in no file and in no memory: some lines, again and again, each time with another
/// number where <see cref="SampleLines.Number"/> stands.
/// </summary>
internal sealed class SnapshotBytes : Stream
{
    private static readonly byte[] Marker = Encoding.ASCII.GetBytes(SampleLines.Number);

    private readonly IReadOnlyList<byte[]> _lines;
    private readonly int[][] _markers;
    private readonly byte[] _number = new byte[Marker.Length];
    private readonly long _count;
    private readonly Progress? _progress;
    private long _line;
    private int _at;

    /// <summary>Makes a snapshot.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="count">How many it has.</param>
    /// <param name="progress">Is told of each.</param>
    public SnapshotBytes(IReadOnlyList<byte[]> lines, long count, Progress? progress = null)
    {
        _lines = lines;
        _count = count;
        _progress = progress;
        _markers = lines.Select(MarkersIn).ToArray();
        WriteNumber();
    }

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
        while (given < buffer.Length && _line < _count)
        {
            int which = (int)(_line % _lines.Count);
            byte[] line = _lines[which];
            int taken = Math.Min(buffer.Length - given, line.Length - _at);
            Span<byte> part = buffer.Slice(given, taken);
            line.AsSpan(_at, taken).CopyTo(part);
            PutNumber(part, _markers[which]);
            given += taken;
            _at += taken;
            if (_at < line.Length || given == buffer.Length) continue;
            buffer[given++] = (byte)'\n';
            _at = 0;
            _line++;
            WriteNumber();
            _progress?.Report(_line);
        }

        return given;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int size) => throw new NotSupportedException();

    /// <summary>Puts the line's number where it belongs in a part of the line that begins at the current place.</summary>
    private void PutNumber(Span<byte> part, int[] markers)
    {
        int first = Array.BinarySearch(markers, _at - Marker.Length + 1);
        for (int i = first < 0 ? ~first : first; i < markers.Length && markers[i] < _at + part.Length; i++)
        {
            for (int digit = 0; digit < Marker.Length; digit++)
            {
                int place = markers[i] + digit - _at;
                if (place >= 0 && place < part.Length) part[place] = _number[digit];
            }
        }
    }

    private void WriteNumber() => Utf8Formatter.TryFormat(10_000_000 + _line, _number, out _);

    private static int[] MarkersIn(byte[] line)
    {
        List<int> all = new();
        for (int from = 0; line.AsSpan(from).IndexOf(Marker) is >= 0 and int at; from += at + Marker.Length)
        {
            all.Add(from + at);
        }

        return all.ToArray();
    }
}
