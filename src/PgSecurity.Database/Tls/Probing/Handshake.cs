using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;
using PgSecurity.Database.Tls.Certificates;
using PgSecurity.Database.Tls.Wire;

namespace PgSecurity.Database.Tls.Probing;

/// <summary>
/// A handshake by this machine's TLS library. Every certificate is taken, since they are judged elsewhere and no secret
/// is ever sent; what is sent at most is the beginning of a session, with a name and no password.
/// </summary>
internal static class Handshake
{
    private const SslProtocols Tls13 = (SslProtocols)12288;

    /// <summary>Runs it on a connection on which the server agreed to TLS.</summary>
    /// <param name="wire">The connection.</param>
    /// <param name="serverName">The name for SNI.</param>
    /// <param name="version">The only version to offer; null for TLS 1.2 and 1.3.</param>
    /// <param name="logIn">Names to begin a session with; null to begin none.</param>
    public static async Task<HandshakeResult> RunAsync(ServerConnection wire, string serverName, ushort? version, ProbeOptions? logIn)
    {
        List<byte[]> sent = new();
        Tap tap = new(wire.Stream);
        using SslStream tls = new(tap, true, (_, certificate, chain, _) =>
        {
            Collect(sent, certificate, chain);
            return true;
        });
        try
        {
            await AuthenticateAsync(tls, serverName, ProtocolsOf(version), wire).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            return Failed(wire, tap, failure);
        }

        HandshakeResult result = new()
        {
            Outcome = TlsOutcome.Pass,
            Detail = "this machine completes the handshake",
            Version = NameOf(tls.SslProtocol),
            CipherSuite = SuiteOf(tls),
            Certificates = sent,
        };
        return logIn is null ? result : result with { Startup = await BeginAsync(wire, tls, logIn).ConfigureAwait(false) };
    }

    private static async Task AuthenticateAsync(SslStream tls, string serverName, SslProtocols protocols, ServerConnection wire)
    {
#if NET8_0_OR_GREATER
        SslClientAuthenticationOptions options = new()
        {
            TargetHost = serverName,
            EnabledSslProtocols = protocols,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, DisableCertificateDownloads = true, RevocationMode = X509RevocationMode.NoCheck },
        };
        await tls.AuthenticateAsClientAsync(options, wire.Limit).ConfigureAwait(false);
#else
        _ = wire;
        await tls.AuthenticateAsClientAsync(serverName, null, protocols, checkCertificateRevocation: false).ConfigureAwait(false);
#endif
    }

    /// <summary>
    /// Runs it without the request before it, and says which protocol was negotiated: null for none. Only where the
    /// platform can offer a protocol; elsewhere it is not tested.
    /// </summary>
    public static async Task<(HandshakeResult Result, string? Protocol)> RunDirectAsync(ServerConnection wire, string serverName, string protocol)
    {
#if NET8_0_OR_GREATER
        Tap tap = new(wire.Stream);
#pragma warning disable CA5359 // No secret is sent; the certificates are judged elsewhere.
        using SslStream tls = new(tap, true, (_, _, _, _) => true);
#pragma warning restore CA5359
        try
        {
            SslClientAuthenticationOptions options = new()
            {
                TargetHost = serverName,
                EnabledSslProtocols = SslProtocols.Tls12 | Tls13,
                ApplicationProtocols = new List<SslApplicationProtocol> { new(protocol) },
                CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, DisableCertificateDownloads = true, RevocationMode = X509RevocationMode.NoCheck },
            };
            await tls.AuthenticateAsClientAsync(options, wire.Limit).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            return (Failed(wire, tap, failure), null);
        }

        string negotiated = tls.NegotiatedApplicationProtocol.ToString();
        return (new HandshakeResult { Outcome = TlsOutcome.Pass }, negotiated.Length == 0 ? null : negotiated);
#else
        _ = (wire, serverName, protocol);
        await Task.CompletedTask.ConfigureAwait(false);
        return (new HandshakeResult { Outcome = TlsOutcome.NotTested, Detail = "this platform cannot offer a protocol" }, null);
#endif
    }

    private static HandshakeResult Failed(ServerConnection wire, Tap tap, Exception failure)
    {
        if (!tap.SentHello) return new HandshakeResult { Outcome = TlsOutcome.NotTested, Detail = "this machine's TLS library does not offer it" };
        if (tap.Alert is { } alert) return new HandshakeResult { Outcome = TlsOutcome.Fail, Detail = $"the server refuses with alert {alert} ({TlsAlerts.Name(alert)})" };
        if (tap.ReceivedHello) return new HandshakeResult { Outcome = TlsOutcome.NotTested, Detail = "the server goes on, and this machine's TLS library does not allow it" };
        Exception reason = wire.Explain(failure);
        if (reason is OperationCanceledException) throw reason;
        return new HandshakeResult { Outcome = TlsOutcome.Unknown, Detail = reason.Message };
    }

    private static async Task<StartupAnswer> BeginAsync(ServerConnection wire, SslStream tls, ProbeOptions names)
    {
        try
        {
            byte[] startup = PgMessages.Startup(names.UserName, names.Database);
            await tls.WriteAsync(startup, 0, startup.Length, wire.Limit).ConfigureAwait(false);
            StartupAnswer answer = await StartupAnswer.ReadAsync(tls, wire.Limit).ConfigureAwait(false);
            await tls.WriteAsync(PgMessages.Terminate, 0, PgMessages.Terminate.Length, wire.Limit).ConfigureAwait(false);
            return answer;
        }
        catch (Exception failure)
        {
            Exception reason = wire.Explain(failure);
            if (reason is OperationCanceledException) throw reason;
            return new StartupAnswer { Failure = reason.Message };
        }
    }

    private static void Collect(List<byte[]> sent, X509Certificate? certificate, X509Chain? chain)
    {
        if (certificate is not null) sent.Add(certificate.GetRawCertData());
        foreach (X509Certificate2 more in chain?.ChainPolicy.ExtraStore ?? new X509Certificate2Collection())
        {
            if (!sent.Any(known => known.SequenceEqual(more.RawData))) sent.Add(more.RawData);
        }
    }

    private static SslProtocols ProtocolsOf(ushort? version) => version switch
    {
        null => SslProtocols.Tls12 | Tls13,
#pragma warning disable CA5397, SYSLIB0039, CS0618 // Asked for so as to see whether they are refused.
        TlsVersions.Ssl3 => SslProtocols.Ssl3,
        TlsVersions.Tls10 => SslProtocols.Tls,
        TlsVersions.Tls11 => SslProtocols.Tls11,
#pragma warning restore CA5397, SYSLIB0039, CS0618
        TlsVersions.Tls12 => SslProtocols.Tls12,
        _ => Tls13,
    };

    private static string NameOf(SslProtocols protocol) => (int)protocol switch
    {
        48 => "SSLv3",
        192 => "TLSv1",
        768 => "TLSv1.1",
        3072 => "TLSv1.2",
        12288 => "TLSv1.3",
        _ => protocol.ToString(),
    };

#if NET8_0_OR_GREATER
    private static string SuiteOf(SslStream tls) => tls.NegotiatedCipherSuite.ToString();
#else
    private static string SuiteOf(SslStream tls) => "";
#endif
}
