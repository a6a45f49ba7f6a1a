using System;
using System.Collections.Generic;

namespace PgSecurity;

/// <summary>What a server says to one version of TLS.</summary>
public sealed class TlsVersionResult
{
    /// <summary>The version as PostgreSQL spells it: <c>SSLv3</c>, <c>TLSv1</c>, <c>TLSv1.1</c>, <c>TLSv1.2</c>, <c>TLSv1.3</c>.</summary>
    public string Version { get; init; } = "";

    /// <summary>
    /// What the server answered to a hello that offers this version alone. The hello is written by PgSecurity, so that
    /// what this machine's TLS library allows has no say.
    /// </summary>
    public TlsSupport Support { get; init; }

    /// <summary>
    /// Whether this machine's TLS library completed a handshake: Pass, Fail, Unknown; NotTested where the library does not
    /// allow the version; NotApplicable where the server refuses it.
    /// </summary>
    public TlsOutcome Handshake { get; init; } = TlsOutcome.NotTested;

    /// <summary>The cipher suites that the server takes, in the order in which it prefers them where it has one.</summary>
    public IReadOnlyList<string> CipherSuites { get; init; } = Array.Empty<string>();

    /// <summary>The answer in words.</summary>
    public string Detail { get; init; } = "";

    /// <summary>Version and support.</summary>
    public override string ToString() => $"{Version} {Support}";
}
