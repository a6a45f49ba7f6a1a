using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Tasks;

namespace PgSecurity.Database.Tls.Wire;

/// <summary>Reads a server's answer to a hello, across records, and stops before anything would be encrypted.</summary>
internal sealed class HandshakeReader
{
    private const byte AlertRecord = 0x15;
    private const byte HandshakeRecord = 0x16;
    private const int LongestRecord = 16384 + 2048;
    private const int LongestMessage = 256 * 1024;

    private static readonly byte[] RetryRandom = HashOf("HelloRetryRequest");
    private static readonly byte[] DowngradeTo12 = { 0x44, 0x4f, 0x57, 0x4e, 0x47, 0x52, 0x44, 0x01 };
    private static readonly byte[] DowngradeTo11 = { 0x44, 0x4f, 0x57, 0x4e, 0x47, 0x52, 0x44, 0x00 };

    private readonly ServerConnection _wire;
    private readonly List<byte> _pending = new();
    private byte? _alert;

    public HandshakeReader(ServerConnection wire) => _wire = wire;

    /// <summary>Reads the answer; with the certificates where they come in the clear and are wanted.</summary>
    /// <exception cref="WireException">No answer came, or one that is not TLS.</exception>
    public async Task<HelloAnswer> ReadAsync(bool withCertificates)
    {
        byte[]? message = await NextAsync().ConfigureAwait(false);
        if (message is null) return new HelloAnswer { Alert = _alert };
        HelloAnswer answer = Parse(message, 2, ParseHello);
        if (!withCertificates || answer.Version >= TlsVersions.Tls13) return answer;

        byte[]? next = await NextAsync().ConfigureAwait(false);
        if (next is null || next[0] != 11) return answer;
        answer = answer with { Certificates = Parse(next, 11, ParseCertificates) };
        next = await NextAsync().ConfigureAwait(false);
        if (next is not null && next[0] == 22) next = await NextAsync().ConfigureAwait(false);
        return next is { Length: > 7 } && next[0] == 12 && next[4] == 3
            ? answer with { Group = (ushort)((next[5] << 8) | next[6]) }
            : answer;
    }

    private async Task<byte[]?> NextAsync()
    {
        while (true)
        {
            if (_pending.Count >= 4)
            {
                int length = (_pending[1] << 16) | (_pending[2] << 8) | _pending[3];
                if (length > LongestMessage) throw Garbage("a message that is too long");
                if (_pending.Count >= length + 4)
                {
                    byte[] message = _pending.Take(length + 4).ToArray();
                    _pending.RemoveRange(0, length + 4);
                    return message;
                }
            }

            if (!await ReadRecordAsync().ConfigureAwait(false)) return null;
        }
    }

    private async Task<bool> ReadRecordAsync()
    {
        byte[] head = await _wire.ReceiveAsync(5).ConfigureAwait(false);
        int length = (head[3] << 8) | head[4];

        // The greeting of an SSH server begins with the letter with which PostgreSQL agrees to TLS.
        if (Encoding.ASCII.GetString(head, 0, 3) == "SH-") throw new WireException(WireFailure.OtherProtocol, "an SSH server answers");
        if (head[0] is not (AlertRecord or HandshakeRecord) || head[1] != 3 || length is 0 or > LongestRecord)
        {
            throw Garbage($"bytes that are no TLS record ({BitConverter.ToString(head)})");
        }

        byte[] body = await _wire.ReceiveAsync(length).ConfigureAwait(false);
        if (head[0] == HandshakeRecord)
        {
            _pending.AddRange(body);
            return true;
        }

        if (body.Length != 2) throw Garbage("an alert of a wrong length");
        _alert = body[1];
        return false;
    }

    private static HelloAnswer ParseHello(byte[] message)
    {
        Cursor at = new(message, 4);
        ushort version = at.Number();
        byte[] random = at.Bytes(32);
        at.Bytes(at.Byte());
        ushort suite = at.Number();
        at.Byte();
        HelloAnswer answer = new()
        {
            IsHello = true,
            IsRetryRequest = random.SequenceEqual(RetryRandom),
            Version = version,
            Suite = suite,
            HasDowngradeMark = EndsWith(random, DowngradeTo12) || EndsWith(random, DowngradeTo11),
        };
        if (at.IsAtEnd) return answer;

        Cursor extensions = new(at.Bytes(at.Number()), 0);
        while (!extensions.IsAtEnd)
        {
            ushort type = extensions.Number();
            Cursor content = new(extensions.Bytes(extensions.Number()), 0);
            answer = type switch
            {
                16 => answer with { ApplicationProtocol = ProtocolOf(content) },
                43 => answer with { Version = content.Number() },
                51 => answer with { Group = content.Number() },
                _ => answer,
            };
        }

        return answer;
    }

    private static string ProtocolOf(Cursor content)
    {
        content.Number();
        return Encoding.ASCII.GetString(content.Bytes(content.Byte()));
    }

    private static IReadOnlyList<byte[]> ParseCertificates(byte[] message)
    {
        List<byte[]> certificates = new();
        Cursor at = new(message, 4);
        Cursor list = new(at.Bytes(at.Triple()), 0);
        while (!list.IsAtEnd)
        {
            certificates.Add(list.Bytes(list.Triple()));
        }

        return certificates;
    }

    private static T Parse<T>(byte[] message, byte type, Func<byte[], T> parse)
    {
        if (message[0] != type) throw Garbage($"a message of type {message[0]}");
        try
        {
            return parse(message);
        }
        catch (FormatException broken)
        {
            throw new WireException(WireFailure.Garbage, "what the server sent is not TLS: " + broken.Message, broken);
        }
    }

    private static bool EndsWith(byte[] random, byte[] mark) => random.Skip(random.Length - mark.Length).SequenceEqual(mark);

    private static WireException Garbage(string what) => new(WireFailure.Garbage, "what the server sent is not TLS: " + what);

    private static byte[] HashOf(string text)
    {
        using SHA256 hash = SHA256.Create();
        return hash.ComputeHash(Encoding.ASCII.GetBytes(text));
    }
}
