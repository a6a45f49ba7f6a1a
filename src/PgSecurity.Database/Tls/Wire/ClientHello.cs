using System;
using System.Collections.Generic;
using System.Security.Cryptography;
using System.Text;

namespace PgSecurity.Database.Tls.Wire;

/// <summary>
/// The first message of a client, written by hand, so that a server is asked what it takes without asking this machine's
/// TLS library for leave. The handshake is never finished and no secret is made: for TLS 1.3 the share of the key is left
/// empty, and a server that would go on asks for one and names the group (RFC 8446, section 4.1.4).
/// </summary>
internal sealed record ClientHello
{
    private const byte HandshakeRecord = 0x16;
    private static readonly ushort[] Signatures = { 0x0403, 0x0503, 0x0603, 0x0807, 0x0804, 0x0805, 0x0806, 0x0809, 0x080a, 0x080b, 0x0401, 0x0501, 0x0601, 0x0203, 0x0201 };

    /// <summary>The version, which is the only one offered.</summary>
    public ushort Version { get; init; }

    /// <summary>The cipher suites offered.</summary>
    public IReadOnlyList<ushort> Suites { get; init; } = Array.Empty<ushort>();

    /// <summary>The groups offered.</summary>
    public IReadOnlyList<ushort> Groups { get; init; } = KeyExchangeGroup.Usual;

    /// <summary>The name of the server for SNI; one that is an address is left out, as the protocol wants it.</summary>
    public string ServerName { get; init; } = "";

    /// <summary>The application protocol offered by ALPN; null to offer none.</summary>
    public string? ApplicationProtocol { get; init; }

    /// <summary>The record to send.</summary>
    public byte[] ToBytes()
    {
        List<byte> body = new();
        AddNumber(body, Math.Min(Version, TlsVersions.Tls12));
        body.AddRange(Random(32));
        if (Version == TlsVersions.Tls13)
        {
            body.Add(32);
            body.AddRange(Random(32));
        }
        else
        {
            body.Add(0);
        }

        AddNumber(body, Suites.Count * 2);
        foreach (ushort suite in Suites)
        {
            AddNumber(body, suite);
        }

        body.Add(1);
        body.Add(0);
        if (Version != TlsVersions.Ssl3) AddBlock(body, Extensions());

        List<byte> record = new() { HandshakeRecord, 3, (byte)(Version == TlsVersions.Ssl3 ? 0 : 1) };
        AddNumber(record, body.Count + 4);
        record.Add(1);
        record.Add((byte)(body.Count >> 16));
        AddNumber(record, body.Count & 0xffff);
        record.AddRange(body);
        return record.ToArray();
    }

    private List<byte> Extensions()
    {
        List<byte> all = new();
        if (Uri.CheckHostName(ServerName) == UriHostNameType.Dns) AddExtension(all, 0, NameOfServer());
        AddExtension(all, 10, Block(Numbers(Groups)));
        AddExtension(all, 11, new List<byte> { 1, 0 });
        if (Version >= TlsVersions.Tls12) AddExtension(all, 13, Block(Numbers(Signatures)));
        if (ApplicationProtocol is not null) AddExtension(all, 16, Protocols());
        if (Version < TlsVersions.Tls13)
        {
            AddExtension(all, 23, new List<byte>());
            AddExtension(all, 0xff01, new List<byte> { 0 });
            return all;
        }

        AddExtension(all, 43, new List<byte> { 2, 3, 4 });
        AddExtension(all, 45, new List<byte> { 1, 1 });
        AddExtension(all, 51, new List<byte> { 0, 0 });
        return all;
    }

    private List<byte> NameOfServer()
    {
        byte[] name = Encoding.ASCII.GetBytes(ServerName.TrimEnd('.'));
        List<byte> entry = new() { 0 };
        AddNumber(entry, name.Length);
        entry.AddRange(name);
        return Block(entry);
    }

    private List<byte> Protocols()
    {
        byte[] name = Encoding.ASCII.GetBytes(ApplicationProtocol!);
        List<byte> entry = new() { (byte)name.Length };
        entry.AddRange(name);
        return Block(entry);
    }

    private static List<byte> Numbers(IEnumerable<ushort> values)
    {
        List<byte> bytes = new();
        foreach (ushort value in values)
        {
            AddNumber(bytes, value);
        }

        return bytes;
    }

    private static List<byte> Block(List<byte> content)
    {
        List<byte> block = new();
        AddBlock(block, content);
        return block;
    }

    private static void AddExtension(List<byte> all, int type, List<byte> content)
    {
        AddNumber(all, type);
        AddBlock(all, content);
    }

    private static void AddBlock(List<byte> bytes, List<byte> content)
    {
        AddNumber(bytes, content.Count);
        bytes.AddRange(content);
    }

    private static void AddNumber(List<byte> bytes, int value)
    {
        bytes.Add((byte)(value >> 8));
        bytes.Add((byte)value);
    }

    private static byte[] Random(int count)
    {
        byte[] bytes = new byte[count];
        using RandomNumberGenerator random = RandomNumberGenerator.Create();
        random.GetBytes(bytes);
        return bytes;
    }
}
