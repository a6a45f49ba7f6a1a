using System;
using System.IO;
using System.IO.Compression;
using System.Text;

namespace PgSecurity.Core.Postures.Reading;

/// <summary>
/// The bytes of an input as UTF-8 without a mark, whatever it is at rest: plain, gzip (known by its first two bytes,
/// not by the file's name), or UTF-16 as Windows PowerShell writes it.
/// </summary>
internal static class InputBytes
{
    /// <summary>Opens the bytes. The stream given is closed with the one returned.</summary>
    public static Stream Open(Stream raw)
    {
        PeekedStream peeked = new(raw);
        if (peeked.StartsWith(0x1F, 0x8B))
        {
            peeked = new PeekedStream(new GZipStream(peeked, CompressionMode.Decompress));
        }

        if (peeked.StartsWith(0xFF, 0xFE)) return new Utf16Stream(peeked, Encoding.Unicode);
        if (peeked.StartsWith(0xFE, 0xFF)) return new Utf16Stream(peeked, Encoding.BigEndianUnicode);
        if (peeked.StartsWith(0xEF, 0xBB, 0xBF)) peeked.Skip(3);
        return peeked;
    }

    /// <summary>A stream whose first bytes can be looked at before they are read.</summary>
    private sealed class PeekedStream(Stream inner) : ForwardStream(inner)
    {
        private readonly byte[] _head = new byte[4];
        private int _position;
        private int _length = -1;

        public bool StartsWith(params byte[] mark)
        {
            Fill();
            return _length >= mark.Length && _head.AsSpan(0, mark.Length).SequenceEqual(mark);
        }

        public void Skip(int count) => _position += count;

        public override int Read(byte[] buffer, int offset, int count)
        {
            Fill();
            if (_position >= _length) return Inner.Read(buffer, offset, count);
            int taken = Math.Min(count, _length - _position);
            Array.Copy(_head, _position, buffer, offset, taken);
            _position += taken;
            return taken;
        }

        private void Fill()
        {
            if (_length >= 0) return;
            _length = 0;
            while (_length < _head.Length)
            {
                int read = Inner.Read(_head, _length, _head.Length - _length);
                if (read == 0) break;
                _length += read;
            }
        }
    }

    /// <summary>UTF-16 text as UTF-8 bytes.</summary>
    private sealed class Utf16Stream(Stream inner, Encoding encoding) : ForwardStream(inner)
    {
        private readonly StreamReader _reader = new(inner, encoding, detectEncodingFromByteOrderMarks: true);
        private readonly Encoder _encoder = new UTF8Encoding(false).GetEncoder();
        private readonly char[] _chars = new char[8 * 1024];
        private readonly byte[] _bytes = new byte[32 * 1024];
        private int _position;
        private int _length;

        public override int Read(byte[] buffer, int offset, int count)
        {
            while (_position == _length)
            {
                int read = _reader.Read(_chars, 0, _chars.Length);
                if (read == 0) return 0;
                _position = 0;
                _length = _encoder.GetBytes(_chars, 0, read, _bytes, 0, flush: false);
            }

            int taken = Math.Min(count, _length - _position);
            Array.Copy(_bytes, _position, buffer, offset, taken);
            _position += taken;
            return taken;
        }
    }

    /// <summary>What every stream here has in common: it is read once, forward.</summary>
    private abstract class ForwardStream(Stream inner) : Stream
    {
        protected Stream Inner { get; } = inner;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing) Inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
