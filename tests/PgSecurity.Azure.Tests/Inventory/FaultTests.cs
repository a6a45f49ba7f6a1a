using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using PgSecurity.Azure.Inventory;
using PgSecurity.Core.Findings;
using PgSecurity.Sandbox;
using PgSecurity.Sandbox.Faults;
using Xunit;
using Xunit.Abstractions;

namespace PgSecurity.Azure.Tests.Inventory;

/// <summary>An audit of five servers, in which every request in turn goes wrong, once and for good.</summary>
public sealed class FaultTests(ITestOutputHelper output)
{
    private const int Servers = 5;
    private static readonly TimeSpan MuchTooLong = TimeSpan.FromMinutes(3);
    private static readonly Evaluator Evaluator = SampleEstate.Evaluator();
    private static readonly Lazy<Task<Clean>> CleanRun = new(AuditAsync);

    [Theory]
    [InlineData(FaultKind.Status, 400)]
    [InlineData(FaultKind.Status, 404)]
    [InlineData(FaultKind.Status, 408)]
    [InlineData(FaultKind.Status, 409)]
    [InlineData(FaultKind.Status, 429)]
    [InlineData(FaultKind.Status, 500)]
    [InlineData(FaultKind.Status, 502)]
    [InlineData(FaultKind.Status, 503)]
    [InlineData(FaultKind.Status, 504)]
    [InlineData(FaultKind.Delay)]
    [InlineData(FaultKind.Reset)]
    [InlineData(FaultKind.ResetAfterEffect)]
    [InlineData(FaultKind.TruncatedBody)]
    [InlineData(FaultKind.MalformedJson)]
    [InlineData(FaultKind.FailedOperation)]
    [InlineData(FaultKind.CanceledOperation)]
    [InlineData(FaultKind.SucceedsWithoutEffect)]
    [InlineData(FaultKind.ExpiredToken)]
    [InlineData(FaultKind.Forbidden)]
    public async Task Whatever_fails_at_whichever_request_no_finding_gets_better(FaultKind kind, int status = 0)
    {
        Clean clean = await CleanRun.Value;
        Assert.InRange(clean.Asked.Count, Servers * 6, Servers * 30);

        IEnumerable<FaultRule> once = Enumerable.Range(1, clean.Asked.Count).Select(index => Rule(kind, status, rule => (rule.From, rule.Times) = (index, 1)));
        IEnumerable<FaultRule> forGood = clean.Asked.Distinct().Select(asked => Rule(kind, status, rule => (rule.Method, rule.Path) = asked));
        ConcurrentQueue<string> wrong = new();
        ConcurrentQueue<int> strikes = new();
        await Parallel.ForEachAsync(once.Concat(forGood), async (rule, stop) =>
        {
            SandboxArm arm = BigEstate.Make(Servers);
            arm.Faults.Add(rule);
            SampleEstate.Collection faulty = await SampleEstate.CollectAsync(SampleEstate.Session(arm), Evaluator).WaitAsync(MuchTooLong, stop);
            strikes.Enqueue(arm.Faults.Strikes);
            string where = rule.Path is null ? "request " + rule.From : rule.Method + " " + rule.Path;
            foreach (string problem in Problems(clean, faulty)) wrong.Enqueue($"{where}: {problem}");
        });

        output.WriteLine($"{strikes.Count} audits, {strikes.Sum()} faults");
        Assert.True(wrong.IsEmpty, string.Join(Environment.NewLine, wrong.Take(40)));
    }

    private static IEnumerable<string> Problems(Clean clean, SampleEstate.Collection faulty)
    {
        Dictionary<string, Finding> findings = Findings(faulty.Servers);
        foreach (KeyValuePair<string, Finding> finding in findings)
        {
            Outcome expected = clean.Findings[finding.Key].Outcome;
            Outcome actual = finding.Value.Outcome;
            if (actual != expected && actual != Outcome.Unknown) yield return $"{finding.Key} is {actual}, {expected} without the fault";
            if (actual == Outcome.Unknown && string.IsNullOrWhiteSpace(finding.Value.Reason)) yield return $"{finding.Key} is Unknown without a reason";
        }

        bool isTold = faulty.Failed.Count > 0 || faulty.Servers.Any(server => server.Fault is not null || server.Faults.Count > 0);
        bool isLess = findings.Count < clean.Findings.Count || findings.Any(finding => finding.Value.Outcome != clean.Findings[finding.Key].Outcome);
        if (isLess && !isTold) yield return "something is not known, and nobody is told";
    }

    private static FaultRule Rule(FaultKind kind, int status, Action<FaultRule> when)
    {
        FaultRule rule = new() { Kind = kind, Delay = TimeSpan.FromMilliseconds(1) };
        if (status != 0) rule.Status = status;
        when(rule);
        return rule;
    }

    private static async Task<Clean> AuditAsync()
    {
        SandboxArm arm = BigEstate.Make(Servers);
        RecordingTransport transport = new(arm);
        SampleEstate.Collection collection = await SampleEstate.CollectAsync(SampleEstate.Session(arm, transport: transport), Evaluator);
        return new Clean(Findings(collection.Servers), transport.Asked);
    }

    private static Dictionary<string, Finding> Findings(IEnumerable<CollectedServer> servers) =>
        servers.Where(server => server.Posture is not null)
            .SelectMany(server => Evaluator.Evaluate(server.Posture!))
            .ToDictionary(finding => finding.ResourceId + " " + finding.ControlId, StringComparer.Ordinal);

    private sealed record Clean(IReadOnlyDictionary<string, Finding> Findings, IReadOnlyCollection<(string Method, string Path)> Asked);
}
