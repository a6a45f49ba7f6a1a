using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using PgSecurity.Sandbox.Estate;
using PgSecurity.Sandbox.Faults;
using PgSecurity.Sandbox.Throttling;
using Xunit;

namespace PgSecurity.Sandbox.Tests.Behaviours;

public sealed class GatewayTests
{
    private readonly TestEstate _estate = new();

    [Theory]
    [InlineData("/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/flexibleServers/none?api-version=2025-08-01", 404, "ResourceNotFound")]
    [InlineData("/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/none/providers/Microsoft.DBforPostgreSQL/flexibleServers/db1?api-version=2025-08-01", 404, "ResourceGroupNotFound")]
    [InlineData("/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.DBforPostgreSQL/flexibleServers?api-version=2025-08-01", 404, "SubscriptionNotFound")]
    [InlineData(TestEstate.Server + "?api-version=2019-01-01", 400, "NoRegisteredProviderFound")]
    [InlineData(TestEstate.Server + "?x=api-version", 400, "MissingApiVersionParameter")]
    [InlineData(TestEstate.Server + "/firewallRules/none?api-version=2025-08-01", 404, "ResourceNotFound")]
    [InlineData(TestEstate.Server + "/wishes?api-version=2025-08-01", 404, "InvalidResourceType")]
    public void Refusals_have_the_services_form(string path, int status, string code)
    {
        SandboxResponse response = _estate.Send("GET", path);
        Assert.Equal(status, response.Status);
        Assert.Equal(code, response.Json!.AsObject().Text("error", "code"));
        Assert.NotNull(response.Header("x-ms-request-id"));
    }

    [Fact]
    public void There_is_no_etag_and_addresses_of_operations_are_signed()
    {
        SandboxResponse accepted = _estate.Send("PATCH", TestEstate.Server, """{"tags":{"a":"b"}}""");
        Assert.Null(_estate.Send("GET", TestEstate.Server).Header("ETag"));
        string address = accepted.Header("Azure-AsyncOperation")!;
        Assert.True(address.Length > 4000);
        Assert.Equal("60", accepted.Header("Retry-After"));
        Assert.Equal(404, _estate.Arm.Handle(new SandboxRequest("GET", new Uri(address.Substring(0, address.Length - 4) + "AAAA"))).Status);
        Assert.Equal(202, _estate.Arm.Handle(new SandboxRequest("GET", new Uri(accepted.Header("Location")!))).Status);
        _estate.End(accepted);
        Assert.Equal(200, _estate.Arm.Handle(new SandboxRequest("GET", new Uri(accepted.Header("Location")!))).Status);
    }

    [Fact]
    public void Locks_forbid_what_they_forbid()
    {
        string path = TestEstate.Group + "/providers/Microsoft.Authorization/locks/keep?api-version=2020-05-01";
        Assert.Equal(201, _estate.Send("PUT", path, """{"properties":{"level":"cannotdelete"}}""").Status);
        SandboxResponse refused = _estate.Send("DELETE", TestEstate.Server);
        Assert.Equal(409, refused.Status);
        Assert.Equal("ScopeLocked", refused.Json!.AsObject().Text("error", "code"));
        Assert.Equal(202, _estate.Send("PATCH", TestEstate.Server, """{"tags":{"a":"b"}}""").Status);
        Assert.Equal(200, _estate.Send("PUT", path, """{"properties":{"level":"ReadOnly"}}""").Status);
        Assert.Equal(409, _estate.Send("PATCH", TestEstate.Server, """{"tags":{"a":"c"}}""").Status);
        Assert.Equal(200, _estate.Send("DELETE", path).Status);
        Assert.Equal(204, _estate.Send("DELETE", path).Status);
        Assert.Single(_estate.Arm.Writes, write => write.Method == "PATCH");
    }

