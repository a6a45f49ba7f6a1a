using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation.Road;
using PgSecurity.Core.Remediation.Service;
using PgSecurity.Core.Remediation.Targets;
using PgSecurity.Sandbox;
using PgSecurity.Sandbox.Faults;
using PgSecurity.Sandbox.Throttling;
using Xunit;

namespace PgSecurity.Azure.Tests.Remediation.Behaviours;

/// <summary>One write at a time for a primary and its replicas, operations that fail late, and how many writes there may be.</summary>
public sealed class BusyServerTests
{
    private const string Throttle = """{ "parameters": { "connection_throttle.enable": "off" } }""";

    [BehaviourFact(1, "a server is busy after success, in several spellings: the whole write is made again")]
    public async Task Busy_servers_are_waited_for()
    {
        using RoadFixture fixture = new(
            new[] { OneServer.Posture() },
            new SandboxOptions { Pace = SandboxPace.Manual, Quirks = new SandboxQuirks { BusyAfterSuccess = TimeSpan.FromSeconds(20) } });

        IReadOnlyList<Change> changes = await fixture.RepairAsync(OneServer.Compiled());

        Assert.All(changes, change => Assert.Equal(ChangeStatus.Changed, change.Status));
        Assert.Contains(changes, change => change.Attempts > 1);
        List<string> spellings = fixture.Sandbox.Writes.Where(write => write.Status == "Failed").Select(write => write.Code!).Distinct().ToList();
        Assert.True(spellings.Count > 1, string.Join(", ", spellings));
    }

    [Theory(DisplayName = "01: each spelling of busy is met by another attempt")]
    [InlineData(FaultKind.FailedOperation, 0, "ServerIsBusy", "busy")]
    [InlineData(FaultKind.FailedOperation, 0, "ServerBusy", "busy")]
    [InlineData(FaultKind.FailedOperation, 0, "ProvisioningServerBusy", "busy")]
    [InlineData(FaultKind.FailedOperation, 0, "", "The server 'x' is busy with other operations. Please try again later.")]
    [InlineData(FaultKind.FailedOperation, 0, "ServerIsNotReady", "not ready")]
    [InlineData(FaultKind.Status, 409, "ServerIsBusy", "busy")]
    [InlineData(FaultKind.Status, 400, "ServerBusy", "busy")]
    [InlineData(FaultKind.Status, 409, "ConflictingServerOperation", "another operation")]
    [InlineData(FaultKind.Status, 409, "RetryableError", "A retryable error occurred.")]
    public async Task Each_spelling_of_busy_is_tried_again(FaultKind kind, int status, string code, string message)
    {
        using RoadFixture fixture = new(new[] { OneServer.Posture(Throttle) });
        fixture.Sandbox.Faults.Add(new FaultRule { Kind = kind, Status = status, Code = code, Message = message, Method = "PATCH", Times = 2 });

        Change change = Assert.Single(await fixture.RepairAsync(RoadFixture.Controls(ControlSettings.None, "LOG-011")));

        Assert.Equal(ChangeStatus.Changed, change.Status);
        Assert.Equal(3, change.Attempts);
    }

    [BehaviourFact(2, "parameters, rules and databases of a server are never written side by side")]
    public async Task Requests_for_one_server_are_taken_one_after_another()
    {
        using RoadFixture fixture = new(new[] { OneServer.Posture() }, new SandboxOptions { Pace = SandboxPace.Manual });

        // Requests that are made apart come in any order; a lock that came first would forbid the others' deletion.
        string[] controls = OneServer.Controls.Where(id => id != "ACC-007").ToArray();
        IEnumerable<ChangeRequest> apart = RoadFixture.Controls(ControlSettings.None, controls).Select(control => new ChangeRequest(fixture.Postures[0].Id, new[] { control }));

        IReadOnlyList<Change> changes = await fixture.RunAsync(apart, RoadFixture.Options(RoadFixture.Everything) with { ThrottleLimit = 8 });

        Assert.All(changes, change => Assert.True(change.Status == ChangeStatus.Changed, change + " " + change.Reason));
        Assert.All(changes, change => Assert.Equal(1, change.Attempts));
        Assert.DoesNotContain(fixture.Sandbox.Writes, write => write.Status == "Failed");
    }

