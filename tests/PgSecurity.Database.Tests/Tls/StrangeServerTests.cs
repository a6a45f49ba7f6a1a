using System;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Database.Tests.Tls.Lab;
using PgSecurity.Database.Tls.Probing;
using Xunit;

namespace PgSecurity.Database.Tests.Tls;

/// <summary>The probe against what is no PostgreSQL, or does not behave.</summary>
public sealed class StrangeServerTests
{
    /// <summary>For servers that never answer: the shorter, the sooner the test ends.</summary>
    private static readonly ProbeOptions Quick = new() { Timeout = TimeSpan.FromSeconds(0.5), TotalTimeout = TimeSpan.FromSeconds(20) };

    /// <summary>For servers that answer: long enough for the busiest machine.</summary>
    private static readonly ProbeOptions Patient = new() { Timeout = TimeSpan.FromSeconds(20), TotalTimeout = TimeSpan.FromSeconds(120) };

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request\r\n\r\n", TlsEndpointState.NotPostgreSql)]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n", TlsEndpointState.NotPostgreSql)]
    [InlineData("220 mail.example ESMTP\r\n", TlsEndpointState.NotPostgreSql)]
    [InlineData("-ERR unknown command\r\n", TlsEndpointState.NotPostgreSql)]
    [InlineData("\u0001\u0002\u0003\u0004\u0005\u0006", TlsEndpointState.Garbage)]
    [InlineData("EFATAL:  sorry, too many clients already\n\0", TlsEndpointState.Refused)]
    [InlineData("", TlsEndpointState.Closed)]
    public async Task The_answer_to_the_request_is_told_for_what_it_is(string answer, TlsEndpointState state)
    {
        using ScriptedServer server = ScriptedServer.Answering(Encoding.Latin1.GetBytes(answer));
        TlsReport report = await ProbeAsync(server.Port, Patient);
        Assert.Equal(state, report.State);
        Assert.NotEqual(TlsOutcome.Pass, report.Outcome);
    }

    [Fact]
    public async Task A_server_that_hangs_is_left_within_the_timeout()
    {
        using ScriptedServer server = ScriptedServer.Answering([], thenWaits: true);
        Assert.Equal(TlsEndpointState.NoAnswer, (await ProbeAsync(server.Port)).State);
    }

    [Fact]
    public async Task A_server_that_agrees_to_TLS_and_then_hangs_does_not_answer()
    {
        using ScriptedServer server = ScriptedServer.Agreeing(null);
        TlsReport report = await ProbeAsync(server.Port);
        Assert.Equal((TlsEndpointState.NoAnswer, TlsOutcome.Unknown), (report.State, report.Outcome));
    }

    [Fact]
    public async Task The_time_for_a_server_ends_all_that_is_still_asked()
    {
        using ScriptedServer server = ScriptedServer.Agreeing(null);
        TlsReport report = await TlsProbe.RunAsync(
            new ProbeTarget { HostName = "127.0.0.1", Port = server.Port },
            new ProbeOptions { Timeout = TimeSpan.FromMinutes(10), TotalTimeout = TimeSpan.FromSeconds(1) },
            CancellationToken.None);
        Assert.Equal(TlsOutcome.Unknown, report.Outcome);
        Assert.DoesNotContain(report.Checks, check => check.Outcome == TlsOutcome.Pass && check.Name != TlsCheckNames.Connection);
    }

    [Theory]
    [InlineData("this is not TLS, not at all")]
    [InlineData("\u0016\u0003\u0003\u0000\u0006\u0002\u0000\u0000\u0002\u0003\u0003")]
    [InlineData("\u0016\u0003\u0003\u0000\u0004\u0063\u0000\u0000\u0000")]
    public async Task What_should_be_TLS_and_is_not_is_garbage(string answer)
    {
        using ScriptedServer server = ScriptedServer.Agreeing(Encoding.Latin1.GetBytes(answer));
        TlsReport report = await ProbeAsync(server.Port, Patient);
        Assert.Equal((TlsEndpointState.Garbage, TlsOutcome.Fail), (report.State, report.Outcome));
    }

    [Fact]
    public async Task Random_bytes_end_in_a_report()
    {
        Random random = new(7);
        for (int i = 0; i < 20; i++)
        {
            byte[] bytes = new byte[random.Next(8, 200)];
            random.NextBytes(bytes);
            if (i % 2 == 0) new byte[] { 0x16, 3, 3, 0, 64, 2 }.CopyTo(bytes, 0);
            using ScriptedServer server = ScriptedServer.Agreeing(bytes);
            Assert.NotEqual(TlsOutcome.Pass, (await ProbeAsync(server.Port)).Outcome);
        }
    }

    [Fact]
    public async Task A_closed_port_and_a_name_that_does_not_resolve_are_unreachable()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        Assert.Equal(TlsEndpointState.Unreachable, (await ProbeAsync(port)).State);
        TlsReport report = await TlsProbe.RunAsync(new ProbeTarget { HostName = "no-such-host.invalid" }, Quick, CancellationToken.None);
        Assert.Equal((TlsEndpointState.Unreachable, TlsOutcome.Unknown), (report.State, report.Outcome));
    }

    [Fact]
    public async Task Stopping_ends_it_without_a_report()
    {
        using ScriptedServer server = ScriptedServer.Answering([], thenWaits: true);
        using CancellationTokenSource stop = new();
        Task<TlsReport> probe = TlsProbe.RunAsync(
            new ProbeTarget { HostName = "127.0.0.1", Port = server.Port }, new ProbeOptions { Timeout = TimeSpan.FromMinutes(10) }, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => probe);
    }

    private static Task<TlsReport> ProbeAsync(int port, ProbeOptions? options = null) =>
        TlsProbe.RunAsync(new ProbeTarget { HostName = "127.0.0.1", Port = port }, options ?? Quick, CancellationToken.None);
}
