using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using PgSecurity.Azure.Inventory;
using PgSecurity.Core.Findings;
using PgSecurity.Core.Postures;
using PgSecurity.Sandbox;
using Xunit;
using Xunit.Abstractions;

namespace PgSecurity.Azure.Tests.Inventory;

public sealed class FewRequestsTests(ITestOutputHelper output)
{
    private const int Servers = 200;
    private const int Subscriptions = 4;

    [Fact]
    public async Task A_full_audit_asks_six_times_a_server_and_for_what_is_shared_once()
    {
        SandboxArm arm = BigEstate.Make(Servers);
        RecordingTransport transport = new(arm);

        SampleEstate.Collection collected = await SampleEstate.CollectAsync(SampleEstate.Session(arm, transport: transport), SampleEstate.Evaluator());

        Assert.Equal(Servers, collected.Servers.Count);
        Assert.All(collected.Servers, server => Assert.Empty(server.Faults));
        RequestCounts counts = arm.Requests;
        foreach (KeyValuePair<string, int> kind in counts.ByKind.OrderByDescending(kind => kind.Value))
        {
            output.WriteLine($"{kind.Value,5} {kind.Key}");
        }

        int distinct = arm.Resources().Count(resource => IsOfVaults((string?)resource["type"]));
        int keysAndVaults = transport.Asked.Count(asked => IsOfVaults(asked.Path));
        Dictionary<string, int> inSubscriptions = transport.Asked
            .Where(asked => !IsOfVaults(asked.Path) && !IsOfServer(asked.Path))
            .GroupBy(asked => ResourceId.SubscriptionOf(asked.Path) ?? "")
            .ToDictionary(group => group.Key, group => group.Count());
        inSubscriptions.Remove("", out int inAll);
        output.WriteLine(
            $"{counts.Total} requests: at most {counts.ByServer.Values.Max()} a server, {inSubscriptions.Values.Max()} a subscription, "
            + $"{keysAndVaults} for {distinct} keys and vaults, {inAll} in all");
        Assert.Equal(0, counts.Writes);
        Assert.All(counts.ByServer.Values, count => Assert.InRange(count, 1, 6));
        Assert.InRange(distinct, Servers, Servers * 4);
        Assert.Equal(transport.Asked.Where(asked => IsOfVaults(asked.Path)).Distinct().Count(), keysAndVaults);
        Assert.InRange(keysAndVaults, Servers, distinct);
        Assert.Equal(Subscriptions, inSubscriptions.Count);
        Assert.All(inSubscriptions.Values, count => Assert.InRange(count, 1, 12));
        Assert.InRange(inAll, 1, 5);
    }

    [Fact]
    public async Task One_parameter_costs_one_request_a_server_beside_the_listing()
    {
        SandboxArm arm = BigEstate.Make(Servers);

        await SampleEstate.CollectAsync(SampleEstate.Session(arm), SampleEstate.Evaluator("LOG-006"));

        Assert.All(arm.Requests.ByServer.Values, count => Assert.Equal(1, count));
        Assert.InRange(arm.Requests.Total, Servers, Servers + Subscriptions + 2);
    }

    [Fact]
    public async Task A_stopped_server_is_not_asked_for_its_parameters()
    {
        SandboxArm arm = BigEstate.Make(1);
        string id = arm.Resources().Select(resource => (string)resource["id"]!).First(found => ServerId.TryParse(found, out ServerId? server) && server!.Value == found);
        arm.Edit(id, body => body["properties"]!["state"] = "Stopped");
        Evaluator evaluator = SampleEstate.Evaluator("LOG-006");

        CollectedServer server = (await SampleEstate.CollectAsync(SampleEstate.Session(arm), evaluator)).Servers.Single();

        Finding finding = evaluator.Evaluate(server.Posture!).Single();
        Assert.Equal(Outcome.Unknown, finding.Outcome);
        Assert.Contains("stopped", finding.Reason, StringComparison.Ordinal);
        Assert.Empty(server.Faults);
        Assert.DoesNotContain(arm.Requests.ByKind.Keys, kind => kind.EndsWith("/configurations", StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_administrators_are_asked_for_where_Entra_is_off()
    {
        SandboxArm arm = BigEstate.Make(1);
        string id = arm.Resources().Select(resource => (string)resource["id"]!).First(found => ServerId.TryParse(found, out ServerId? server) && server!.Value == found);
        arm.Edit(id, body => body["properties"]!["authConfig"]!["activeDirectoryAuth"] = "Disabled");

        await SampleEstate.CollectAsync(SampleEstate.Session(arm), SampleEstate.Evaluator("IDN-*"));

        Assert.DoesNotContain(arm.Requests.ByKind.Keys, kind => kind.EndsWith("/administrators", StringComparison.Ordinal));
    }

    private static bool IsOfVaults(string? text) => text?.Contains("Microsoft.KeyVault/", StringComparison.OrdinalIgnoreCase) == true;

    private static bool IsOfServer(string path) => ServerId.TryParse(path, out _);
}
