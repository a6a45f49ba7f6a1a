using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace PgSecurity.Database.Tests.Tls.Lab;

/// <summary>A server on loopback that does what a script says on each connection.</summary>
internal sealed class ScriptedServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<NetworkStream, CancellationToken, Task> _script;

    public ScriptedServer(Func<NetworkStream, CancellationToken, Task> script)
    {
        _script = script;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Answers the first bytes with others and then ends the connection or waits.</summary>
    public static ScriptedServer Answering(byte[] answer, bool thenWaits = false) => new(async (stream, stop) =>
    {
        _ = await stream.ReadAsync(new byte[4096], stop);
        await stream.WriteAsync(answer, stop);
        if (thenWaits) await Task.Delay(Timeout.Infinite, stop);
    });

    /// <summary>Agrees to TLS, and answers the hello with other bytes; with none it waits.</summary>
    public static ScriptedServer Agreeing(byte[]? answer) => new(async (stream, stop) =>
    {
        _ = await stream.ReadAsync(new byte[8], stop);
        await stream.WriteAsync("S"u8.ToArray(), stop);
        _ = await stream.ReadAsync(new byte[4096], stop);
        if (answer is null) await Task.Delay(Timeout.Infinite, stop);
        else await stream.WriteAsync(answer, stop);
    });

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Stop();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token);
                _ = ServeAsync(client);
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The server is stopped.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await _script(client.GetStream(), _stop.Token);
            }
            catch (Exception end) when (end is OperationCanceledException or IOException)
            {
                // The client went away, or the server is stopped.
            }
        }
    }
}
