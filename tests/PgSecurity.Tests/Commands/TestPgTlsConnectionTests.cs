using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using Xunit;

namespace PgSecurity.Tests.Commands;

public sealed class TestPgTlsConnectionTests(ModuleSession session) : IClassFixture<ModuleSession>, IDisposable
{
    private readonly ModuleSession _session = session;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly TemporaryFolder _folder = new();

    private int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Dispose()
    {
        _listener.Stop();
        _folder.Dispose();
    }

    [Fact]
    public void A_server_without_TLS_fails_and_is_a_report_no_error()
    {
        Answer((byte)'N');
        TlsReport report = _session.RunClean<TlsReport>($"Test-PgTlsConnection 127.0.0.1 -Port {Port} -SkipLogIn").Single();
        Assert.Equal((TlsEndpointState.NoTls, TlsOutcome.Fail), (report.State, report.Outcome));
    }

    [Fact]
    public void Hosts_in_the_pipeline_are_reported_in_order()
    {
        Answer((byte)'N');
        IReadOnlyList<TlsReport> reports = _session.RunClean<TlsReport>($"'127.0.0.1', 'no-such-host.invalid', 'localhost' | Test-PgTlsConnection -Port {Port} -SkipLogIn -TimeoutSeconds 3");
        Assert.Equal(["127.0.0.1", "no-such-host.invalid", "localhost"], reports.Select(report => report.HostName));
        Assert.Equal((TlsEndpointState.Unreachable, TlsOutcome.Unknown), (reports[1].State, reports[1].Outcome));
    }

    [Fact]
    public void A_server_as_JSON_is_asked_by_its_own_name()
    {
        Answer((byte)'N');
        _session.Set("json", Server("localhost"));
        TlsReport report = _session.RunClean<TlsReport>($"$json | Test-PgTlsConnection -Port {Port} -SkipLogIn").Single();
        Assert.Equal(("localhost", SampleServers.IdOf("one")), (report.HostName, report.ResourceId));
    }

    [Theory]
    [InlineData("Test-PgTlsConnection 'db.example:5432'", "HostNameInvalid")]
    [InlineData("$json | Test-PgTlsConnection", "HostNameUnknown")]
    [InlineData("Test-PgTlsConnection db.invalid -RootCertificate none.pem", "RootsUnreadable")]
    [InlineData("Test-PgTlsConnection db.invalid -RootCertificate broken.pem", "RootsUnreadable")]
    public void What_cannot_be_asked_is_an_error_with_advice(string script, string id)
    {
        _session.Go(_folder.FullPath);
        _folder.Write("broken.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        _session.Set("json", SampleServers.Arm("one"));
        ErrorRecord error;
        try
        {
            Assert.Empty(_session.Run(script));
            error = _session.Errors.Last();
        }
        catch (CmdletInvocationException terminating)
        {
            error = terminating.ErrorRecord;
        }

        Assert.StartsWith(id + ",", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
    }

    [Fact]
    public void Findings_ask_the_wire_only_when_they_are_told_to()
    {
        _session.Set("json", Server("no-such-host.invalid"));
        Assert.DoesNotContain(_session.RunClean<Finding>("$json | Get-PgSecurityFinding -Section DataProtection"), finding => finding.ControlId == "DAT-151");
        Finding asked = _session.RunClean<Finding>("$json | Get-PgSecurityFinding -Section DataProtection -IncludeTls").Single(finding => finding.ControlId == "DAT-151");
        Assert.Equal(Outcome.Unknown, asked.Outcome);
        Assert.Contains("does not resolve", asked.Reason, StringComparison.Ordinal);
    }

    private static string Server(string host) =>
        SampleServers.Arm("one").Replace("\"properties\":{", $"\"properties\":{{\"fullyQualifiedDomainName\":\"{host}\",", StringComparison.Ordinal)
            .Replace("\"properties\": {", $"\"properties\":{{\"fullyQualifiedDomainName\":\"{host}\",", StringComparison.Ordinal);

    private void Answer(byte answer)
    {
        _listener.Start();
        _ = Task.Run(async () =>
        {
            try
            {
                while (true)
                {
                    using TcpClient client = await _listener.AcceptTcpClientAsync();
                    NetworkStream stream = client.GetStream();
                    _ = await stream.ReadAsync(new byte[8]);
                    await stream.WriteAsync(new[] { answer });
                }
            }
            catch (Exception end) when (end is SocketException or ObjectDisposedException or System.IO.IOException)
            {
                // The test is over.
            }
        });
    }
}
