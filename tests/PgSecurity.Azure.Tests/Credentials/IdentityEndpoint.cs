using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Tasks;

namespace PgSecurity.Azure.Tests.Credentials;

/// <summary>An identity endpoint on loopback that answers by a function of the request: its lines, an empty one, and its body.</summary>
internal sealed class IdentityEndpoint : IDisposable
{
    private readonly string _challenge;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<string, (int Status, string Body)> _answer;

    internal IdentityEndpoint(Func<string, (int Status, string Body)> answer, string? challenge = null)
    {
        _challenge = challenge is null ? "" : "WWW-Authenticate: " + challenge + "\r\n";
        _answer = answer;
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/identity");
        _ = Task.Run(ServeAsync);
    }

    internal Uri Address { get; }

    internal List<string> Requests { get; } = new();

    public void Dispose() => _listener.Stop();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync();
                using NetworkStream stream = client.GetStream();
                using StreamReader reader = new(stream, Encoding.ASCII, false, 1024, leaveOpen: true);
                StringBuilder request = new();
                while (await reader.ReadLineAsync() is { Length: > 0 } line)
                {
                    request.Append(line).Append('\n');
                }

                request.Append('\n').Append(await BodyAsync(reader, request.ToString()));
                lock (Requests)
                {
                    Requests.Add(request.ToString());
                }

                (int status, string body) = _answer(request.ToString());
                byte[] reply = Encoding.UTF8.GetBytes($"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\n{_challenge}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}");
                await stream.WriteAsync(reply);
            }
        }
        catch (Exception error) when (error is ObjectDisposedException or SocketException or IOException)
        {
            // The test is over.
        }
    }

    private static async Task<string> BodyAsync(StreamReader reader, string head)
    {
        Match length = Regex.Match(head, "^Content-Length: *([0-9]+)", RegexOptions.IgnoreCase | RegexOptions.Multiline);
        if (!length.Success) return "";
        char[] body = new char[int.Parse(length.Groups[1].Value, CultureInfo.InvariantCulture)];
        await reader.ReadBlockAsync(body);
        return new string(body);
    }
}
