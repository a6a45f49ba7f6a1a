using System;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;

namespace PgSecurity.Endurance;

/// <summary>A server that takes connections and drops them: at once, after it was spoken to, or after one byte of an answer.</summary>
internal sealed class Doorstep : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public Doorstep()
    {
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>Its port.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Dispose() => _listener.Stop();

    private async Task AcceptAsync()
    {
        for (int visitor = 0; ; visitor++)
        {
            try
            {
                TcpClient client = await _listener.AcceptTcpClientAsync();
                _ = DropAsync(client, visitor % 3);
            }
            catch (Exception ended) when (ended is ObjectDisposedException or SocketException)
            {
                return;
            }
        }
    }

    private static async Task DropAsync(TcpClient client, int manner)
    {
        using (client)
        {
            try
            {
                if (manner > 0) _ = await client.GetStream().ReadAsync(new byte[64]);
                if (manner > 1) await client.GetStream().WriteAsync("S"u8.ToArray());
            }
            catch (Exception gone) when (gone is System.IO.IOException or SocketException)
            {
                // The visitor went first.
            }
        }
    }
}
