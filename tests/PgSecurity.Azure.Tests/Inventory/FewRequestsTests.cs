using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using PgSecurity.Azure.Inventory;
using PgSecurity.Core.Findings;
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

        SampleEstate.Collection collected = await SampleEstate.CollectAsync(SampleEstate.Session(arm), SampleEstate.Evaluator());

        Assert.Equal(Servers, collected.Servers.Count);
        Assert.All(collected.Servers, server => Assert.Empty(server.Faults));
        RequestCounts counts = arm.Requests;
        foreach (KeyValuePair<string, int> kind in counts.ByKind.OrderByDescending(kind => kind.Value))
        {
            output.WriteLine($"{kind.Value,5} {kind.Key}");
        }

        int keysAndVaults = counts.ByKind.Where(kind => kind.Key.Contains("Microsoft.KeyVault", StringComparison.Ordinal)).Sum(kind => kind.Value);
        int distinct = arm.Resources().Count(resource => ((string?)resource["type"])?.StartsWith("Microsoft.KeyVault/", StringComparison.Ordinal) == true);
        int inSubscriptions = counts.BySubscription.Values.Sum() - keysAndVaults;
        int inAll = counts.Total - counts.ByServer.Values.Sum() - counts.BySubscription.Values.Sum();
        output.WriteLine($"{counts.Total} requests: at most {counts.ByServer.Values.Max()} a server, {inSubscriptions} in {Subscriptions} subscriptions, {keysAndVaults} for {distinct} keys and vaults, {inAll} in all");
        Assert.Equal(0, counts.Writes - counts.ByKind.Where(kind => kind.Key.Contains("getByIds", StringComparison.Ordinal)).Sum(kind => kind.Value));
        Assert.All(counts.ByServer.Values, count => Assert.InRange(count, 1, 6));
        Assert.InRange(keysAndVaults, 0, distinct);
        Assert.InRange(inSubscriptions, 0, 12 * Subscriptions);
        Assert.InRange(inAll, 0, 5 + Subscriptions);
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
}