    [BehaviourFact(3, "a firewall rule takes a minute: only those that must change are written, and a run goes on where it was")]
    public async Task Of_many_firewall_rules_only_the_wrong_ones_are_written()
    {
        IEnumerable<string> rules = Enumerable.Range(1, 120).Select(number => number % 40 == 0
            ? $$"""{ "name": "wide-{{number}}", "properties": { "startIpAddress": "0.0.0.0", "endIpAddress": "255.255.255.{{number}}" } }"""
            : $$"""{ "name": "office-{{number}}", "properties": { "startIpAddress": "198.51.100.{{number}}", "endIpAddress": "198.51.100.{{number}}" } }""");
        string server = "{ \"server\": { \"properties\": { \"network\": { \"publicNetworkAccess\": \"Enabled\" } } }, \"facets\": { \"Microsoft.Authorization/locks\": [], "
            + "\"Microsoft.DBforPostgreSQL/flexibleServers/firewallRules\": [" + string.Join(",", rules) + "] } }";
        using RoadFixture fixture = new(new[] { OneServer.Posture(server) }, new SandboxOptions { Pace = SandboxPace.Manual });
        IReadOnlyList<CompiledControl> controls = RoadFixture.Controls(ControlSettings.None, "NET-006");
        fixture.Sandbox.Faults.Add(new FaultRule { Kind = FaultKind.Forbidden, Method = "DELETE", Path = "*/wide-120" });

        IReadOnlyList<Change> half = await fixture.RepairAsync(controls);
        fixture.Sandbox.Faults.Clear();
        IReadOnlyList<Change> rest = await fixture.RepairAsync(controls);

        Assert.Equal(2, half.Count(change => change.Status == ChangeStatus.Changed));
        Assert.Equal(ChangeStatus.Changed, Assert.Single(rest).Status);
        Assert.Equal(3, fixture.Sandbox.Writes.Count);
    }

    [BehaviourFact(4, "a replica or a private endpoint in the making busies the primary: its writes wait")]
    public async Task A_replica_in_the_making_is_waited_for()
    {
        using RoadFixture fixture = new(new[] { OneServer.Posture(Throttle) }, new SandboxOptions { Pace = SandboxPace.Manual });
        string server = fixture.Postures[0].Id.Value;
        string replica = $$"""{ "location": "westeurope", "properties": { "createMode": "Replica", "sourceServerResourceId": "{{server}}" } }""";
        SandboxResponse begun = fixture.Sandbox.Handle(SandboxRequest.Arm("PUT", server + "-r2?api-version=2025-08-01", replica));
        Assert.Equal(202, begun.Status);
        Assert.Equal("Updating", State(fixture, server));

        Change change = Assert.Single(await fixture.RepairAsync(RoadFixture.Controls(ControlSettings.None, "LOG-011")));

        Assert.Equal(ChangeStatus.Changed, change.Status);
        Assert.Equal(1, change.Attempts);
        Assert.DoesNotContain(fixture.Sandbox.Writes, write => write.Status == "Failed");
        Assert.NotNull(fixture.Sandbox.Find(server + "-r2"));
    }

    [BehaviourFact(5, "a restart is refused unless the server is ready: it is made when it is")]
    public async Task A_restart_waits_until_the_server_is_ready()
    {
        const string NotLoaded = """{ "parameters": { "shared_preload_libraries": { "value": "pg_cron,pgaudit", "isConfigPendingRestart": true } } }""";
        using RoadFixture fixture = new(new[] { OneServer.Posture(NotLoaded) }, new SandboxOptions { Pace = SandboxPace.Manual });
        string server = fixture.Postures[0].Id.Value;
        fixture.Sandbox.Edit(server, body => body["properties"]!["state"] = "Updating");
        Assert.Equal("ServerIsNotReady", await fixture.SendAsync(WriteMethod.Post, server + "/restart", null));
        int waits = 0;
        fixture.Clock.Meanwhile = () =>
        {
            if (++waits == 6) fixture.Sandbox.Edit(server, body => body["properties"]!["state"] = "Ready");
        };

        IReadOnlyList<Change> changes = await fixture.RepairAsync(RoadFixture.Controls(ControlSettings.None, "LOG-003"));

        Change restart = Assert.Single(changes, change => change.Step == "restart");
        Assert.True(restart.Status == ChangeStatus.Changed, restart.Reason);
        Assert.Equal(1, restart.Attempts);
        Assert.Single(fixture.Sandbox.Writes, write => write.Status == "Succeeded");
    }

