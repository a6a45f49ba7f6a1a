using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Core;
using PgSecurity.Database.Tls.Certificates;
using PgSecurity.Database.Tls.Revocation;
using PgSecurity.Database.Tls.Verdicts;
using PgSecurity.Database.Tls.Wire;

namespace PgSecurity.Database.Tls.Probing;

/// <summary>
/// Says what a server really does on the wire: what it answers, which versions, cipher suites and groups it takes, which
/// certificates it sends, and what follows from that. No password, token or key is ever sent.
/// </summary>
public static class TlsProbe
{
    /// <summary>Asks one server. Whatever it does, there is a report.</summary>
    /// <param name="target">Whom to ask.</param>
    /// <param name="options">How to ask.</param>
    /// <param name="stop">Ends it without a report.</param>
    /// <exception cref="FormatException">A file of roots is not one.</exception>
    /// <exception cref="IOException">A file of roots cannot be read.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static async Task<TlsReport> RunAsync(ProbeTarget target, ProbeOptions options, CancellationToken stop)
    {
        TrustAnchors anchors = options.RootFiles.Count > 0
            ? TrustAnchors.OfFiles(options.RootFiles, target.ExpectedName)
            : TrustAnchors.For(target.ExpectedName);
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(options.TotalTimeout);
        using Questions questions = new(target, options, limit.Token);

        TlsReport report = Begin(target, options, await StateAsync(questions, stop).ConfigureAwait(false));
        if (report.State == TlsEndpointState.NoTls) return await WithoutTlsAsync(report, questions, options, stop).ConfigureAwait(false);
        if (report.State != TlsEndpointState.Tls) return report;

        Observations seen = new();
        Interview interview = new(questions, target.ExpectedName, options.BeginsLogIn, seen);
        await WithinAsync(interview.AskVersionsAsync(), stop).ConfigureAwait(false);
        if (Silence(seen) is { } silence) return Begin(target, options, silence);

        await WithinAsync(interview.AskRestAsync(), stop).ConfigureAwait(false);
        List<TlsCheck> checks = report.Checks.Concat(WireVerdicts.Of(seen, options.BeginsLogIn)).ToList();
        List<TlsCertificate> certificates = new();
        await WithinAsync(JudgeCertificatesAsync(seen, target, options, anchors, checks, certificates, limit.Token), stop).ConfigureAwait(false);
        return new TlsReport
        {
            HostName = report.HostName,
            Port = report.Port,
            ExpectedName = report.ExpectedName,
            ResourceId = report.ResourceId,
            ProbedAt = report.ProbedAt,
            State = report.State,
            Detail = report.Detail,
            NegotiatedVersion = seen.Negotiated?.Version ?? "",
            NegotiatedCipherSuite = seen.Negotiated?.CipherSuite ?? "",
            AuthenticationMethod = seen.Negotiated?.Startup?.Method ?? "",
            Versions = ReadableList<TlsVersionResult>.Of(TlsVersions.All.Select(version => Show(version, seen))),
            Groups = ReadableList<TlsGroupResult>.Of(KeyExchangeGroup.All.Where(seen.Groups.ContainsKey)
                .Select(group => new TlsGroupResult(group.Name, group.IsPostQuantum, seen.Groups[group]))),
            Certificates = ReadableList<TlsCertificate>.Of(certificates),
            Checks = ReadableList<TlsCheck>.Of(Complete(checks)),
        };
    }

    private static async Task<(TlsEndpointState, string)> StateAsync(Questions questions, CancellationToken stop)
    {
        try
        {
            return await questions.StateAsync().ConfigureAwait(false);
        }
        catch (WireException failure)
        {
            return (StateOf(failure.Failure), failure.Message);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return (TlsEndpointState.NoAnswer, "no answer in the time for this server");
        }
    }

    private static TlsEndpointState StateOf(WireFailure failure) => failure switch
    {
        WireFailure.Unreachable => TlsEndpointState.Unreachable,
        WireFailure.TimedOut => TlsEndpointState.NoAnswer,
        WireFailure.Closed => TlsEndpointState.Closed,
        WireFailure.OtherProtocol => TlsEndpointState.NotPostgreSql,
        _ => TlsEndpointState.Garbage,
    };

    private static TlsReport Begin(ProbeTarget target, ProbeOptions options, (TlsEndpointState State, string Detail) seen)
    {
        TlsOutcome outcome = seen.State switch
        {
            TlsEndpointState.Tls => TlsOutcome.Pass,
            TlsEndpointState.NoTls or TlsEndpointState.NotPostgreSql or TlsEndpointState.Garbage => TlsOutcome.Fail,
            _ => TlsOutcome.Unknown,
        };
        return new TlsReport
        {
            HostName = target.HostName,
            Port = target.Port,
            ExpectedName = target.ExpectedName,
            ResourceId = target.ResourceId,
            ProbedAt = options.Now().ToUniversalTime(),
            State = seen.State,
            Detail = seen.Detail,
            Checks = new[] { new TlsCheck(TlsCheckNames.Connection, Severity.High, outcome, seen.Detail) },
        };
    }

    /// <summary>Where no version got an answer of TLS, the server agreed to what it does not do.</summary>
    private static (TlsEndpointState, string)? Silence(Observations seen)
    {
        if (seen.Versions.Count == 0 || seen.Versions.Values.Any(answer => answer.Failure is null)) return null;
        WireException failure = seen.Versions.Values.Select(answer => answer.Failure!).OrderByDescending(reason => reason.Failure).First();
        string before = failure.Failure == WireFailure.OtherProtocol ? "" : "the server agrees to TLS, then: ";
        return (StateOf(failure.Failure), before + failure.Message);
    }

