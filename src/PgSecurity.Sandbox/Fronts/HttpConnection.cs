using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace PgSecurity.Sandbox.Fronts;

/// <summary>One connection of HTTP/1.1: requests in, answers out, kept open between them.</summary>
internal sealed class HttpConnection
{
    private const int LongestHead = 256 * 1024;
    private const int LongestBody = 16 * 1024 * 1024;
    private readonly TcpClient _client;
    private readonly NetworkStream _stream;
    private readonly Uri _address;
    private readonly byte[] _buffer = new byte[16 * 1024];
    private int _from;
    private int _to;

    internal HttpConnection(TcpClient client, Uri address)
    {
        _client = client;
        _stream = client.GetStream();
        _address = address;
    }

    /// <summary>Reads the next request; null where the client has closed the connection.</summary>
    internal async Task<SandboxRequest?> ReadAsync(CancellationToken cancellation)
    {
        string? line = await ReadLineAsync(cancellation).ConfigureAwait(false);
        if (string.IsNullOrEmpty(line)) return null;
        string[] parts = line!.Split(' ');
        if (parts.Length < 3) throw new FormatException("The request line is not HTTP.");

        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        while (await ReadLineAsync(cancellation).ConfigureAwait(false) is { Length: > 0 } header)
        {
            int colon = header.IndexOf(":", StringComparison.Ordinal);
            if (colon > 0) headers[header.Substring(0, colon)] = header.Substring(colon + 1).Trim();
        }

        if (headers.TryGetValue("Expect", out string? expect) && expect.StartsWith("100", StringComparison.Ordinal))
        {
            byte[] go = Encoding.ASCII.GetBytes("HTTP/1.1 100 Continue\r\n\r\n");
            await _stream.WriteAsync(go, 0, go.Length, cancellation).ConfigureAwait(false);
        }

        byte[] body = await ReadBodyAsync(headers, cancellation).ConfigureAwait(false);
        return new SandboxRequest(parts[0].ToUpperInvariant(), Target(parts[1]), headers, body);
    }

    /// <summary>Writes an answer; false where the connection is over.</summary>
    internal async Task<bool> WriteAsync(SandboxRequest request, SandboxResponse response, CancellationToken cancellation)
    {
        if (response.Break == TransportBreak.Reset)
        {
            Reset();
            return false;
        }

        bool hasBody = request.Method != "HEAD" && response.Status is not (204 or 304);
        StringBuilder head = new();
        head.Append("HTTP/1.1 ").Append(response.Status.ToString(CultureInfo.InvariantCulture)).Append(' ').Append(ReasonPhrases.Of(response.Status)).Append("\r\n");
        foreach (KeyValuePair<string, string> header in response.Headers)
        {
            head.Append(header.Key).Append(": ").Append(header.Value).Append("\r\n");
        }

        if (hasBody) head.Append("Content-Length: ").Append(response.Body.Length.ToString(CultureInfo.InvariantCulture)).Append("\r\n");
        head.Append("\r\n");
        byte[] bytes = Encoding.ASCII.GetBytes(head.ToString());
        await _stream.WriteAsync(bytes, 0, bytes.Length, cancellation).ConfigureAwait(false);
        int length = response.Break == TransportBreak.Truncated ? response.Body.Length / 2 : response.Body.Length;
        if (hasBody) await _stream.WriteAsync(response.Body, 0, length, cancellation).ConfigureAwait(false);
        await _stream.FlushAsync(cancellation).ConfigureAwait(false);
        bool closes = request.Headers.TryGetValue("Connection", out string? connection) && connection.Equals("close", StringComparison.OrdinalIgnoreCase);
        return response.Break == TransportBreak.None && !closes;
    }

    private Uri Target(string target) =>
        target.StartsWith("http", StringComparison.OrdinalIgnoreCase) ? new Uri(target) : new Uri(_address, "/" + target.TrimStart('/'));

    private void Reset()
    {
        _client.Client.LingerState = new LingerOption(enable: true, seconds: 0);
        _client.Client.Close();
    }

    private async Task<byte[]> ReadBodyAsync(Dictionary<string, string> headers, CancellationToken cancellation)
    {
        if (headers.TryGetValue("Transfer-Encoding", out string? coding) && coding.IndexOf("chunked", StringComparison.OrdinalIgnoreCase) >= 0)
        {
            return await ReadChunksAsync(cancellation).ConfigureAwait(false);
        }

        if (!headers.TryGetValue("Content-Length", out string? text)) return Array.Empty<byte>();
        int length = int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
        return await ReadExactlyAsync(length, cancellation).ConfigureAwait(false);
    }

    private async Task<byte[]> ReadChunksAsync(CancellationToken cancellation)
    {
        using MemoryStream body = new();
        while (true)
        {
            string line = await ReadLineAsync(cancellation).ConfigureAwait(false) ?? throw new IOException("The body ended too early.");
            int size = int.Parse(line.Split(';')[0].Trim(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            byte[] chunk = await ReadExactlyAsync(size, cancellation).ConfigureAwait(false);
            body.Write(chunk, 0, chunk.Length);
            await ReadLineAsync(cancellation).ConfigureAwait(false);
            if (size == 0) return body.ToArray();
        }
    }

    private async Task<byte[]> ReadExactlyAsync(int length, CancellationToken cancellation)
    {
        if (length > LongestBody) throw new FormatException("The body is too long.");
        byte[] body = new byte[length];
        int at = 0;
        while (at < length)
        {
            if (_from == _to && !await FillAsync(cancellation).ConfigureAwait(false)) throw new IOException("The body ended too early.");
            int taken = Math.Min(length - at, _to - _from);
            Array.Copy(_buffer, _from, body, at, taken);
            _from += taken;
            at += taken;
        }

        return body;
    }

    private async Task<string?> ReadLineAsync(CancellationToken cancellation)
    {
        using MemoryStream line = new();
        while (true)
        {
            if (_from == _to && !await FillAsync(cancellation).ConfigureAwait(false)) return line.Length == 0 ? null : Text(line);
            byte next = _buffer[_from++];
            if (next == '\n') return Text(line);
            if (next != '\r') line.WriteByte(next);
            if (line.Length > LongestHead) throw new FormatException("The head is too long.");
        }
    }

    private static string Text(MemoryStream line) => Encoding.UTF8.GetString(line.ToArray());

    private async Task<bool> FillAsync(CancellationToken cancellation)
    {
        _from = 0;
        _to = await _stream.ReadAsync(_buffer, 0, _buffer.Length, cancellation).ConfigureAwait(false);
        return _to > 0;
    }
}
