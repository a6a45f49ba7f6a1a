using System;
using System.Globalization;
using System.IO;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace PgSecurity.Database.Tls.Wire;

/// <summary>
/// One connection to a server, with one limit of time for all that is said on it. When the time is over the socket is
/// closed, which ends every read and write on every platform; the failure is then told as what it was.
/// </summary>
internal sealed class ServerConnection : IDisposable
{
    private readonly TcpClient _client = new();
    private readonly CancellationTokenSource _limit;
    private readonly CancellationTokenRegistration _closing;
    private readonly CancellationToken _stop;
    private readonly TimeSpan _timeout;
    private NetworkStream? _stream;

    private ServerConnection(TimeSpan timeout, CancellationToken stop)
    {
        _timeout = timeout;
        _stop = stop;
        _limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        _limit.CancelAfter(timeout);
        _closing = _limit.Token.Register(Close);
    }

    /// <summary>The bytes as they are, for a TLS library on top. Failures on it go through <see cref="Explain"/>.</summary>
    public Stream Stream => _stream!;

    /// <summary>Cancelled when the time is over.</summary>
    public CancellationToken Limit => _limit.Token;

    /// <summary>Connects.</summary>
    /// <exception cref="WireException">No connection came about.</exception>
    public static async Task<ServerConnection> ConnectAsync(string host, int port, TimeSpan timeout, CancellationToken stop)
    {
        ServerConnection wire = new(timeout, stop);
        try
        {
            Task connecting = wire._client.ConnectAsync(host, port);
            Task first = await Task.WhenAny(connecting, Task.Delay(Timeout.Infinite, wire._limit.Token)).ConfigureAwait(false);
            if (first != connecting)
            {
                _ = connecting.ContinueWith(task => _ = task.Exception, TaskScheduler.Default);
                stop.ThrowIfCancellationRequested();
                throw new WireException(WireFailure.Unreachable, $"no connection within {Seconds(timeout)}");
            }

            await connecting.ConfigureAwait(false);
            wire._client.NoDelay = true;
            wire._stream = wire._client.GetStream();
            return wire;
        }
        catch (Exception failure)
        {
            wire.Dispose();
            stop.ThrowIfCancellationRequested();
            if (failure is WireException) throw;
            throw new WireException(WireFailure.Unreachable, Reason(failure), failure);
        }
    }

    /// <summary>Sends bytes.</summary>
    public async Task SendAsync(byte[] bytes)
    {
        try
        {
            await Stream.WriteAsync(bytes, 0, bytes.Length, _limit.Token).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            throw Explain(failure);
        }
    }

    /// <summary>Receives exactly so many bytes.</summary>
    /// <exception cref="WireException">They did not come.</exception>
    public async Task<byte[]> ReceiveAsync(int count)
    {
        byte[] bytes = await ReceiveUpToAsync(count, isWhole: true).ConfigureAwait(false);
        return bytes.Length == count ? bytes : throw new WireException(WireFailure.Closed, "the server ended the connection");
    }

    /// <summary>Receives what there is, at least one byte; none where the server ends the connection.</summary>
    public Task<byte[]> ReceiveSomeAsync(int count) => ReceiveUpToAsync(count, isWhole: false);

    /// <summary>A failure on the stream as what it was.</summary>
    public Exception Explain(Exception failure)
    {
        if (failure is WireException) return failure;
        if (_stop.IsCancellationRequested) return new OperationCanceledException(_stop);
        if (_limit.IsCancellationRequested) return new WireException(WireFailure.TimedOut, $"no answer within {Seconds(_timeout)}", failure);
        return new WireException(WireFailure.Closed, "the server ended the connection", failure);
    }

    public void Dispose()
    {
        _closing.Dispose();
        Close();
        _limit.Dispose();
    }

    private async Task<byte[]> ReceiveUpToAsync(int count, bool isWhole)
    {
        byte[] bytes = new byte[count];
        int have = 0;
        try
        {
            while (have < count)
            {
                int read = await Stream.ReadAsync(bytes, have, count - have, _limit.Token).ConfigureAwait(false);
                have += read;
                if (read == 0 || !isWhole) break;
            }
        }
        catch (Exception failure)
        {
            throw Explain(failure);
        }

        Array.Resize(ref bytes, have);
        return bytes;
    }

    private void Close() => _client.Dispose();

    private static string Reason(Exception failure) =>
        failure is SocketException socket
            ? socket.SocketErrorCode switch
            {
                SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => "the name does not resolve",
                SocketError.ConnectionRefused => "the connection is refused",
                SocketError.NetworkUnreachable or SocketError.HostUnreachable => "there is no route",
                _ => socket.Message,
            }
            : failure.Message;

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture) + " s";
}
