using System;
using System.Collections.Generic;
using System.IO;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace PgSecurity.Database.Tests.Tls.Lab;

/// <summary>A web server on loopback, enough of one for revocation lists and OCSP.</summary>
internal sealed class Publisher : IDisposable
{
    private readonly ScriptedServer _server;

    public Publisher() => _server = new ScriptedServer(ServeAsync);

    /// <summary>What answers a path and a body; null for 404.</summary>
    public Func<string, byte[], byte[]?> Answer { get; set; } = (_, _) => null;

    public string Address => $"http://127.0.0.1:{_server.Port}";

    public void Dispose() => _server.Dispose();

    private async Task ServeAsync(NetworkStream stream, CancellationToken stop)
    {
        List<byte> received = [];
        byte[] buffer = new byte[8192];
        int head;
        while ((head = Encoding.ASCII.GetString(received.ToArray()).IndexOf("\r\n\r\n", StringComparison.Ordinal)) < 0)
        {
            int read = await stream.ReadAsync(buffer, stop);
            if (read == 0) return;
            received.AddRange(buffer[..read]);
        }

        string text = Encoding.ASCII.GetString(received.ToArray(), 0, head);
        int length = 0;
        foreach (string line in text.Split("\r\n"))
        {
            if (line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)) length = int.Parse(line[15..]);
        }

        while (received.Count < head + 4 + length)
        {
            int read = await stream.ReadAsync(buffer, stop);
            if (read == 0) throw new IOException("The request ends early.");
            received.AddRange(buffer[..read]);
        }

        byte[]? answer = Answer(text.Split(' ')[1], received.GetRange(head + 4, length).ToArray());
        string status = answer is null ? "404 Not Found" : "200 OK";
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: {answer?.Length ?? 0}\r\nConnection: close\r\n\r\n"), stop);
        if (answer is not null) await stream.WriteAsync(answer, stop);
    }
}
