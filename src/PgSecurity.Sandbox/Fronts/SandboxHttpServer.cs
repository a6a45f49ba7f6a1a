using System;
using System.Collections.Concurrent;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace PgSecurity.Sandbox.Fronts;

/// <summary>
/// The sandbox behind HTTP on loopback, for clients outside the process. A small server of its own, because it must be
/// able to do what servers should not: reset a connection, and end a body in its middle.
/// </summary>
public sealed class SandboxHttpServer : IDisposable
{
    private readonly SandboxArm _arm;
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<TcpClient, byte> _clients = new();
    private readonly Task _accepting;

    private SandboxHttpServer(SandboxArm arm, TcpListener listener)
    {
        _arm = arm;
        _listener = listener;
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
        _accepting = Task.Run(AcceptAsync);
    }

    /// <summary>The address to use as ARM's endpoint.</summary>
    public Uri Address { get; }

    /// <summary>Starts a server on loopback.</summary>
    /// <param name="arm">The sandbox that answers.</param>
    /// <param name="port">The port; 0 for any that is free.</param>
    /// <exception cref="SocketException">The port is taken.</exception>
    public static SandboxHttpServer Start(SandboxArm arm, int port = 0)
    {
        TcpListener listener = new(IPAddress.Loopback, port);
        listener.Start();
        return new SandboxHttpServer(arm, listener);
    }

    /// <summary>Loads a snapshot and serves it: all that <c>sandbox --port --snapshot</c> needs.</summary>
    /// <param name="snapshotPath">The snapshot file; null for an estate without anything.</param>
    /// <param name="port">The port; 0 for any that is free.</param>
    /// <param name="options">The sandbox's options.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="FormatException">A line of the file is not a posture.</exception>
    /// <exception cref="SocketException">The port is taken.</exception>
    public static SandboxHttpServer Start(string? snapshotPath, int port = 0, SandboxOptions? options = null) =>
        Start(snapshotPath is null ? new SandboxArm(options) : SandboxArm.Load(snapshotPath, options), port);

    /// <summary>The sandbox that answers.</summary>
    public SandboxArm Arm => _arm;

    /// <summary>Stops listening and closes every connection.</summary>
    public void Dispose()
    {
        if (_stop.IsCancellationRequested) return;
        _stop.Cancel();
        _listener.Stop();
        foreach (TcpClient client in _clients.Keys)
        {
            client.Close();
        }
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            TcpClient client;
            try
            {
                client = await _listener.AcceptTcpClientAsync().ConfigureAwait(false);
            }
            catch (Exception fault) when (fault is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                if (_stop.IsCancellationRequested) return;
                continue;
            }

            _clients[client] = 0;
            _ = Task.Run(() => ServeAsync(client));
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            client.NoDelay = true;
            HttpConnection connection = new(client, Address);
            while (!_stop.IsCancellationRequested && await connection.ReadAsync(_stop.Token).ConfigureAwait(false) is SandboxRequest request)
            {
                SandboxResponse response = _arm.Handle(request);
                if (response.Delay > TimeSpan.Zero) await Task.Delay(response.Delay, _stop.Token).ConfigureAwait(false);
                if (!await connection.WriteAsync(request, response, _stop.Token).ConfigureAwait(false)) break;
            }
        }
        catch (Exception fault) when (fault is IOException or SocketException or ObjectDisposedException or OperationCanceledException or FormatException)
        {
            // The client went away, or spoke something else than HTTP: nobody is left to tell.
        }
        finally
        {
            _clients.TryRemove(client, out _);
            client.Close();
        }
    }
}
