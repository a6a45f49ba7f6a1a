using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text;
using PgSecurity.Sandbox;
using PgSecurity.Sandbox.Faults;
using PgSecurity.Sandbox.Fronts;
using Xunit;

namespace PgSecurity.Tests.Pipeline;

/// <summary>What goes wrong over HTTP, as a user sees it: one error record for each server that is broken, and no finding gets better.</summary>
public sealed class LiveFaultTests : IDisposable
{
    private const string All = " -IncludePassed -IncludeNotApplicable";
    private static readonly string[] Names = ["psql-cards-prod", "psql-disputes-prod", "psql-payout-prod", "psql-fraud-prod", "psql-prices-prod"];
    private readonly SandboxArm _arm = new();
    private readonly SandboxHttpServer _server;
    private readonly ModuleSession _session = new();

    public LiveFaultTests()
    {
        string[] lines = File.ReadLines(Repository.At("module", "Samples", "contoso.ndjson"))
            .Where(line => Names.Any(name => line.Contains($"/flexibleServers/{name}\"", StringComparison.Ordinal)))
            .ToArray();
        Assert.Equal(Names.Length, lines.Length);
        _arm.AddSnapshot(new MemoryStream(Encoding.UTF8.GetBytes(string.Join("\n", lines))), "five servers");
        _server = SandboxHttpServer.Start(_arm);
        _session.ConnectTo(_server.Address);
    }

    public void Dispose()
    {
        _session.Dispose();
        _server.Dispose();
    }

    [Theory]
    [InlineData(FaultKind.Forbidden)]
    [InlineData(FaultKind.Status)]
    [InlineData(FaultKind.MalformedJson)]
    [InlineData(FaultKind.ExpiredToken)]
    public void Each_broken_server_is_one_error_and_the_others_are_judged(FaultKind kind)
    {
        Dictionary<string, Outcome> clean = Audit();
        Assert.Empty(_session.Errors);
        string[] broken = [Names[1], Names[4]];
        foreach (string name in broken) _arm.Faults.Add(new FaultRule { Kind = kind, Path = $"*/flexibleServers/{name}/*", RetryAfter = 0 });

        Dictionary<string, Outcome> faulty = Audit();

        Assert.Equal(broken, Targets().Select(ServerNameOf).Order(StringComparer.Ordinal));
        Assert.All(_session.Errors, error => Assert.StartsWith("ServerPartly", error.FullyQualifiedErrorId, StringComparison.Ordinal));
        AssertNoBetter(clean, faulty);
        Assert.All(
            faulty.Where(finding => finding.Value != clean[finding.Key]),
            finding => Assert.Contains(finding.Key.Split(' ')[0], broken));
    }

    [Theory]
    [InlineData(FaultKind.Forbidden)]
    [InlineData(FaultKind.Status)]
    [InlineData(FaultKind.MalformedJson)]
    [InlineData(FaultKind.ExpiredToken)]
    public void A_server_that_cannot_be_read_at_all_is_one_error(FaultKind kind)
    {
        string ids = string.Join(", ", _session.RunClean<PgServer>("Get-PgServer").Select(server => $"'{server.ResourceId}'"));
        _arm.Faults.Add(new FaultRule { Kind = kind, Path = $"*/flexibleServers/{Names[2]}", RetryAfter = 0 });

        IReadOnlyList<PSObject> findings = _session.Run($"Get-PgSecurityFinding -ResourceId {ids}{All}");

        Assert.Equal([Names[2]], Targets().Select(ServerNameOf));
        Assert.Equal(
            Names.Except([Names[2]]).Order(StringComparer.Ordinal),
            findings.Select(finding => ((Finding)finding.BaseObject).ServerName).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Whichever_request_is_refused_it_is_at_most_one_error()
    {
        Dictionary<string, Outcome> clean = Audit();
        _arm.Requests.Reset();
        Audit();
        int requests = _arm.Requests.Total;
        Assert.InRange(requests, 40, 120);
        for (int index = 1; index <= requests; index++)
        {
            _arm.Faults.Clear();
            _arm.Faults.Add(new FaultRule { Kind = FaultKind.Forbidden, From = index, Times = 1 });
            Dictionary<string, Outcome> faulty = Audit();
            AssertNoBetter(clean, faulty);
            bool isLess = faulty.Count < clean.Count || faulty.Any(finding => finding.Value != clean[finding.Key]);
            Assert.True(_session.Errors.Count == 1 || (_session.Errors.Count == 0 && !isLess), $"request {index}: {_session.Errors.Count} errors\n" + string.Join("\n", _session.Errors));
        }
    }

    private Dictionary<string, Outcome> Audit() => _session.Run("Get-PgSecurityFinding" + All)
        .Select(item => (Finding)item.BaseObject)
        .ToDictionary(finding => finding.ServerName + " " + finding.ControlId, finding => finding.Outcome, StringComparer.Ordinal);

    private static void AssertNoBetter(Dictionary<string, Outcome> clean, Dictionary<string, Outcome> faulty) =>
        Assert.All(faulty, finding => Assert.True(finding.Value == clean[finding.Key] || finding.Value == Outcome.Unknown, $"{finding.Key}: {finding.Value}"));

    private IEnumerable<string> Targets() => _session.Errors.Select(error => Assert.IsType<string>(error.TargetObject));

    private static string ServerNameOf(string id) => id.Split('/')[^1];
}
