using System;
using System.Collections.Generic;
using System.Linq;
using PgSecurity.Database.Tls.Probing;
using PgSecurity.Database.Tls.Wire;

namespace PgSecurity.Database.Tls.Verdicts;

/// <summary>The verdicts on what a server says before a certificate matters.</summary>
internal static class WireVerdicts
{
    private const string NotReached = "not reached in the time for this server";
    private static readonly ushort[] Legacy = { TlsVersions.Ssl3, TlsVersions.Tls10, TlsVersions.Tls11 };

    /// <summary>All of them.</summary>
    /// <param name="seen">What was seen.</param>
    /// <param name="beganLogIn">Whether a log-in was begun.</param>
    public static IEnumerable<TlsCheck> Of(Observations seen, bool beganLogIn)
    {
        yield return PlainText(seen.Plain, seen.Negotiated?.Startup, beganLogIn);
        yield return LegacyVersions(seen);
        yield return Tls13(seen);
        yield return Strength(seen);
        yield return Fallback(seen);
        yield return PostQuantum(seen);
        yield return Direct(seen.Direct);
        yield return Gss(seen.Gss);
        yield return Authentication(seen.Negotiated, beganLogIn);
        yield return ChannelBinding(seen.Negotiated, beganLogIn);
    }

    /// <summary>The verdict on a session without TLS.</summary>
    public static TlsCheck PlainText(StartupAnswer? plain, StartupAnswer? withTls, bool beganLogIn)
    {
        TlsCheck Is(TlsOutcome outcome, string observed) => new(TlsCheckNames.PlainTextRefused, Severity.High, outcome, observed);
        if (!beganLogIn) return Is(TlsOutcome.NotTested, "no log-in was to be begun");
        if (plain is null) return Is(TlsOutcome.Unknown, NotReached);
        if (plain.AsksForProof) return Is(TlsOutcome.Fail, $"a client without TLS is asked to log in ({plain.Method})");
        if (plain.Failure.Length > 0) return Is(TlsOutcome.Unknown, plain.Failure);
        if (plain.ErrorCode != "28000") return Is(TlsOutcome.Unknown, $"a client without TLS gets error {plain.ErrorCode}, which says nothing about TLS");

        // 28000 is also what a role or an address is told that may not connect at all.
        return withTls is { AsksForProof: true }
            ? Is(TlsOutcome.Pass, "a client without TLS is turned away (28000), one with TLS is asked to log in")
            : Is(TlsOutcome.Unknown, "a client without TLS is turned away (28000), and so is one with TLS or it could not be told");
    }

    private static TlsCheck LegacyVersions(Observations seen)
    {
        TlsCheck Is(TlsOutcome outcome, string observed) => new(TlsCheckNames.LegacyVersionsRefused, Severity.High, outcome, observed);
        string[] accepted = Names(Legacy.Where(version => seen.SupportOf(version) == TlsSupport.Accepted));
        if (accepted.Length > 0) return Is(TlsOutcome.Fail, $"accepts {Join(accepted)}");
        ushort[] open = Legacy.Where(version => seen.SupportOf(version) == TlsSupport.Unknown).ToArray();
        return open.Length > 0
            ? Is(TlsOutcome.Unknown, $"{Join(Names(open))}: {(seen.Versions.TryGetValue(open[0], out HelloAnswer? answer) ? answer.Text : NotReached)}")
            : Is(TlsOutcome.Pass, "refuses SSLv3, TLSv1 and TLSv1.1");
    }

    private static TlsCheck Tls13(Observations seen)
    {
        TlsCheck Is(TlsOutcome outcome, string observed) => new(TlsCheckNames.Tls13Accepted, Severity.Medium, outcome, observed);
        string answer = seen.Versions.TryGetValue(TlsVersions.Tls13, out HelloAnswer? hello) ? hello.Text : NotReached;
        return seen.SupportOf(TlsVersions.Tls13) switch
        {
            TlsSupport.Accepted => Is(TlsOutcome.Pass, answer),
            TlsSupport.Refused => Is(TlsOutcome.Fail, answer),
            _ => Is(TlsOutcome.Unknown, answer),
        };
    }

