using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using PgSecurity.Database.Tls.Wire;

namespace PgSecurity.Database.Tls.Probing;

/// <summary>Puts all questions to a server that has TLS, and keeps what it says.</summary>
internal sealed class Interview
{
    private const string PgProtocol = "postgresql";
    private readonly Questions _questions;
    private readonly string _serverName;
    private readonly bool _beginsLogIn;
    private readonly Observations _seen;

    public Interview(Questions questions, string serverName, bool beginsLogIn, Observations seen)
    {
        _questions = questions;
        _serverName = serverName;
        _beginsLogIn = beginsLogIn;
        _seen = seen;
    }

    /// <summary>Asks which versions it takes.</summary>
    public async Task AskVersionsAsync()
    {
        HelloAnswer[] answers = await Task.WhenAll(TlsVersions.All.Select(
            version => _questions.HelloAsync(Hello(version, CipherSuites.For(version)), withCertificates: true))).ConfigureAwait(false);
        for (int i = 0; i < answers.Length; i++)
        {
            _seen.Versions[TlsVersions.All[i]] = answers[i];
        }
    }

    /// <summary>Asks the rest, which needs to know the versions.</summary>
    public async Task AskRestAsync()
    {
        List<Task> tasks = new() { AskNegotiatedAsync(), AskFallbackAsync(), AskDirectAsync(), AskGssAsync(), AskGroupsAsync() };
        if (_beginsLogIn) tasks.Add(AskPlainAsync());
        tasks.AddRange(_seen.Accepted.Select(AskSuitesAsync));
        tasks.AddRange(_seen.Accepted.Select(AskHandshakeAsync));
        await Task.WhenAll(tasks).ConfigureAwait(false);
    }

    private ClientHello Hello(ushort version, IReadOnlyList<ushort> suites) => new() { Version = version, Suites = suites, ServerName = _serverName };

    private async Task AskNegotiatedAsync() => _seen.Negotiated = await _questions.HandshakeAsync(null, _beginsLogIn).ConfigureAwait(false);

    private async Task AskHandshakeAsync(ushort version)
    {
        HandshakeResult result = await _questions.HandshakeAsync(version, beginsLogIn: false).ConfigureAwait(false);
        lock (_seen.Handshakes) _seen.Handshakes[version] = result;
    }

    /// <summary>The server picks one suite; it is taken away and the rest is offered again, until none is taken.</summary>
    private async Task AskSuitesAsync(ushort version)
    {
        List<ushort> left = CipherSuites.For(version).ToList();
        List<string> taken = new();
        string? gap = null;
        while (left.Count > 0 && gap is null)
        {
            HelloAnswer answer = await _questions.HelloAsync(Hello(version, left)).ConfigureAwait(false);
            TlsSupport support = Support.Of(answer, version);
            if (support == TlsSupport.Refused) break;
            if (support == TlsSupport.Accepted && left.Remove(answer.Suite)) taken.Add(CipherSuites.Name(answer.Suite));
            else gap = answer.Text;
        }

        lock (_seen.Suites) _seen.Suites[version] = new SuiteList(taken, gap);
    }

    private async Task AskGroupsAsync()
    {
        ushort version = _seen.Accepted.FirstOrDefault();
        if (version < TlsVersions.Tls12) return;

        IReadOnlyList<ushort> suites = version == TlsVersions.Tls13 ? CipherSuites.For(version) : CipherSuites.EllipticCurve;
        await Task.WhenAll(KeyExchangeGroup.All.Where(group => version == TlsVersions.Tls13 || (group.IsElliptic && !group.IsPostQuantum)).Select(async group =>
        {
            HelloAnswer answer = await _questions.HelloAsync(Hello(version, suites) with { Groups = new[] { group.Number } }).ConfigureAwait(false);
            lock (_seen.Groups) _seen.Groups[group] = Support.Of(answer, group);
        })).ConfigureAwait(false);
    }

    private async Task AskFallbackAsync()
    {
        if (_seen.Accepted.Count < 2) return;
        ushort second = _seen.Accepted[1];
        _seen.Fallback = await _questions.HelloAsync(Hello(second, CipherSuites.For(second).Concat(new[] { CipherSuites.FallbackSignal }).ToList())).ConfigureAwait(false);
    }

    private async Task AskDirectAsync()
    {
        if (_seen.SupportOf(TlsVersions.Tls12) != TlsSupport.Accepted)
        {
            (HandshakeResult result, string? protocol) = await _questions.DirectAsync(PgProtocol).ConfigureAwait(false);
            _seen.Direct = new DirectAnswer(result.Outcome, protocol, result.Detail);
            return;
        }

        ClientHello hello = Hello(TlsVersions.Tls12, CipherSuites.For(TlsVersions.Tls12)) with { ApplicationProtocol = PgProtocol };
        HelloAnswer answer = await _questions.HelloAsync(hello, isDirect: true).ConfigureAwait(false);
        TlsOutcome outcome = answer.IsHello ? TlsOutcome.Pass
            : answer.Alert is not null || answer.Failure?.Failure is WireFailure.Closed or WireFailure.Garbage ? TlsOutcome.Fail
            : TlsOutcome.Unknown;
        _seen.Direct = new DirectAnswer(outcome, answer.ApplicationProtocol, answer.Text);
    }

    private async Task AskGssAsync() => _seen.Gss = await _questions.GssAsync().ConfigureAwait(false);

    private async Task AskPlainAsync() => _seen.Plain = await _questions.PlainStartupAsync().ConfigureAwait(false);
}