    [Fact]
    public void What_a_snapshot_does_not_know_is_refused_and_never_empty()
    {
        string line = $$"""
            {"schema":"pgsecurity/posture/1","server":{{TestEstate.ServerBody("db9").ToJsonString()}},"serverGap":null,"facets":[
            {"type":"Microsoft.DBforPostgreSQL/flexibleServers/firewallRules","gap":{"kind":"Unavailable","reason":"403 there"},"resources":[]},
            {"type":"Microsoft.Authorization/roleAssignments","gap":{"kind":"NotCollected","reason":"not collected"},"resources":[]},
            {"type":"Microsoft.DBforPostgreSQL/flexibleServers/databases","resources":[]}]}
            """.Replace("\n", string.Empty, StringComparison.Ordinal);
        SandboxArm arm = new();
        arm.AddSnapshot(new MemoryStream(Encoding.UTF8.GetBytes(line)), "test");
        string server = TestEstate.Server.Replace("db1", "db9", StringComparison.Ordinal);
        SandboxResponse refused = arm.Handle(SandboxRequest.Arm("GET", server + "/firewallRules?api-version=2025-08-01"));
        Assert.Equal(403, refused.Status);
        Assert.Contains("Microsoft.DBforPostgreSQL/flexibleServers/firewallRules/read", refused.Text, StringComparison.Ordinal);
        Assert.Equal(200, arm.Handle(SandboxRequest.Arm("GET", server + "/databases?api-version=2025-08-01")).Status);
        string roles = $"/subscriptions/{TestEstate.Subscription}/providers/Microsoft.Authorization/roleAssignments?api-version=2022-04-01";
        Assert.Equal(403, arm.Handle(SandboxRequest.Arm("GET", roles)).Status);
        SandboxResponse query = arm.Handle(SandboxRequest.Arm(
            "POST",
            "/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01",
            """{"query":"authorizationresources | where type =~ 'microsoft.authorization/roleassignments'"}"""));
        Assert.Equal(403, query.Status);
        Assert.Throws<FormatException>(() => arm.AddSnapshot(new MemoryStream(Encoding.UTF8.GetBytes("{\"server\":3}")), "bad"));
    }

    [Fact]
    public void Lists_come_in_pages()
    {
        TestEstate estate = new(options => options.PageSize = 3);
        int pages = 0;
        int items = 0;
        string? next = TestEstate.Server + "/configurations" + TestEstate.Version;
        while (next is not null)
        {
            JsonObject page = estate.Arm.Handle(new SandboxRequest("GET", new Uri(new Uri("https://management.azure.com"), next))).Json!.AsObject();
            items += page["value"]!.AsArray().Count;
            next = page.Text("nextLink");
            pages++;
        }

        Assert.Equal(TestEstate.Parameters("16").Count(), items);
        Assert.Equal(3, pages);
    }

    [Fact]
    public void Buckets_run_empty_and_fill_again()
    {
        TestEstate estate = new(options => options.Throttle = ThrottleLimits.Documented);
        for (int at = 0; at < 250; at++) Assert.Equal(200, estate.Send("GET", TestEstate.Server).Status);
        SandboxResponse refused = estate.Send("GET", TestEstate.Server);
        Assert.Equal(429, refused.Status);
        Assert.Equal("1", refused.Header("Retry-After"));
        Assert.Equal("0", refused.Header("x-ms-ratelimit-remaining-subscription-global-reads"));
        Assert.Equal(202, estate.Send("PATCH", TestEstate.Server, """{"tags":{"a":"b"}}""").Status);
        estate.Arm.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(200, estate.Send("GET", TestEstate.Server).Status);
    }

