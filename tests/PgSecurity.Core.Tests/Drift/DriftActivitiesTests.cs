using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Drift.Activities;
using PgSecurity.Core.Tests.Controls;
using Xunit;

namespace PgSecurity.Core.Tests.Drift;

/// <summary>Who moved what, from the activity log: named where the log does, and else the reason, never a guess.</summary>
public class DriftActivitiesTests
{
    private const string Subscription = "00000000-0000-0000-0000-000000000001";
    private const string Group = "/subscriptions/" + Subscription + "/resourceGroups/rg";
    private const string Type = "Microsoft.DBforPostgreSQL/flexibleServers";
    private const string Server = Group + "/providers/" + Type + "/one";
    private const string Parameter = Server + "/configurations/log_connections";

    private static readonly DateTimeOffset Before = new(2026, 11, 20, 3, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset After = Before.AddDays(1);
    private static readonly DateTimeOffset Now = After.AddDays(1);

    [Fact]
    public void The_successful_write_between_the_looks_is_named()
    {
        SecurityDrift drift = Assert.Single(Tell(
            [Moved(Parameter, "properties.value")],
            Event(Parameter, Type + "/configurations/write", "Started", Before.AddHours(2)),
            Event(Parameter.ToUpperInvariant(), Type + "/configurations/write", "Succeeded", Before.AddHours(2.1))));
        Assert.Equal(("ann@contoso.com", Before.AddHours(2.1), Type + "/configurations/write"), (drift.Caller, drift.ChangedAt!.Value, drift.Operation));
        Assert.Single(drift.Activities);
        Assert.Empty(drift.ActivityReason);
    }

    [Fact]
    public void Of_several_candidates_all_are_named_newest_first()
    {
        SecurityDrift drift = Assert.Single(Tell(
            [Moved(Server, "properties.backup.backupRetentionDays")],
            Event(Server, Type + "/write", "Succeeded", Before.AddHours(1), "ann@contoso.com"),
            Event(Server, Type + "/write", "Succeeded", Before.AddHours(3), "bob@contoso.com"),
            Event(Server, Type + "/restart/action", "Succeeded", Before.AddHours(2), "cid@contoso.com")));
        Assert.Equal(["bob@contoso.com", "cid@contoso.com", "ann@contoso.com"], drift.Activities.Select(one => one.Caller));
        Assert.Equal("bob@contoso.com", drift.Caller);
    }

    public static TheoryData<string, string, string, double> Strangers => new()
    {
        { Parameter, Type + "/configurations/write", "Failed", 2 },
        { Parameter, Type + "/configurations/write", "Accepted", 2 },
        { Parameter, Type + "/configurations/write", "Succeeded", -1 },
        { Parameter, Type + "/configurations/write", "Succeeded", 25 },
        { Server + "/configurations/log_disconnections", Type + "/configurations/write", "Succeeded", 2 },
        { Server + "2/configurations/log_connections", Type + "/configurations/write", "Succeeded", 2 },
        { Parameter, "Microsoft.Authorization/policies/audit/action", "Succeeded", 2 },
        { Parameter, Type + "/configurations/read", "Succeeded", 2 },
        { Group, "Microsoft.Resources/subscriptions/resourceGroups/write", "Succeeded", 2 },
    };

    [Theory]
    [MemberData(nameof(Strangers))]
    public void What_did_not_move_it_is_not_named(string resource, string operation, string status, double hours)
    {
        SecurityDrift drift = Assert.Single(Tell([Moved(Parameter, "properties.value")], Event(resource, operation, status, Before.AddHours(hours))));
        Assert.Empty(drift.Activities);
        Assert.Equal("", drift.Caller);
        Assert.Contains("no write on it that succeeded between the two looks", drift.ActivityReason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_write_whose_success_is_logged_after_the_look_that_saw_it_is_named() => Assert.Equal(
        "ann@contoso.com",
        Assert.Single(Tell(
            [Moved(Server, "properties.version")],
            Event(Server, Type + "/write", "Started", After.AddMinutes(-5)),
            Event(Server, Type + "/write", "Succeeded", After.AddMinutes(5)))).Caller);

    [Fact]
    public void A_write_just_outside_of_the_looks_is_spoken_of_and_names_nobody()
    {
        SecurityDrift drift = Assert.Single(Tell([Moved(Server, "properties.version")], Event(Server, Type + "/write", "Succeeded", Before.AddSeconds(-30))));
        Assert.Equal(("", 0), (drift.Caller, drift.Activities.Count));
        Assert.Contains("one just before them is not counted, though clocks may differ: 2026-11-20 02:59:30Z ann@contoso.com", drift.ActivityReason, StringComparison.Ordinal);
        Assert.Contains("just after", Assert.Single(Tell([Moved(Server, "properties.version")], Event(Server, Type + "/write", "Succeeded", After.AddSeconds(30)))).ActivityReason, StringComparison.Ordinal);
        Assert.DoesNotContain("just", Assert.Single(Tell([Moved(Server, "properties.version")], Event(Server, Type + "/write", "Succeeded", Before.AddMinutes(-3)))).ActivityReason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_child_that_its_provider_logs_under_the_server_is_found_by_its_operation() => Assert.Equal(
        "ann@contoso.com",
        Assert.Single(Tell([Moved(Parameter, "properties.value")], Event(Server, Type + "/configurations/write", "Succeeded", Before.AddHours(1)))).Caller);

    [Fact]
    public void Where_a_child_has_no_write_of_its_own_those_on_its_server_are_candidates()
    {
        SecurityDrift drift = Assert.Single(Tell(
            [Moved(Parameter, "properties.isConfigPendingRestart")], Event(Server, Type + "/restart/action", "Succeeded", Before.AddHours(1))));
        Assert.Equal(Type + "/restart/action", drift.Operation);
    }

    [Fact]
    public void A_list_in_the_server_is_moved_by_writes_on_the_children_of_its_name() => Assert.Equal(
        Type + "/privateEndpointConnections/delete",
        Assert.Single(Tell(
            [Moved(Server, "properties.privateEndpointConnections[pe].properties.status")],
            Event(Server + "/privateEndpointConnections/pe", Type + "/privateEndpointConnections/delete", "Succeeded", Before.AddHours(1)))).Operation);

    [Theory]
    [InlineData("tags.owner", Server, true)]
    [InlineData("tags", Server + "/providers/Microsoft.Resources/tags/default", true)]
    [InlineData("properties.version", Server + "/providers/Microsoft.Resources/tags/default", false)]
    public void Tags_are_moved_by_writes_on_them_and_nothing_else_is(string path, string resource, bool isNamed) => Assert.Equal(
        isNamed,
        Assert.Single(Tell([Moved(Server, path)], Event(resource, "Microsoft.Resources/tags/write", "Succeeded", Before.AddHours(1)))).Activities.Count > 0);

    [Fact]
    public void The_parameters_of_a_primary_are_moved_by_writes_on_them() => Assert.Equal(
        Parameter,
        Assert.Single(Tell(
            [Moved(Server, "properties.parameters.log_connections")],
            Event(Parameter, Type + "/configurations/write", "Succeeded", Before.AddHours(1)))).Activities.Single().ResourceId);

    [Fact]
    public void What_came_was_written_and_what_went_was_deleted()
    {
        string rule = Server + "/firewallRules/office";
        ActivityEvent[] events =
        [
            Event(rule, Type + "/firewallRules/write", "Succeeded", Before.AddHours(1)),
            Event(rule, Type + "/firewallRules/delete", "Succeeded", Before.AddHours(2)),
        ];
        Assert.Equal(Type + "/firewallRules/write", Assert.Single(Tell([Moved(rule, "", DriftKind.ResourceAdded)], events)).Activities.Single().Operation);
        Assert.Equal(Type + "/firewallRules/delete", Assert.Single(Tell([Moved(rule, "", DriftKind.ResourceRemoved)], events)).Activities.Single().Operation);
        SecurityDrift gone = Assert.Single(Tell(
            [Moved(Server, "", DriftKind.ServerRemoved)], Event(Group, "Microsoft.Resources/subscriptions/resourceGroups/delete", "Succeeded", Before.AddHours(1))));
        Assert.Equal(Group, gone.Activities.Single().ResourceId);
    }

    [Theory]
    [InlineData("Microsoft.Authorization/locks")]
    [InlineData("Microsoft.Insights/diagnosticSettings")]
    public void What_extends_the_server_is_found_by_its_own_id(string type)
    {
        string id = $"{Server}/providers/{type}/mine";
        Assert.Equal($"{type}/write", Assert.Single(Tell([Moved(id, "", DriftKind.ResourceAdded)], Event(id, $"{type}/write", "Succeeded", Before.AddHours(1)))).Operation);
    }

    [Fact]
    public void A_finding_is_traced_to_all_that_moved_of_what_its_control_reads()
    {
        CompiledControl control = CompiledControl.Compile(Catalogue.All.Find("LOG-005")!, ControlSettings.None);
        IReadOnlyList<SecurityDrift> drifts = Tell(
            [Finding("LOG-005"), Moved(Parameter, "properties.value"), Moved(Server + "/firewallRules/office", "", DriftKind.ResourceAdded)],
            [control],
            Event(Parameter, Type + "/configurations/write", "Succeeded", Before.AddHours(1), "ann@contoso.com"),
            Event(Server + "/firewallRules/office", Type + "/firewallRules/write", "Succeeded", Before.AddHours(2), "bob@contoso.com"));
        Assert.Equal(["ann@contoso.com"], drifts[0].Activities.Select(one => one.Caller));
    }

    [Fact]
    public void A_finding_that_nothing_moved_for_has_nobody()
    {
        CompiledControl control = CompiledControl.Compile(Catalogue.All.Find("LOG-005")!, ControlSettings.None);
        SecurityDrift drift = Tell([Finding("LOG-005")], [control], Event(Parameter, Type + "/configurations/write", "Succeeded", Before.AddHours(1)))[0];
        Assert.Empty(drift.Activities);
        Assert.Contains("nothing was seen to move", drift.ActivityReason, StringComparison.Ordinal);
    }

    [Fact]
    public void What_could_not_be_read_is_said_also_beside_what_was()
    {
        SecurityDrift moved = Moved(Parameter, "properties.value");
        DriftActivities activities = new([moved], [], Now);
        ActivityLog refused = new();
        refused.Add(activities.Spans[0], [], "403: missing Microsoft.Insights/eventtypes/values/read");
        SecurityDrift drift = activities.Tell(refused).Single();
        Assert.Empty(drift.Activities);
        Assert.Equal("the activity log could not be read: 403: missing Microsoft.Insights/eventtypes/values/read", drift.ActivityReason);

        ActivityLog broken = new();
        broken.Add(activities.Spans[0], [Event(Parameter, Type + "/configurations/write", "Succeeded", Before.AddHours(1))], "the connection broke");
        Assert.Single(activities.Tell(broken).Single().Activities);
        Assert.Contains("to its end", activities.Tell(broken).Single().ActivityReason, StringComparison.Ordinal);
    }

    [Fact]
    public void What_no_log_can_answer_is_not_asked_for()
    {
        (SecurityDrift Drift, string Reason)[] cases =
        [
            (Moved(Parameter, "x", before: null), "first look does not say when"),
            (Moved(Parameter, "x", before: Now.AddDays(-200), after: Now.AddDays(-100)), "90 days"),
            (Moved(Parameter, "x", before: After, after: Before), "before the first"),
            (Moved(Server + "/providers/PgSecurity/databaseRoles/app", "x"), "inside a database"),
            (Moved("/providers/Microsoft.Graph/conditionalAccessPolicies/1", "x"), "in no subscription"),
        ];
        DriftActivities activities = new(cases.Select(one => one.Drift).ToList(), [], Now);
        Assert.Empty(activities.Spans);
        Assert.All(activities.Tell(new ActivityLog()).Zip(cases), pair =>
        {
            Assert.Empty(pair.First.Activities);
            Assert.Contains(pair.Second.Reason, pair.First.ActivityReason, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void A_first_look_that_is_older_than_the_log_is_asked_for_as_far_as_the_log_goes()
    {
        DriftActivities activities = new([Moved(Parameter, "x", before: Now.AddDays(-200))], [], Now);
        Assert.InRange(activities.Spans.Single().From, Now.AddDays(-90), Now.AddDays(-89));
        Assert.Contains("kept for 90 days", activities.Tell(new ActivityLog()).Single().ActivityReason, StringComparison.Ordinal);
    }

    [Fact]
    public void One_listing_a_group_or_a_subscription_answers_for_all()
    {
        string In(string group, int at) => $"/subscriptions/{Subscription}/resourceGroups/{group}/providers/{Type}/s{at}";
        List<SecurityDrift> few = Enumerable.Range(0, 200).Select(at => Moved(In("rg" + (at % 3), at), "properties.state")).ToList();
        Assert.Equal(["rg0", "rg1", "rg2"], new DriftActivities(few, [], Now).Spans.Select(span => span.ResourceGroupName));
        List<SecurityDrift> many = Enumerable.Range(0, 200).Select(at => Moved(In("rg" + (at % 20), at), "properties.state", before: Before.AddMinutes(-at))).ToList();
        ActivitySpan span = Assert.Single(new DriftActivities(many, [], Now).Spans);
        Assert.Equal((null, Before.AddMinutes(-201)), (span.ResourceGroupName, span.From));
        Assert.Null(new DriftActivities([Moved($"/subscriptions/{Subscription}/providers/Microsoft.Security/pricings/x", "properties.pricingTier")], [], Now).Spans.Single().ResourceGroupName);
    }

    [Fact]
    public void An_event_that_may_still_be_on_its_way_is_said_to_be()
    {
        SecurityDrift drift = new DriftActivities([Moved(Parameter, "x")], [], After.AddMinutes(1)).Tell(new ActivityLog()).Single();
        Assert.Contains("may take some minutes", drift.ActivityReason, StringComparison.Ordinal);
    }

    [Fact]
    public void Events_are_read_as_the_service_writes_them()
    {
        using JsonDocument document = JsonDocument.Parse("""
            { "caller": "admin@contoso.com", "correlationId": "c", "eventTimestamp": "2026-11-21T22:14:26.9792776Z",
              "operationName": { "value": "Microsoft.DBforPostgreSQL/flexibleServers/write", "localizedValue": "Create or update" },
              "resourceId": "/subscriptions/x/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/flexibleServers/one",
              "status": { "value": "Succeeded", "localizedValue": "Succeeded" } }
            """);
        ActivityEvent one = ActivityEvent.Read(document.RootElement)!;
        Assert.Equal(("admin@contoso.com", "Succeeded", Type + "/write"), (one.Caller, one.Status, one.Operation));
        Assert.Equal(26, one.At.Second);
        foreach (string broken in new[] { "{}", "[]", "3", """{ "resourceId": "\ud800", "operationName": "x/write", "eventTimestamp": "2026-11-21T22:14:26Z" }""", """{ "resourceId": "/x", "operationName": 3, "eventTimestamp": "soon" }""" })
        {
            using JsonDocument other = JsonDocument.Parse(broken);
            Assert.Null(ActivityEvent.Read(other.RootElement));
        }
    }

    private static ActivityEvent Event(string resource, string operation, string status, DateTimeOffset at, string caller = "ann@contoso.com") =>
        new(resource, operation, status, caller, at, "c");

    private static SecurityDrift Moved(string target, string path, DriftKind kind = DriftKind.PropertyChanged) => Moved(target, path, Before, After, kind);

    private static SecurityDrift Moved(string target, string path, DateTimeOffset? before, DateTimeOffset? after = null, DriftKind kind = DriftKind.PropertyChanged) => new()
    {
        Kind = kind, ResourceId = Server, ServerName = "one", ResourceGroupName = "rg", SubscriptionId = Subscription,
        Target = target, Path = path, BeforeAt = before, AfterAt = after ?? After,
    };

    private static SecurityDrift Finding(string control) => new()
    {
        Kind = DriftKind.FindingAppeared, ResourceId = Server, ServerName = "one", ResourceGroupName = "rg", SubscriptionId = Subscription,
        ControlId = control, BeforeAt = Before, AfterAt = After,
    };

    private static IReadOnlyList<SecurityDrift> Tell(SecurityDrift[] drifts, params ActivityEvent[] events) => Tell(drifts, [], events);

    private static IReadOnlyList<SecurityDrift> Tell(SecurityDrift[] drifts, CompiledControl[] controls, params ActivityEvent[] events)
    {
        DriftActivities activities = new(drifts, controls, Now);
        ActivityLog log = new();
        foreach (ActivitySpan span in activities.Spans) log.Add(span, events, null);
        return activities.Tell(log).ToList();
    }
}
