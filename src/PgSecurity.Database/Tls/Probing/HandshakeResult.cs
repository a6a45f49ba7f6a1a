using System;
using System.Collections.Generic;
using PgSecurity.Database.Tls.Wire;

namespace PgSecurity.Database.Tls.Probing;

/// <summary>What a handshake by this machine's TLS library came to.</summary>
internal sealed record HandshakeResult
{
    /// <summary>Pass, Fail where the server refused, NotTested where the library would not try, else Unknown.</summary>
    public TlsOutcome Outcome { get; init; }

    /// <summary>The outcome in words.</summary>
    public string Detail { get; init; } = "";

    /// <summary>The version negotiated.</summary>
    public string Version { get; init; } = "";

    /// <summary>The cipher suite negotiated; empty where the platform does not say.</summary>
    public string CipherSuite { get; init; } = "";

    /// <summary>The certificates that the server sent, its own first.</summary>
    public IReadOnlyList<byte[]> Certificates { get; init; } = Array.Empty<byte[]>();

    /// <summary>What the server asks for at the beginning of a session; null where none was begun.</summary>
    public StartupAnswer? Startup { get; init; }
}