    private static TlsCheck Strength(Observations seen)
    {
        TlsCheck Is(TlsOutcome outcome, string observed) => new(TlsCheckNames.CipherStrength, Severity.Medium, outcome, observed);
        string[] weak = seen.Suites.Values.SelectMany(list => list.Suites).Distinct()
            .Where(suite => CipherSuites.Weakness(suite) is not null).ToArray();
        if (weak.Length > 0)
        {
            return Is(TlsOutcome.Fail, $"{weak.Length} weak cipher suites, {weak[0]} among them, which {CipherSuites.Weakness(weak[0])}");
        }

        string? gap = seen.Suites.Values.Select(list => list.Gap).FirstOrDefault(reason => reason is not null)
            ?? (seen.Accepted.Count == 0 || seen.Accepted.Any(version => !seen.Suites.ContainsKey(version)) ? NotReached : null);
        int count = seen.Suites.Values.Sum(list => list.Suites.Count);
        return gap is null
            ? Is(TlsOutcome.Pass, $"{count} cipher suites, all authenticated encryption with forward secrecy")
            : Is(TlsOutcome.Unknown, $"the list of cipher suites is not complete: {gap}");
    }

    private static TlsCheck Fallback(Observations seen)
    {
        TlsCheck Is(TlsOutcome outcome, string observed) => new(TlsCheckNames.FallbackProtected, Severity.Low, outcome, observed);
        if (seen.Accepted.Count == 0) return Is(TlsOutcome.Unknown, "no version is known to be accepted");
        if (seen.Accepted.Count == 1)
        {
            return TlsVersions.All.Any(version => seen.SupportOf(version) == TlsSupport.Unknown)
                ? Is(TlsOutcome.Unknown, "which versions are accepted is not known for all of them")
                : Is(TlsOutcome.NotApplicable, $"only {TlsVersions.Name(seen.Accepted[0])} is accepted: there is nothing to fall back to");
        }

        return seen.Fallback switch
        {
            null => Is(TlsOutcome.Unknown, NotReached),
            { Alert: TlsAlerts.InappropriateFallback } => Is(TlsOutcome.Pass, "a hello that is marked as a second try is refused with alert 86"),
            { HasDowngradeMark: true } => Is(TlsOutcome.Pass, "a second try is answered, and the answer is marked as a downgrade"),
            { IsHello: true } => Is(TlsOutcome.Fail, $"a second try is answered with {TlsVersions.Name(seen.Fallback.Version)} as if it were the first"),
            _ => Is(TlsOutcome.Unknown, seen.Fallback.Text),
        };
    }

    private static TlsCheck PostQuantum(Observations seen)
    {
        TlsCheck Is(TlsOutcome outcome, string observed) => new(TlsCheckNames.PostQuantumGroup, Severity.Informational, outcome, observed);
        if (seen.SupportOf(TlsVersions.Tls13) == TlsSupport.Refused) return Is(TlsOutcome.NotApplicable, "TLSv1.3 is refused, and older versions have no such group");
        string[] Of(TlsSupport support) => seen.Groups.Where(group => group.Key.IsPostQuantum && group.Value == support).Select(group => group.Key.Name).ToArray();
        if (Of(TlsSupport.Accepted) is { Length: > 0 } accepted) return Is(TlsOutcome.Pass, $"accepts {Join(accepted)}");
        int asked = KeyExchangeGroup.All.Count(group => group.IsPostQuantum);
        return Of(TlsSupport.Refused).Length == asked
            ? Is(TlsOutcome.Fail, $"refuses {Join(Of(TlsSupport.Refused))}")
            : Is(TlsOutcome.Unknown, "the answers do not say");
    }

