using System;
using System.Collections.Generic;
using System.Linq;

namespace PgSecurity;

/// <summary>What one server says on the wire, and the verdicts on it.</summary>
public sealed class TlsReport
{
    /// <summary>The name or address that was connected to.</summary>
    public string HostName { get; init; } = "";

    /// <summary>The port.</summary>
    public int Port { get; init; }

    /// <summary>The name that the certificate was held against.</summary>
    public string ExpectedName { get; init; } = "";

    /// <summary>The ARM id of the server; empty where only its name is known.</summary>
    public string ResourceId { get; init; } = "";

    /// <summary>When it was asked (UTC).</summary>
    public DateTimeOffset ProbedAt { get; init; }

    /// <summary>What is at the address.</summary>
    public TlsEndpointState State { get; init; }

    /// <summary>The state in words.</summary>
    public string Detail { get; init; } = "";

    /// <summary>The version that client and server agree on when both may choose; empty where no handshake was completed.</summary>
    public string NegotiatedVersion { get; init; } = "";

    /// <summary>The cipher suite that they agree on; empty where this platform does not say.</summary>
    public string NegotiatedCipherSuite { get; init; } = "";

    /// <summary>What the server asks of a client that logs in: <c>SCRAM-SHA-256</c>, <c>MD5</c>, <c>ClearText</c>, <c>None</c>, …; empty where it is not known.</summary>
    public string AuthenticationMethod { get; init; } = "";

    /// <summary>The versions of TLS, oldest first.</summary>
    public IReadOnlyList<TlsVersionResult> Versions { get; init; } = Array.Empty<TlsVersionResult>();

    /// <summary>The groups for the key exchange.</summary>
    public IReadOnlyList<TlsGroupResult> Groups { get; init; } = Array.Empty<TlsGroupResult>();

    /// <summary>The certificates, the server's own first, then the path to its root, then what else was sent.</summary>
    public IReadOnlyList<TlsCertificate> Certificates { get; init; } = Array.Empty<TlsCertificate>();

    /// <summary>The verdicts, each on its own.</summary>
    public IReadOnlyList<TlsCheck> Checks { get; init; } = Array.Empty<TlsCheck>();

    /// <summary>The worst of the verdicts that are more than informational: Fail before Unknown before Pass.</summary>
    public TlsOutcome Outcome
    {
        get
        {
            IEnumerable<TlsOutcome> outcomes = Checks.Where(check => check.Severity > Severity.Informational).Select(check => check.Outcome).ToList();
            if (outcomes.Contains(TlsOutcome.Fail)) return TlsOutcome.Fail;
            return outcomes.Contains(TlsOutcome.Unknown) || !outcomes.Contains(TlsOutcome.Pass) ? TlsOutcome.Unknown : TlsOutcome.Pass;
        }
    }

    /// <summary>The names of the checks that failed and are more than informational.</summary>
    public IReadOnlyList<string> Failed => Names(TlsOutcome.Fail);

    /// <summary>The names of the checks that could not be told and are more than informational.</summary>
    public IReadOnlyList<string> Undecided => Names(TlsOutcome.Unknown);

    /// <summary>The verdict of a name, or null.</summary>
    public TlsCheck? Find(string name) => Checks.FirstOrDefault(check => check.Name == name);

    private IReadOnlyList<string> Names(TlsOutcome outcome) => ReadableList<string>.Of(
        Checks.Where(check => check.Outcome == outcome && check.Severity > Severity.Informational).Select(check => check.Name));
}
