using System;
using System.Collections.Generic;

namespace PgSecurity.Database.Tls.Wire;

/// <summary>What a server says to a hello.</summary>
internal sealed record HelloAnswer
{
    /// <summary>Whether it goes on with the handshake, at whichever version.</summary>
    public bool IsHello { get; init; }

    /// <summary>Whether it asks for another share of the key (TLS 1.3).</summary>
    public bool IsRetryRequest { get; init; }

    /// <summary>The version that it chose.</summary>
    public ushort Version { get; init; }

    /// <summary>The cipher suite that it chose.</summary>
    public ushort Suite { get; init; }

    /// <summary>The group that it chose, 0 where it says none.</summary>
    public ushort Group { get; init; }

    /// <summary>The application protocol that it chose; null where it chose none.</summary>
    public string? ApplicationProtocol { get; init; }

    /// <summary>Whether it marks the answer as below what it could do (RFC 8446, section 4.1.3).</summary>
    public bool HasDowngradeMark { get; init; }

    /// <summary>The number of the alert with which it refused.</summary>
    public byte? Alert { get; init; }

    /// <summary>Why there is neither a hello nor an alert.</summary>
    public WireException? Failure { get; init; }

    /// <summary>The certificates that it sent in the clear (before TLS 1.3), its own first.</summary>
    public IReadOnlyList<byte[]> Certificates { get; init; } = Array.Empty<byte[]>();

    /// <summary>The answer in words.</summary>
    public string Text =>
        Failure is not null ? Failure.Message
        : Alert is { } alert ? $"alert {alert} ({TlsAlerts.Name(alert)})"
        : $"{TlsVersions.Name(Version)}, {CipherSuites.Name(Suite)}";
}
