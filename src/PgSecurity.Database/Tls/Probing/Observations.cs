using System;
using System.Collections.Generic;
using System.Linq;
using PgSecurity.Database.Tls.Wire;

namespace PgSecurity.Database.Tls.Probing;

/// <summary>What was seen of a server with TLS. What is null was not reached in time.</summary>
internal sealed class Observations
{
    /// <summary>What it says to each version.</summary>
    public Dictionary<ushort, HelloAnswer> Versions { get; } = new();

    /// <summary>The cipher suites that it takes in each version.</summary>
    public Dictionary<ushort, SuiteList> Suites { get; } = new();

    /// <summary>The handshakes of this machine's library, by version.</summary>
    public Dictionary<ushort, HandshakeResult> Handshakes { get; } = new();

    /// <summary>What it says to each group alone.</summary>
    public Dictionary<KeyExchangeGroup, TlsSupport> Groups { get; } = new();

    /// <summary>The handshake in which both sides choose, with the beginning of a session.</summary>
    public HandshakeResult? Negotiated { get; set; }

    /// <summary>What it says to a hello that is marked as a second try.</summary>
    public HelloAnswer? Fallback { get; set; }

    /// <summary>What it says to a hello at once, with the protocol offered.</summary>
    public DirectAnswer? Direct { get; set; }

    /// <summary>What it says to the beginning of a session without TLS.</summary>
    public StartupAnswer? Plain { get; set; }

    /// <summary>What it says to the request for encryption by GSSAPI.</summary>
    public (byte? Answer, string Failure)? Gss { get; set; }

    /// <summary>The certificates that it sent, its own first.</summary>
    public IReadOnlyList<byte[]> Certificates =>
        Versions.OrderByDescending(version => version.Key).Select(version => version.Value.Certificates).FirstOrDefault(sent => sent.Count > 0)
        ?? Negotiated?.Certificates
        ?? Array.Empty<byte[]>();

    /// <summary>Whether it takes a version.</summary>
    public TlsSupport SupportOf(ushort version) =>
        Versions.TryGetValue(version, out HelloAnswer? answer) ? Support.Of(answer, version) : TlsSupport.Unknown;

    /// <summary>The versions that it takes, newest first.</summary>
    public IReadOnlyList<ushort> Accepted =>
        TlsVersions.All.Reverse().Where(version => SupportOf(version) == TlsSupport.Accepted).ToList();
}
