using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using PgSecurity.Sandbox.Estate;
using PgSecurity.Sandbox.Faults;
using Xunit;

namespace PgSecurity.Sandbox.Tests.Behaviours;

/// <summary>Every write leaves events in the activity log, which is listed as the service lists it.</summary>
public sealed class ActivityLogTests
{
    private const string Log = "/subscriptions/" + TestEstate.Subscription + "/providers/Microsoft.Insights/eventtypes/management/values";
    private readonly TestEstate _estate = new(options => options.Caller = "ann@contoso.com");

    [Fact]
    public void A_write_has_an_event_when_it_came_when_it_was_taken_on_and_when_it_succeeded()
    {
        DateTimeOffset start = _estate.Arm.Clock.UtcNow;
        Assert.Equal("Succeeded", _estate.Write("PUT", TestEstate.Server + "/firewallRules/office", """{"properties":{"startIpAddress":"198.51.100.7","endIpAddress":"198.51.100.7"}}"""));
        IReadOnlyList<JsonObject> events = Events(Since(start));
        Assert.Equal(["Succeeded", "Accepted", "Started"], events.Select(one => one.Text("status", "value")));
        Assert.All(events, one =>
        {
            Assert.Equal("ann@contoso.com", one.Text("caller"));
            Assert.Equal("Microsoft.DBforPostgreSQL/flexibleServers/firewallRules/write", one.Text("operationName", "value"));
            Assert.Equal(TestEstate.Server + "/firewallRules/office", one.Text("resourceId"));
            Assert.Equal("rg", one.Text("resourceGroupName"));
            Assert.Equal(events[0].Text("correlationId"), one.Text("correlationId"));
        });
        Assert.Equal(3, events.Select(one => one.Text("eventDataId")).Distinct().Count());
        Assert.True(At(events[0]) > At(events[2]));
        Assert.Equal(start, At(events[2]));
    }

    [Fact]
    public void A_write_that_failed_or_was_refused_has_no_success()
    {
        DateTimeOffset start = _estate.Arm.Clock.UtcNow;
        _estate.Arm.Faults.Add(new FaultRule { Kind = FaultKind.FailedOperation, Method = "DELETE", Path = "*", Code = "InternalServerError", Message = "No." });
        Assert.StartsWith("Failed", _estate.Write("DELETE", TestEstate.Server), StringComparison.Ordinal);
        Assert.Equal(400, _estate.Send("PUT", TestEstate.Server + "/providers/Microsoft.Authorization/locks/l?api-version=2020-05-01", """{"properties":{"level":"Nonsense"}}""").Status);
        IReadOnlyList<JsonObject> events = Events(Since(start));
        Assert.Equal(2, events.Count(one => one.Text("status", "value") == "Failed"));
        Assert.DoesNotContain(events, one => one.Text("status", "value") == "Succeeded");
    }

    [Fact]
    public void An_action_is_one_on_the_server_and_reading_leaves_nothing()
    {
        DateTimeOffset start = _estate.Arm.Clock.UtcNow;
        _estate.Get(TestEstate.Server);
        Assert.Empty(Events(Since(start)));
        _estate.End(_estate.Send("POST", TestEstate.Server + "/restart", "{}"));
        JsonObject done = Events(Since(start))[0];
        Assert.Equal(("Microsoft.DBforPostgreSQL/flexibleServers/restart/action", TestEstate.Server), (done.Text("operationName", "value"), done.Text("resourceId")));
    }

    [Fact]
    public void Other_people_leave_events_too()
    {
        DateTimeOffset start = _estate.Arm.Clock.UtcNow;
        _estate.Arm.LogActivity(TestEstate.Server, "Microsoft.DBforPostgreSQL/flexibleServers/write", "bob@contoso.com");
        Assert.Equal(["bob@contoso.com", "bob@contoso.com"], Events(Since(start)).Select(one => one.Text("caller")));
    }

    [Fact]
    public void Time_group_and_resource_narrow_and_only_what_is_selected_is_given()
    {
        const string Lock = TestEstate.Server + "/providers/Microsoft.Authorization/locks/l";
        DateTimeOffset start = _estate.Arm.Clock.UtcNow;
        _estate.Send("PUT", Lock + "?api-version=2020-05-01", """{"properties":{"level":"CanNotDelete"}}""");
        _estate.Arm.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(2, Events(Since(start)).Count);
        Assert.Empty(Events(Since(start.AddMinutes(1))));
        Assert.Equal(2, Events(Since(start) + " and eventTimestamp le '" + Time(start.AddMinutes(1)) + "' and resourceGroupName eq 'RG'").Count);
        Assert.Empty(Events(Since(start) + " and resourceGroupName eq 'other'"));
        Assert.Equal(2, Events(Since(start) + $" and resourceUri eq '{Lock}'").Count);
        Assert.Empty(Events(Since(start) + $" and resourceUri eq '{TestEstate.Server}'"));
        Assert.Equal(2, Events(Since(start) + " and resourceProvider eq 'Microsoft.Authorization'").Count);
        Assert.Equal(["caller", "status"], Events(Since(start), "&$select=caller,status")[0].Select(member => member.Key).Order());
    }

    [Fact]
    public void It_comes_in_pages()
    {
        TestEstate estate = new(options => options.PageSize = 2);
        DateTimeOffset start = estate.Arm.Clock.UtcNow;
        for (int at = 0; at < 3; at++) estate.Arm.LogActivity(TestEstate.Server, "Microsoft.DBforPostgreSQL/flexibleServers/write", "c" + at);
        JsonObject page = estate.Get(Address(Since(start)));
        Assert.Equal(2, page["value"]!.AsArray().Count);
        JsonObject next = estate.Arm.Handle(new SandboxRequest("GET", new Uri(page.Text("nextLink")!))).Json!.AsObject();
        Assert.Equal("c1", next["value"]![0]!.AsObject().Text("caller"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("eventTimestamp le '2026-01-01T00:00:00Z'")]
    [InlineData("eventTimestamp ge 'yesterday'")]
    [InlineData("eventTimestamp ge '2025-12-31T00:00:00Z' and caller eq 'ann'")]
    [InlineData("eventTimestamp ge '2025-12-31T00:00:00Z' and resourceGroupName eq 'a' and resourceProvider eq 'b'")]
    [InlineData("eventTimestamp ge '2025-12-31T00:00:00Z' or resourceGroupName eq 'a'")]
    [InlineData("eventTimestamp ge '2025-09-01T00:00:00Z'")]
    public void What_the_service_does_not_take_is_refused(string filter)
    {
        SandboxResponse refused = _estate.Send("GET", Address(filter));
        Assert.Equal((400, "BadRequest"), (refused.Status, refused.Json!.AsObject().Text("code")));
    }

    private IReadOnlyList<JsonObject> Events(string filter, string more = "") =>
        _estate.Get(Address(filter) + more)["value"]!.AsArray().Select(one => one!.AsObject()).ToList();

    private static string Address(string filter) => $"{Log}?api-version=2015-04-01{(filter.Length == 0 ? "" : "&$filter=" + Uri.EscapeDataString(filter))}";

    private static string Since(DateTimeOffset time) => $"eventTimestamp ge '{Time(time)}'";

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture);

    private static DateTimeOffset At(JsonObject one) => DateTimeOffset.Parse(one.Text("eventTimestamp")!, System.Globalization.CultureInfo.InvariantCulture);
}
