using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace PgSecurity.Database.Tls.Probing;

/// <summary>
/// A stream that remembers the first bytes each way. A TLS library that may not use a version fails before it sends a
/// hello, or after the server agreed; only the bytes tell that from a refusal.
/// </summary>
internal sealed class Tap : Stream
{
    private const int Remembered = 16;
    private readonly Stream _inner;
    private readonly byte[] _received = new byte[Remembered];
    private int _receivedCount;
    private bool _hasSent;

    public Tap(Stream inner) => _inner = inner;

    /// <summary>Whether the first bytes sent were a handshake.</summary>
    public bool SentHello { get; private set; }

    /// <summary>The alert that the server answered with, if that was its answer.</summary>
    public byte? Alert => _receivedCount >= 7 && _received[0] == 0x15 ? _received[6] : null;

    /// <summary>Whether the server's answer was a hello.</summary>
    public bool ReceivedHello => _receivedCount >= 6 && _received[0] == 0x16 && _received[5] == 2;

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Keep(buffer, offset, _inner.Read(buffer, offset, count));

    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        Keep(buffer, offset, await _inner.ReadAsync(buffer, offset, count, cancellationToken).ConfigureAwait(false));

    public override void Write(byte[] buffer, int offset, int count)
    {
        Note(buffer, offset, count);
        _inner.Write(buffer, offset, count);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        Note(buffer, offset, count);
        return _inner.WriteAsync(buffer, offset, count, cancellationToken);
    }

    public override void Flush() => _inner.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => _inner.FlushAsync(cancellationToken);

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private int Keep(byte[] buffer, int offset, int count)
    {
        int more = Math.Min(count, Remembered - _receivedCount);
        if (more > 0)
        {
            Buffer.BlockCopy(buffer, offset, _received, _receivedCount, more);
            _receivedCount += more;
        }

        return count;
    }

    private void Note(byte[] buffer, int offset, int count)
    {
        if (_hasSent || count == 0) return;
        _hasSent = true;
        SentHello = buffer[offset] == 0x16;
    }
}
