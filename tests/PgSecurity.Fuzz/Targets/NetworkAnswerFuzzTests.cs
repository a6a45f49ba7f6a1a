using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using PgSecurity.Core.Databases;
using PgSecurity.Core.Postures;
using PgSecurity.Database.Sql;
using PgSecurity.Database.Tests.Tls.Lab;
using PgSecurity.Database.Tls.Probing;
using PgSecurity.Fuzz.Mutations;
using Xunit;
using Xunit.Abstractions;

namespace PgSecurity.Fuzz.Targets;

/// <summary>Servers on loopback that answer with mutated bytes of PostgreSQL's protocol and of TLS.</summary>
public sealed class NetworkAnswerFuzzTests(ITestOutputHelper output)
{
    private static readonly byte[][] Answers =
    [
        "S"u8.ToArray(),
        "N"u8.ToArray(),
        [(byte)'E', 0, 0, 0, 0x30, .. "SFATAL\0VFATAL\0C53300\0Msorry, too many clients\0\0"u8],
        [(byte)'R', 0, 0, 0, 23, 0, 0, 0, 10, .. "SCRAM-SHA-256\0\0"u8],
        [.. "S"u8, 0x16, 3, 3, 0, 0x31, 2, 0, 0, 0x2D, 3, 3, .. Enumerable.Repeat((byte)7, 32), 0, 0x13, 1, 0, 0, 5, 0xFF, 1, 0, 1, 0],
        [.. "S"u8, 0x15, 3, 3, 0, 2, 2, 70],
        [.. "S"u8, 0x16, 3, 3, 0, 0x31, 2, 0, 0, 0x2D, 3, 3, .. Enumerable.Repeat((byte)7, 32), 0, 0xC0, 0x2F, 0, 0, 5, 0, 0x0B, 0, 1, 0, 0x16, 3, 3, 0, 7, 0x0B, 0, 0, 3, 0, 0, 0],
    ];

    [Fact]
    public void The_probe_ends_and_passes_nothing_that_was_not_seen() => FuzzRun.Each(output, 40, random =>
    {
        using ScriptedServer server = Server(random);
        ProbeOptions options = new() { Timeout = TimeSpan.FromSeconds(5), TotalTimeout = TimeSpan.FromSeconds(60) };
        TlsReport report = TlsProbe.RunAsync(new ProbeTarget { HostName = "127.0.0.1", Port = server.Port }, options, CancellationToken.None).GetAwaiter().GetResult();
        Assert.NotEqual(TlsOutcome.Pass, report.Outcome);
        Assert.NotEmpty(report.Checks);
    });

    [Fact]
    public void A_login_ends_in_an_error_without_the_password() => FuzzRun.Each(output, 40, random =>
    {
        const string Planted = "planted-password-1";
        using ScriptedServer server = Server(random);
        DatabaseTarget target = new()
        {
            Host = "127.0.0.1",
            Port = server.Port,
            UserName = "auditor",
            Password = _ => System.Threading.Tasks.Task.FromResult(Planted),
            ConnectTimeout = TimeSpan.FromSeconds(5),
        };
        try
        {
            IReadOnlyList<Facet> facets = new DatabaseReader(target).ReadAsync(HostPosture.Create("127.0.0.1", server.Port, [], DateTimeOffset.UnixEpoch).Id, DatabaseChecks.All, CancellationToken.None).GetAwaiter().GetResult();
            Assert.All(facets, facet => Assert.NotNull(facet.Gap));
        }
        catch (DatabaseException refused)
        {
            Assert.DoesNotContain(Planted, refused.ToString(), StringComparison.Ordinal);
        }
    });

    private static ScriptedServer Server(Random random)
    {
        byte[] answer = Corpus.Any(Answers, random);
        return ScriptedServer.Answering(random.Next(8) == 0 ? answer : ByteMutation.Of(answer, random));
    }
}
