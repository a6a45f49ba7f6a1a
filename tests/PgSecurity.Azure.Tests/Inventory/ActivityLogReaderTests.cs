using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Azure.Inventory;
using PgSecurity.Core.Drift.Activities;
using PgSecurity.Core.Postures;
using PgSecurity.Sandbox;
using PgSecurity.Sandbox.Faults;
using Xunit;

namespace PgSecurity.Azure.Tests.Inventory;

/// <summary>The activity log is read with few requests, page by page, and what it does not give is said.</summary>
public sealed class ActivityLogReaderTests
{
    private const string Subscription = "2f1c9d3e-5b7a-4c68-9e0d-7a1b3c5d7e9f";
    private const string Write = "Microsoft.DBforPostgreSQL/flexibleServers/write";
    private const string Values = "GET Microsoft.Insights/eventtypes/*/values";
    private static readonly DateTimeOffset Look = SampleEstate.CollectedAt;

    private static readonly IReadOnlyList<string> Servers = SampleEstate.Postures
        .Select(posture => posture.Id).Where(id => id.SubscriptionId == Subscription).Select(id => id.Value).ToList();

    [Fact]
    public async Task One_listing_answers_for_every_server_of_a_subscription()
    {
        SandboxArm arm = Sandbox();
        foreach (string server in Servers) arm.LogActivity(server, Write, "ann@contoso.com");
        IReadOnlyList<SecurityDrift> told = await TellAsync(arm, Servers);
        Assert.True(Servers.Count > 3);
        Assert.All(told, drift => Assert.Equal(("ann@contoso.com", ""), (drift.Caller, drift.ActivityReason)));
        Assert.InRange(arm.Requests.ByKind[Values], 1, 3);
        Assert.Equal(0, arm.Requests.Writes);
    }

    [Fact]
    public async Task Pages_are_followed_to_the_end()
    {
        SandboxArm arm = Sandbox(pageSize: 3);
        for (int at = 0; at < 10; at++) arm.LogActivity(Servers[0], Write, "c" + at);
        SecurityDrift drift = Assert.Single(await TellAsync(arm, Servers.Take(1)));
        Assert.Equal(10, drift.Activities.Count);
        Assert.Equal(7, arm.Requests.ByKind[Values]);
    }

    [Fact]
    public async Task A_refusal_is_said_with_the_action_that_is_missing()
    {
        SandboxArm arm = Sandbox();
        arm.LogActivity(Servers[0], Write, "ann@contoso.com");
        arm.Faults.Add(new FaultRule { Kind = FaultKind.Forbidden, Method = "GET", Path = "*/eventtypes/*" });
        SecurityDrift drift = Assert.Single(await TellAsync(arm, Servers.Take(1)));
        Assert.Empty(drift.Activities);
        Assert.Equal("the activity log could not be read: 403: missing Microsoft.Insights/eventtypes/values/read", drift.ActivityReason);
    }

    [Fact]
    public async Task A_fault_after_the_first_page_leaves_what_was_read_and_is_said()
    {
        SandboxArm arm = Sandbox(pageSize: 2);
        for (int at = 0; at < 4; at++) arm.LogActivity(Servers[0], Write, "c" + at);
        arm.Faults.Add(new FaultRule { Kind = FaultKind.Forbidden, Method = "GET", Path = "*/eventtypes/*", From = 2 });
        SecurityDrift drift = Assert.Single(await TellAsync(arm, Servers.Take(1)));
        Assert.NotEmpty(drift.Activities);
        Assert.Contains("to its end: 403", drift.ActivityReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_look_of_long_ago_is_asked_for_no_further_than_the_log_goes()
    {
        SandboxArm arm = Sandbox();
        arm.LogActivity(Servers[0], Write, "ann@contoso.com");
        SecurityDrift drift = Assert.Single(await TellAsync(arm, Servers.Take(1), before: Look.AddDays(-300)));
        Assert.Equal("ann@contoso.com", drift.Caller);
        Assert.Contains("kept for 90 days", drift.ActivityReason, StringComparison.Ordinal);
    }

    private static SandboxArm Sandbox(int pageSize = 1000)
    {
        SandboxArm arm = SandboxArm.Load(SampleEstate.Snapshot, new SandboxOptions { Clock = new SandboxClock(Look), PageSize = pageSize });
        arm.Clock.Advance(TimeSpan.FromHours(1));
        return arm;
    }

    private static async Task<IReadOnlyList<SecurityDrift>> TellAsync(
        SandboxArm arm, IEnumerable<string> servers, DateTimeOffset? before = null)
    {
        DateTimeOffset now = Look.AddHours(2);
        arm.Clock.Advance(TimeSpan.FromHours(1));
        ActivityLogReader reader = new(SampleEstate.Session(arm, new VirtualClock(now)), CancellationToken.None);
        Assert.Equal(now, reader.UtcNow);
        DriftActivities activities = new(servers.Select(id => Moved(id, before ?? Look, now)).ToList(), [], reader.UtcNow);
        return activities.Tell(await reader.ReadAsync(activities.Spans)).ToList();
    }

    private static SecurityDrift Moved(string server, DateTimeOffset before, DateTimeOffset after)
    {
        ServerId id = ServerId.Parse(server);
        return new SecurityDrift
        {
            Kind = DriftKind.PropertyChanged, ResourceId = server, ServerName = id.Name, ResourceGroupName = id.ResourceGroupName,
            SubscriptionId = id.SubscriptionId, Target = server, Path = "properties.version", BeforeAt = before, AfterAt = after,
        };
    }
}
