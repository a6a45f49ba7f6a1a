using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using PgSecurity.Azure.Inventory;
using PgSecurity.Core.Findings;
using PgSecurity.Sandbox;
using PgSecurity.Sandbox.Faults;
using Xunit;

namespace PgSecurity.Azure.Tests.Inventory;

public sealed class FaultTests
{
    private const int Servers = 5;

    // Often enough that the retries do not get past it.
    private const int Lasting = 12;
    private static readonly Evaluator Evaluator = SampleEstate.Evaluator();

    [Theory]
    [InlineData(FaultKind.Status, 1)]
    [InlineData(FaultKind.Reset, 1)]
    [InlineData(FaultKind.TruncatedBody, 1)]
    [InlineData(FaultKind.MalformedJson, 1)]
    [InlineData(FaultKind.ExpiredToken, 1)]
    [InlineData(FaultKind.Forbidden, 1)]
    [InlineData(FaultKind.Forbidden, Lasting)]
    [InlineData(FaultKind.Status, Lasting)]
    [InlineData(FaultKind.MalformedJson, Lasting)]
    public async Task Whatever_fails_at_whichever_request_no_finding_gets_better(FaultKind kind, int times)
    {
        Dictionary<string, Outcome> clean = Outcomes((await Collect(null, out SandboxArm arm)).Servers);
        int requests = arm.Requests.Total;
        Assert.NotEmpty(clean);

        // Every third request, and the first twenty, which are the shared ones.
        foreach (int index in Enumerable.Range(1, requests).Where(index => index <= 20 || index % 3 == 0))
        {
            FaultRule rule = new() { Kind = kind, From = index, Times = times, Status = 500 };
            SampleEstate.Collection collection = await Collect(rule, out _);
            Dictionary<string, Outcome> faulty = Outcomes(collection.Servers);
            foreach (KeyValuePair<string, Outcome> finding in faulty)
            {
                Assert.True(
                    finding.Value == clean[finding.Key] || finding.Value == Outcome.Unknown,
                    $"{kind} at {index}: {finding.Key} is {finding.Value}, {clean[finding.Key]} without the fault");
            }

            bool isTold = collection.Failed.Count > 0 || collection.Servers.Any(server => server.Fault is not null || server.Faults.Count > 0);
            bool isLess = faulty.Count < clean.Count || faulty.Any(finding => finding.Value != clean[finding.Key]);
            Assert.True(!isLess || isTold, $"{kind} at {index}: something is not known, and nobody is told");
        }
    }

    private static Task<SampleEstate.Collection> Collect(FaultRule? rule, out SandboxArm arm)
    {
        arm = BigEstate.Make(Servers);
        if (rule is not null) arm.Faults.Add(rule);
        return SampleEstate.CollectAsync(SampleEstate.Session(arm), Evaluator);
    }

    private static Dictionary<string, Outcome> Outcomes(IEnumerable<CollectedServer> servers) =>
        servers.Where(server => server.Posture is not null)
            .SelectMany(server => Evaluator.Evaluate(server.Posture!))
            .ToDictionary(finding => finding.ResourceId + " " + finding.ControlId, finding => finding.Outcome);
}
