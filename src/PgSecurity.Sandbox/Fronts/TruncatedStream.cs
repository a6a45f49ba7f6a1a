using System;
using System.IO;

namespace PgSecurity.Sandbox.Fronts;

/// <summary>A body that breaks in its middle, as a connection that is closed too early does.</summary>
internal sealed class TruncatedStream : Stream
{
    private readonly byte[] _body;
    private readonly int _end;
    private int _at;

    internal TruncatedStream(byte[] body, int end)
    {
        _body = body;
        _end = end;
    }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => _at;
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count)
    {
        if (_at >= _end) throw new IOException("The response ended prematurely.");
        int taken = Math.Min(count, _end - _at);
        Array.Copy(_body, _at, buffer, offset, taken);
        _at += taken;
        return taken;
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
