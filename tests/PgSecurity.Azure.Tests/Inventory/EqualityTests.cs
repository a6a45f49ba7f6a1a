using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using PgSecurity.Azure.Inventory;
using PgSecurity.Core.Findings;
using PgSecurity.Core.Postures;
using PgSecurity.Sandbox;
using PgSecurity.Sandbox.Fronts;
using Xunit;

namespace PgSecurity.Azure.Tests.Inventory;

public sealed class EqualityTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Live_findings_are_those_of_the_snapshot(bool overHttp)
    {
        SandboxArm arm = SandboxArm.Load(SampleEstate.Snapshot);
        using SandboxHttpServer? server = overHttp ? SandboxHttpServer.Start(arm) : null;
        Evaluator evaluator = SampleEstate.Evaluator();
        SampleEstate.Collection collected = await SampleEstate.CollectAsync(SampleEstate.Session(arm, address: server?.Address), evaluator);

        Assert.Empty(collected.Failed);
        Assert.Equal(SampleEstate.Postures.Count, collected.Servers.Count);
        string[] different = Differences(evaluator, collected.Servers).ToArray();
        Assert.True(different.Length == 0, different.Length + " differ:\n" + string.Join("\n", different.Take(80)));
    }

    internal static List<string> Differences(Evaluator evaluator, IReadOnlyList<CollectedServer> servers)
    {
        List<string> different = new();
        Dictionary<ServerId, Posture?> live = servers.ToDictionary(server => server.Id, server => server.Posture);
        foreach (Posture posture in SampleEstate.Postures)
        {
            if (!live.TryGetValue(posture.Id, out Posture? collected) || collected is null)
            {
                different.Add(posture.Id.Name + ": not collected");
                continue;
            }

            foreach ((Finding expected, Finding actual) in evaluator.Evaluate(posture).Zip(evaluator.Evaluate(collected)))
            {
                if (expected.Outcome == actual.Outcome) continue;
                different.Add($"{posture.Id.Name} {expected.ControlId}: {expected.Outcome} in the snapshot, {actual.Outcome} live ({actual.Reason})");
            }
        }

        return different;
    }
}