    private static TlsCheck Direct(DirectAnswer? direct)
    {
        TlsCheck Is(TlsOutcome outcome, string observed, Severity severity = Severity.Informational) => new(TlsCheckNames.DirectTls, severity, outcome, observed);
        return direct switch
        {
            null => Is(TlsOutcome.Unknown, NotReached),
            { Outcome: TlsOutcome.Pass, Protocol: "postgresql" } => Is(TlsOutcome.Pass, "direct TLS, with the protocol negotiated"),
            { Outcome: TlsOutcome.Pass } => Is(TlsOutcome.Fail, "takes TLS at once without negotiating PostgreSQL's protocol, so that one service can be passed off as another", Severity.Low),
            { Outcome: TlsOutcome.Fail } => Is(TlsOutcome.NotApplicable, $"direct TLS is not offered, as before PostgreSQL 17 ({direct.Detail})"),
            _ => Is(direct.Outcome, direct.Detail),
        };
    }

    private static TlsCheck Gss((byte? Answer, string Failure)? gss)
    {
        TlsCheck Is(TlsOutcome outcome, string observed) => new(TlsCheckNames.GssEncryption, Severity.Informational, outcome, observed);
        return gss switch
        {
            null => Is(TlsOutcome.Unknown, NotReached),
            { Answer: (byte)'N' } => Is(TlsOutcome.Pass, "encryption by GSSAPI is not offered"),
            { Answer: (byte)'E' } => Is(TlsOutcome.Pass, "encryption by GSSAPI is not known to the server"),
            { Answer: (byte)'G' } => Is(TlsOutcome.Fail, "encryption by GSSAPI is offered: a second way in, to which the settings of TLS do not apply"),
            { Answer: { } other } => Is(TlsOutcome.Unknown, FormattableString.Invariant($"the answer is 0x{other:x2}")),
            { } failed => Is(TlsOutcome.Unknown, failed.Failure),
        };
    }

    private static TlsCheck Authentication(HandshakeResult? negotiated, bool beganLogIn)
    {
        TlsCheck Is(TlsOutcome outcome, string observed) => new(TlsCheckNames.Authentication, Severity.High, outcome, observed);
        return NoStartup(negotiated, beganLogIn) is { } none ? Is(none.Outcome, none.Reason) : negotiated!.Startup!.Method switch
        {
            "None" => Is(TlsOutcome.Fail, "lets a client in without any proof"),
            "MD5" => Is(TlsOutcome.Fail, "asks for an MD5 hash, which is as good as the password to whoever has it"),
            "ClearText" => Is(TlsOutcome.Fail, "asks for the password itself"),
            { } method => Is(TlsOutcome.Pass, $"asks for {method}"),
        };
    }

    private static TlsCheck ChannelBinding(HandshakeResult? negotiated, bool beganLogIn)
    {
        TlsCheck Is(TlsOutcome outcome, string observed) => new(TlsCheckNames.ChannelBinding, Severity.Low, outcome, observed);
        if (NoStartup(negotiated, beganLogIn) is { } none) return Is(none.Outcome, none.Reason);
        IReadOnlyList<string> mechanisms = negotiated!.Startup!.Mechanisms;
        if (mechanisms.Count == 0) return Is(TlsOutcome.NotApplicable, $"the server asks for {negotiated.Startup.Method}, which cannot be bound");
        return mechanisms.FirstOrDefault(name => name.EndsWith("-PLUS", StringComparison.Ordinal)) is { } bound
            ? Is(TlsOutcome.Pass, $"offers {bound}")
            : Is(TlsOutcome.Fail, $"offers {Join(mechanisms)} only");
    }

    private static (TlsOutcome Outcome, string Reason)? NoStartup(HandshakeResult? negotiated, bool beganLogIn)
    {
        if (!beganLogIn) return (TlsOutcome.NotTested, "no log-in was to be begun");
        if (negotiated is null) return (TlsOutcome.Unknown, NotReached);
        if (negotiated.Startup is not { } startup) return (negotiated.Outcome == TlsOutcome.NotTested ? TlsOutcome.NotTested : TlsOutcome.Unknown, negotiated.Detail);
        if (startup.AsksForProof) return null;
        return (TlsOutcome.Unknown, startup.Failure.Length > 0 ? startup.Failure : $"the server answers the name of the role with error {startup.ErrorCode}");
    }

    private static string[] Names(IEnumerable<ushort> versions) => versions.Select(TlsVersions.Name).ToArray();

    private static string Join(IEnumerable<string> names) => string.Join(", ", names);
}