    [Fact]
    public void Faults_strike_by_rule()
    {
        _estate.Arm.Faults.Add(new FaultRule { Kind = FaultKind.Status, Path = "*/configurations", From = 2, Times = 1, Status = 503, Code = "ServiceUnavailable", RetryAfter = 7 });
        Assert.Equal(200, _estate.Send("GET", TestEstate.Server + "/configurations").Status);
        SandboxResponse struck = _estate.Send("GET", TestEstate.Server + "/configurations");
        Assert.Equal((503, "7"), (struck.Status, struck.Header("Retry-After")));
        Assert.Equal(200, _estate.Send("GET", TestEstate.Server + "/configurations").Status);

        _estate.Arm.Faults.Add(new FaultRule { Kind = FaultKind.FailedOperation, Method = "PATCH", Times = 1 });
        Assert.Equal("Failed InternalServerError", _estate.Write("PATCH", TestEstate.Server, """{"tags":{"a":"b"}}"""));
        _estate.Arm.Faults.Add(new FaultRule { Kind = FaultKind.CanceledOperation, Method = "PATCH", Times = 1 });
        Assert.Equal("Canceled OperationCancelled", _estate.Write("PATCH", TestEstate.Server, """{"tags":{"a":"b"}}"""));
        _estate.Arm.Faults.Add(new FaultRule { Kind = FaultKind.SucceedsWithoutEffect, Method = "PATCH", Times = 1 });
        Assert.Equal("Succeeded", _estate.Write("PATCH", TestEstate.Server, """{"tags":{"a":"b"}}"""));
        Assert.Null(_estate.Get(TestEstate.Server)["tags"]);
        Assert.Equal("Ready", _estate.Get(TestEstate.Server).Text("properties", "state"));

        _estate.Arm.Faults.Add(new FaultRule { Kind = FaultKind.ExpiredToken, Times = 1 });
        SandboxResponse expired = _estate.Send("GET", TestEstate.Server);
        Assert.Equal(401, expired.Status);
        Assert.Contains("invalid_token", expired.Header("WWW-Authenticate"), StringComparison.Ordinal);
        _estate.Arm.Faults.Add(new FaultRule { Kind = FaultKind.MalformedJson, Times = 1 });
        Assert.ThrowsAny<System.Text.Json.JsonException>(() => _estate.Send("GET", TestEstate.Server).Json);
        Assert.Equal(
            new[] { "Failed", "Canceled", "Succeeded" },
            _estate.Arm.Writes.Select(write => write.Status));
    }

    [Fact]
    public void Requests_are_counted_by_kind_and_server()
    {
        _estate.Send("GET", TestEstate.Server);
        _estate.Send("GET", TestEstate.Server + "/configurations");
        _estate.Send("GET", TestEstate.Server + "/configurations/ssl");
        _estate.Send("GET", $"/subscriptions/{TestEstate.Subscription}/providers/Microsoft.Authorization/locks?api-version=2020-05-01");
        Assert.Equal(4, _estate.Arm.Requests.Total);
        Assert.Equal(0, _estate.Arm.Requests.Writes);
        Assert.Equal(3, _estate.Arm.Requests.ByServer[TestEstate.Server]);
        Assert.Equal(1, _estate.Arm.Requests.ByKind["GET Microsoft.DBforPostgreSQL/flexibleServers/*/configurations"]);
        Assert.Equal(1, _estate.Arm.Requests.BySubscription[TestEstate.Subscription]);
    }

    [Fact]
    public void With_the_instant_pace_a_refused_write_succeeds_after_a_few_retries()
    {
        TestEstate estate = new(options => options.Pace = SandboxPace.Instant);
        SandboxResponse change = estate.Send("PATCH", TestEstate.Server, """{"properties":{"authConfig":{"activeDirectoryAuth":"Enabled"}}}""");
        while (estate.Poll(change).Text("status") == "InProgress")
        {
        }

        const string Administrator = TestEstate.Server + "/administrators/8816a93c-dff7-45d0-8b64-4a2db756069b";
        List<string> ends = new();
        while (ends.Count < 6 && !ends.Contains("Succeeded"))
        {
            SandboxResponse accepted = estate.Send("PUT", Administrator, """{"properties":{"principalName":"dba","principalType":"Group"}}""");
            string status;
            do
            {
                status = estate.Poll(accepted).Text("status")!;
            }
            while (status == "InProgress");
            ends.Add(status);
        }

        Assert.Equal("Failed", ends.First());
        Assert.Equal("Succeeded", ends.Last());
    }

    [Fact]
    public void The_instant_pace_takes_a_poll_for_the_wait()
    {
        TestEstate estate = new(options => options.Pace = SandboxPace.Instant);
        SandboxResponse accepted = estate.Send("PATCH", TestEstate.Server, """{"tags":{"a":"b"}}""");
        Assert.Equal("0", accepted.Header("Retry-After"));
        int polls = 0;
        while (estate.Poll(accepted).Text("status") == "InProgress") Assert.True(++polls < 10);
        Assert.True(polls > 0);
    }
}