    [BehaviourFact(22, "an operation and a GET disagree: the operation is followed to its end, then the resource is read")]
    public async Task An_operation_is_followed_though_its_resource_is_not_there_yet()
    {
        using RoadFixture fixture = new(new[] { OneServer.Posture(Throttle) }, new SandboxOptions { Pace = SandboxPace.Manual });
        string server = fixture.Postures[0].Id.Value;
        string copy = server + "-copy";
        bool wasUnseen = false;
        fixture.Clock.BeforeWaiting = () => wasUnseen |= fixture.Sandbox.Handle(SandboxRequest.Arm("GET", copy + "?api-version=2025-08-01")).Status == 404;

        await fixture.Service.WriteAsync(
            WriteMethod.Put,
            copy,
            JsonNode.Parse($$"""{ "location": "westeurope", "properties": { "createMode": "PointInTimeRestore", "sourceServerResourceId": "{{server}}", "pointInTimeUTC": "2026-01-01T00:00:00Z" } }"""),
            default);

        Assert.NotNull(await fixture.Service.FindAsync(copy, default));
        Assert.True(wasUnseen, "The sandbox must have said 404 while the operation ran.");
    }

    [BehaviourFact(23, "a failed operation is a 200 that says Failed: code, message and request id are told")]
    public async Task A_failed_operation_is_told_with_its_ids()
    {
        using RoadFixture fixture = new(new[] { OneServer.Posture(Throttle) });
        fixture.Sandbox.Faults.Add(new FaultRule { Kind = FaultKind.FailedOperation, Method = "PATCH", Code = "OperationFailed", Message = "It failed. Tracking ID: '7f0b'" });

        Change change = Assert.Single(await fixture.RepairAsync(RoadFixture.Controls(ControlSettings.None, "LOG-011")));

        Assert.Equal(ChangeStatus.Failed, change.Status);
        Assert.Contains("OperationFailed", change.Reason, StringComparison.Ordinal);
        Assert.Contains("Tracking ID: '7f0b'", change.Reason, StringComparison.Ordinal);
        Assert.NotEmpty(change.RequestId);
        Assert.Equal(change.RequestId, Assert.Single(fixture.Journal()).RequestId);
    }

    [BehaviourFact(24, "writes an hour are limited: only differences are written, and Retry-After is kept")]
    public async Task Throttled_writes_wait_and_unchanged_ones_are_not_sent()
    {
        ThrottleLimits few = ThrottleLimits.Generous with { Writes = new Bucket(2, 0.05), Deletes = new Bucket(1, 0.05) };
        using RoadFixture fixture = new(new[] { OneServer.Posture() }, new SandboxOptions { Pace = SandboxPace.Manual, Throttle = few });

        IReadOnlyList<Change> changes = await fixture.RepairAsync(OneServer.Compiled());
        int writes = fixture.Sandbox.Writes.Count;
        IReadOnlyList<Change> again = await fixture.RepairAsync(OneServer.Compiled());

        Assert.All(changes, change => Assert.True(change.Status == ChangeStatus.Changed, change + " " + change.Reason));
        Assert.Equal(changes.Count, writes);
        Assert.True(fixture.Sandbox.Requests.Writes > writes, "Some writes must have been refused with 429.");
        Assert.All(again, change => Assert.Equal(ChangeStatus.AlreadyCompliant, change.Status));
        Assert.Equal(writes, fixture.Sandbox.Writes.Count);
    }

    private static string State(RoadFixture fixture, string server) => JsonShape.Text(JsonShape.At(fixture.Sandbox.Find(server), "properties", "state"));
}
