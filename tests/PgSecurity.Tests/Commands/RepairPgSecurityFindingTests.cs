using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Xunit;

namespace PgSecurity.Tests.Commands;

public sealed class RepairPgSecurityFindingTests(ModuleSession session) : SandboxChanges(session)
{
    private const string Repair = "Repair-PgSecurityFinding -JournalPath $journal";

    [Fact]
    public void A_finding_is_repaired_verified_and_gone()
    {
        Change change = OneChange($"Get-PgSecurityFinding -ResourceId $id -Control LOG-011 | {Repair}");
        Assert.Equal((ChangeStatus.Changed, "off", "on"), (change.Status, change.Before, change.After));
        Assert.Equal("LOG-011: Pass", Assert.Single(change.Verdict));
        Assert.Empty(Session.RunClean<Finding>("Get-PgSecurityFinding -ResourceId $id -Control LOG-011"));
        Assert.Empty(Session.Run($"Get-PgSecurityFinding -ResourceId $id -Control LOG-011 | {Repair}"));
    }

    [Fact]
    public void A_plan_sends_nothing_and_says_what_it_needs()
    {
        PlannedChange planned = Assert.Single(Session.RunClean<PlannedChange>($"{Repair} -ResourceId $id -Control DAT-002 -PlanOnly"));
        Assert.False(planned.WillApply);
        Assert.Contains("-AllowConnectivityLoss", planned.Guard, StringComparison.Ordinal);
        Assert.Equal(("TLSv1.2", "TLSv1.3", "PATCH"), (planned.From, planned.To, planned.Method));
        Assert.True(Assert.Single(Session.RunClean<PlannedChange>($"{Repair} -ResourceId $id -Control DAT-002 -PlanOnly -AllowConnectivityLoss")).WillApply);
        Assert.Empty(Session.Run("Get-PgSecurityChange -JournalPath $journal"));
    }

    [Fact]
    public void WhatIf_changes_nothing()
    {
        Assert.Empty(Session.Run($"{Repair} -ResourceId $id -Control LOG-011 -WhatIf"));
        Assert.Single(Session.RunClean<Finding>("Get-PgSecurityFinding -ResourceId $id -Control LOG-011"));
    }

    [Fact]
    public void A_guard_refuses_and_says_so()
    {
        Change change = OneChange($"{Repair} -ResourceId $id -Control NET-001 -AllowConnectivityLoss");
        Assert.Equal(ChangeStatus.Skipped, change.Status);
        Assert.Contains("otherWayIn", change.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_parameter_is_named_and_a_given_one_is_used()
    {
        Assert.Contains("'logAnalyticsWorkspaceId'", OneChange($"{Repair} -ResourceId $id -Control LOG-001").Reason, StringComparison.Ordinal);
        Session.Run("$workspace = '/subscriptions/2f1c9d3e-5b7a-4c68-9e0d-7a1b3c5d7e9f/resourceGroups/rg-monitoring-prod/providers/Microsoft.OperationalInsights/workspaces/log-contoso-security'");
        Change change = OneChange($"{Repair} -ResourceId $id -Control LOG-001 -Parameter @{{ logAnalyticsWorkspaceId = $workspace }}");
        Assert.True(change.Status == ChangeStatus.Changed, change.Reason);
    }

    [Fact]
    public void A_restart_waits_for_its_switch()
    {
        Assert.Contains(Changes($"{Repair} -ResourceId $id -Control LOG-003"), change => change.Status == ChangeStatus.RestartRequired);
        IReadOnlyList<Change> inForce = Changes($"{Repair} -ResourceId $id -Control LOG-003 -AllowRestart");
        Assert.Contains(inForce, change => change is { Step: "restart", Status: ChangeStatus.Changed });
        Assert.DoesNotContain(inForce, change => change.Status == ChangeStatus.RestartRequired);
    }

    [Fact]
    public void What_is_no_server_is_an_error_and_the_others_are_repaired()
    {
        IReadOnlyList<PSObject> output = Session.Run($"'/subscriptions/nonsense', $id | {Repair} -Control LOG-011");
        Assert.Single(Session.Errors);
        Assert.Equal(ChangeStatus.Changed, ((Change)Assert.Single(output).BaseObject).Status);
    }

    [Fact]
    public void A_server_that_is_not_there_fails_with_an_error()
    {
        Session.Run($"{Repair} -ResourceId ($id + 'x') -Control LOG-011");
        Assert.StartsWith("ChangeFailed", Assert.Single(Session.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }
}