    private static async Task<TlsReport> WithoutTlsAsync(TlsReport report, Questions questions, ProbeOptions options, CancellationToken stop)
    {
        StartupAnswer? plain = null;
        if (options.BeginsLogIn)
        {
            await WithinAsync(Ask(), stop).ConfigureAwait(false);
        }

        return new TlsReport
        {
            HostName = report.HostName,
            Port = report.Port,
            ExpectedName = report.ExpectedName,
            ResourceId = report.ResourceId,
            ProbedAt = report.ProbedAt,
            State = report.State,
            Detail = report.Detail,
            AuthenticationMethod = plain?.Method ?? "",
            Checks = report.Checks.Append(WireVerdicts.PlainText(plain, null, options.BeginsLogIn)).ToList(),
        };

        async Task Ask() => plain = await questions.PlainStartupAsync().ConfigureAwait(false);
    }

    private static async Task JudgeCertificatesAsync(
        Observations seen, ProbeTarget target, ProbeOptions options, TrustAnchors anchors, List<TlsCheck> checks, List<TlsCertificate> shown, CancellationToken stop)
    {
        List<Certificate> sent = new();
        try
        {
            sent.AddRange(seen.Certificates.Select(Certificate.Read));
        }
        catch (FormatException broken)
        {
            checks.Add(new TlsCheck(TlsCheckNames.TrustedRoot, Severity.High, TlsOutcome.Fail, $"a certificate that the server sends is broken: {broken.Message}"));
            return;
        }

        if (sent.Count == 0) return;
        using Downloads? downloads = options.Downloads ? new Downloads(options.Timeout) : null;
        CertificatePath path = await PathSearch.FindAsync(sent, anchors, downloads, stop).ConfigureAwait(false);
        CertificateVerdicts verdicts = new(sent, path, anchors, options.Now());
        shown.AddRange(path.Certificates.Concat(sent.Where(other => path.Certificates.All(known => known.Sha256 != other.Sha256))).Select(verdicts.Show));
        checks.AddRange(verdicts.Of(target.ExpectedName));
        checks.Add(downloads is null
            ? new TlsCheck(TlsCheckNames.Revocation, Severity.High, TlsOutcome.NotTested, "revocation was not to be looked up")
            : CertificateVerdicts.Revocation(await AskRevocationAsync(path, new RevocationCheck(downloads, options.Now()), stop).ConfigureAwait(false)));
    }

    private static async Task<IReadOnlyList<(Certificate, RevocationAnswer)>> AskRevocationAsync(CertificatePath path, RevocationCheck check, CancellationToken stop)
    {
        List<(Certificate, RevocationAnswer)> answers = new();
        for (int i = 0; i < path.Certificates.Count; i++)
        {
            Certificate certificate = path.Certificates[i];
            if (i + 1 < path.Certificates.Count) answers.Add((certificate, await check.AskAsync(certificate, path.Certificates[i + 1], stop).ConfigureAwait(false)));
            else if (path.End == PathEnd.IssuerMissing) answers.Add((certificate, new RevocationAnswer(Truth.Unknown, "its issuer is not known")));
        }

        return answers;
    }

    /// <summary>Waits for what ends in time; what does not is left as it is.</summary>
    private static async Task WithinAsync(Task task, CancellationToken stop)
    {
        try
        {
            await task.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // The time for this server is over: what was not reached is unknown in the verdicts.
        }
    }

    private static TlsVersionResult Show(ushort version, Observations seen) => new()
    {
        Version = TlsVersions.Name(version),
        Support = seen.SupportOf(version),
        Handshake = seen.Handshakes.TryGetValue(version, out HandshakeResult? handshake) ? handshake.Outcome
            : seen.SupportOf(version) == TlsSupport.Refused ? TlsOutcome.NotApplicable : TlsOutcome.Unknown,
        CipherSuites = ReadableList<string>.Of(seen.Suites.TryGetValue(version, out SuiteList? list) ? list.Suites : Array.Empty<string>()),
        Detail = seen.Versions.TryGetValue(version, out HelloAnswer? answer) ? answer.Text : "not reached",
    };

    /// <summary>Every check is in a report of a server with TLS, in one order; one that was not come to is unknown.</summary>
    private static IReadOnlyList<TlsCheck> Complete(List<TlsCheck> checks)
    {
        (string Name, Severity Severity)[] ofCertificates =
        {
            (TlsCheckNames.HostName, Severity.High), (TlsCheckNames.Validity, Severity.High), (TlsCheckNames.ChainComplete, Severity.Medium),
            (TlsCheckNames.TrustedRoot, Severity.High), (TlsCheckNames.RootCurrent, Severity.Medium), (TlsCheckNames.Revocation, Severity.High),
            (TlsCheckNames.KeyStrength, Severity.Medium), (TlsCheckNames.TrustFile, Severity.Medium),
        };
        checks.AddRange(ofCertificates
            .Where(expected => checks.All(check => check.Name != expected.Name))
            .Select(expected => new TlsCheck(expected.Name, expected.Severity, TlsOutcome.Unknown, "no certificate could be read")).ToList());
        return checks;
    }
}
