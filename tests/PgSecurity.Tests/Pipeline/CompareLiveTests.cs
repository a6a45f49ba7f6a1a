using System;
using System.Collections.Generic;
using System.Linq;
using PgSecurity.Sandbox;
using PgSecurity.Sandbox.Faults;
using PgSecurity.Sandbox.Fronts;
using Xunit;

namespace PgSecurity.Tests.Pipeline;

/// <summary>A snapshot compared with the servers as they are now: what moved, and who moved it.</summary>
public sealed class CompareLiveTests : IDisposable
{
    private const string Ledger = "/subscriptions/2f1c9d3e-5b7a-4c68-9e0d-7a1b3c5d7e9f/resourceGroups/rg-payments-prod/providers/Microsoft.DBforPostgreSQL/flexibleServers/psql-ledger-prod";
    private const string Type = "Microsoft.DBforPostgreSQL/flexibleServers";
    private const string Quiet = "-WarningAction SilentlyContinue | Where-Object Kind -NE NotComparable";

    private readonly ModuleSession _session = new();
    private readonly TemporaryFolder _folder;
    private readonly SandboxHttpServer _azure;

    public CompareLiveTests()
    {
        _folder = TemporaryFolder.CurrentOf(_session);
        _azure = SandboxHttpServer.Start(SandboxArm.Load(Repository.At("module", "Samples", "contoso.ndjson"), new SandboxOptions { Caller = "ann@contoso.com" }));
        _session.ConnectTo(_azure.Address);
        _session.RunClean<object>("$null = Export-PgSecuritySnapshot ref.ndjson -ServerName psql-ledger-prod, psql-kyc-prod");
        _azure.Arm.Requests.Reset();
    }

    public void Dispose()
    {
        _azure.Dispose();
        _folder.Dispose();
        _session.Dispose();
    }

    [Fact]
    public void What_did_not_move_is_not_told_and_asks_nothing_of_the_log()
    {
        Assert.Empty(Compare("-ServerName psql-ledger-prod, psql-kyc-prod"));
        Assert.DoesNotContain(_azure.Arm.Requests.ByKind.Keys, kind => kind.Contains("eventtypes", StringComparison.Ordinal));
    }

    [Fact]
    public void What_moved_comes_with_who_when_and_by_which_operation()
    {
        _session.RunClean<object>($"$null = Set-PgFirewallRule -ResourceId {Ledger} -Name office -StartIpAddress 198.51.100.7 -EndIpAddress 198.51.100.7 -Confirm:$false");
        IReadOnlyList<SecurityDrift> drifts = Compare("-ServerName psql-ledger-prod, psql-kyc-prod");
        SecurityDrift rule = Assert.Single(drifts, drift => drift.Kind == DriftKind.ResourceAdded);
        Assert.Equal(("ann@contoso.com", Type + "/firewallRules/write", Ledger + "/firewallRules/office"), (rule.Caller, rule.Operation, rule.Target));
        Assert.InRange(rule.ChangedAt!.Value, rule.BeforeAt!.Value, rule.AfterAt!.Value);
        SecurityDrift finding = Assert.Single(drifts, drift => drift.ControlId == "NET-010");
        Assert.Equal((DriftKind.FindingAppeared, "ann@contoso.com"), (finding.Kind, finding.Caller));
        Assert.Equal(1, _azure.Arm.Requests.ByKind["GET Microsoft.Insights/eventtypes/*/values"]);
    }

    [Fact]
    public void Of_several_writers_all_are_named_newest_first()
    {
        foreach ((string who, int days) in new[] { ("bob@contoso.com", 20), ("cid@contoso.com", 21) })
        {
            _azure.Arm.Edit(Ledger, body => body["properties"]!["backup"]!["backupRetentionDays"] = days);
            _azure.Arm.LogActivity(Ledger, Type + "/write", who);
        }

        SecurityDrift drift = Assert.Single(Compare("-ServerName psql-ledger-prod -Include Property"), one => one.Target == Ledger);
        Assert.Equal(("21", "cid@contoso.com"), (drift.After, drift.Caller));
        Assert.Equal(["cid@contoso.com", "bob@contoso.com"], drift.Activities.Select(one => one.Caller));
    }

    [Fact]
    public void A_change_that_the_log_does_not_have_has_nobody_and_the_reason()
    {
        _azure.Arm.Edit(Ledger, body => body["properties"]!["backup"]!["backupRetentionDays"] = 20);
        SecurityDrift drift = Assert.Single(Compare("-ServerName psql-ledger-prod -Include Property"), one => one.Target == Ledger);
        Assert.Empty(drift.Activities);
        Assert.Contains("no write on it", drift.ActivityReason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_log_that_is_refused_is_said_with_a_warning_and_the_rest_is_told()
    {
        _azure.Arm.Edit(Ledger, body => body["properties"]!["backup"]!["backupRetentionDays"] = 20);
        _azure.Arm.LogActivity(Ledger, Type + "/write", "bob@contoso.com");
        _azure.Arm.Faults.Add(new FaultRule { Kind = FaultKind.Forbidden, Method = "GET", Path = "*/eventtypes/*" });
        SecurityDrift drift = Assert.Single(_session.RunClean<SecurityDrift>("Compare-PgSecuritySnapshot ref.ndjson -ServerName psql-ledger-prod -Include Property"), one => one.Target == Ledger && one.Path.Length > 0);
        Assert.Empty(drift.Activities);
        Assert.Contains("403: missing Microsoft.Insights/eventtypes/values/read", drift.ActivityReason, StringComparison.Ordinal);
        Assert.Contains(_session.Warnings, warning => warning.Contains("activity log", StringComparison.Ordinal));
    }

    [Fact]
    public void The_log_is_not_asked_where_it_is_not_wanted()
    {
        _azure.Arm.Edit(Ledger, body => body["properties"]!["backup"]!["backupRetentionDays"] = 20);
        SecurityDrift drift = Assert.Single(Compare("-ServerName psql-ledger-prod -Include Property -ActivityLog:$false"), one => one.Target == Ledger);
        Assert.Equal(("", ""), (drift.Caller, drift.ActivityReason));
        Assert.DoesNotContain(_azure.Arm.Requests.ByKind.Keys, kind => kind.Contains("eventtypes", StringComparison.Ordinal));
    }

    [Fact]
    public void Findings_alone_are_traced_too()
    {
        _session.RunClean<object>($"$null = Set-PgServerParameter -ResourceId {Ledger} -Name log_connections -Value off -Confirm:$false");
        IReadOnlyList<SecurityDrift> drifts = Compare("-ServerName psql-ledger-prod -Include Finding -Control LOG-005");
        Assert.Equal((DriftKind.FindingAppeared, Type + "/configurations/write"), (Assert.Single(drifts).Kind, drifts[0].Operation));
    }

    [Fact]
    public void A_server_that_is_gone_is_told_with_who_deleted_it()
    {
        _azure.Arm.Remove(Ledger);
        _azure.Arm.LogActivity(Ledger, Type + "/write", "ann@contoso.com");
        _azure.Arm.LogActivity(Ledger, Type + "/delete", "bob@contoso.com");
        SecurityDrift drift = Assert.Single(Compare("-ResourceGroupName rg-payments-*"), one => one.Kind == DriftKind.ServerRemoved);
        Assert.Equal((Ledger, "bob@contoso.com"), (drift.ResourceId, drift.Caller));
        Assert.Single(drift.Activities);
        Assert.Empty(_session.Errors);
    }

    [Fact]
    public void A_server_that_is_not_meant_is_not_gone_and_one_that_came_is_told()
    {
        Assert.Empty(Compare("-ServerName psql-kyc-prod"));
        Assert.DoesNotContain(Compare("-Subscription 5a7c9e1b-3d5f-4821-96a4-b8c0d2e4f6a8 -ServerName psql-basket-prod -ErrorAction SilentlyContinue"), drift => drift.Kind == DriftKind.ServerRemoved);
        SecurityDrift added = Assert.Single(Compare("-ServerName psql-cards-prod"), drift => drift.Kind == DriftKind.ServerAdded);
        Assert.Equal("psql-cards-prod", added.ServerName);
    }

    [Fact]
    public void A_tag_that_moved_makes_a_server_neither_come_nor_go()
    {
        _azure.Arm.Edit(Ledger, body => body["tags"] = new System.Text.Json.Nodes.JsonObject { ["wave"] = "one" });
        SecurityDrift gained = Assert.Single(Compare("-Tag @{ wave = 'one' } -Include Property"), drift => drift.Target == Ledger && drift.Path == "tags.wave");
        Assert.Equal(("(absent)", "one"), (gained.Before, gained.After));
        _session.RunClean<object>("$null = Export-PgSecuritySnapshot ref.ndjson -ServerName psql-ledger-prod, psql-kyc-prod -Force");
        _azure.Arm.Edit(Ledger, body => body["tags"]!["wave"] = "two");
        IReadOnlyList<SecurityDrift> lost = Compare("-Tag @{ wave = 'one' } -Include Property");
        Assert.Equal(("tags.wave", "two"), (Assert.Single(lost).Path, lost[0].After));
    }

    [Fact]
    public void A_server_that_cannot_be_read_any_more_is_neither_gone_nor_the_same()
    {
        _azure.Arm.Faults.Add(new FaultRule { Kind = FaultKind.Forbidden, Method = "GET", Path = "*/flexibleServers/psql-ledger-prod" });
        _azure.Arm.Faults.Add(new FaultRule { Kind = FaultKind.Forbidden, Method = "GET", Path = "*/providers/Microsoft.DBforPostgreSQL/flexibleServers" });
        IReadOnlyList<SecurityDrift> drifts = _session.Run($"Compare-PgSecuritySnapshot ref.ndjson -ResourceId {Ledger}").Select(item => (SecurityDrift)item.BaseObject).ToList();
        Assert.Equal(DriftKind.NotComparable, Assert.Single(drifts).Kind);
        Assert.Contains("403", drifts[0].Reason, StringComparison.Ordinal);
        Assert.NotEmpty(_session.Errors);
    }

    [Fact]
    public void Servers_and_files_come_through_the_pipeline()
    {
        _azure.Arm.Edit(Ledger, body => body["properties"]!["backup"]!["backupRetentionDays"] = 20);
        foreach (string source in new[] { "Get-PgServer psql-ledger-prod", $"'{Ledger}'", "Get-PgSecurityFinding -ServerName psql-ledger-prod -Control NET-010, LOG-005 -IncludePassed" })
        {
            Assert.Contains(
                _session.RunClean<SecurityDrift>($"{source} | Compare-PgSecuritySnapshot ref.ndjson -Include Property {Quiet}"),
                drift => drift is { Path: "properties.backup.backupRetentionDays", After: "20" });
        }

        _session.RunClean<object>("$null = Export-PgSecuritySnapshot now.ndjson -ServerName psql-ledger-prod, psql-kyc-prod");
        foreach (string source in new[] { "[System.IO.FileInfo]::new(\"$PWD/now.ndjson\")", "'now.ndjson'" })
        {
            SecurityDrift drift = Assert.Single(_session.RunClean<SecurityDrift>($"{source} | Compare-PgSecuritySnapshot ref.ndjson -Include Property {Quiet}"), one => one.Target == Ledger);
            Assert.Equal(("20", ""), (drift.After, drift.ActivityReason));
        }
    }

    [Fact]
    public void Two_files_are_traced_where_that_is_asked_for()
    {
        _session.RunClean<object>($"$null = Set-PgServerParameter -ResourceId {Ledger} -Name log_connections -Value off -Confirm:$false");
        _session.RunClean<object>("$null = Export-PgSecuritySnapshot now.ndjson -ServerName psql-ledger-prod, psql-kyc-prod");
        Assert.Contains(
            _session.RunClean<SecurityDrift>($"Compare-PgSecuritySnapshot ref.ndjson now.ndjson -ActivityLog -Include Property {Quiet}"),
            drift => drift.Path == "properties.value" && drift.Caller == "ann@contoso.com");
    }

    [Fact]
    public void An_exemption_that_was_made_since_is_told_apart()
    {
        string control = _session.RunClean<Finding>("Get-PgSecurityFinding -ServerName psql-kyc-prod").First(finding => finding.Outcome == Outcome.Fail).ControlId;
        _session.RunClean<object>($"$null = Get-PgServer psql-kyc-prod | New-PgSecurityExemption e.json -Name partner -Control {control} -Reason Known. -Owner a@contoso.com -ExpiresOn 2999-01-01");
        SecurityDrift drift = Assert.Single(Compare("-ServerName psql-kyc-prod -Exemption e.json"));
        Assert.Equal((DriftKind.ExemptionBegan, control), (drift.Kind, drift.ControlId));
        Assert.Equal("an exemption is no change of the server", drift.ActivityReason);
    }

    private IReadOnlyList<SecurityDrift> Compare(string parameters) =>
        _session.Run($"Compare-PgSecuritySnapshot ref.ndjson {parameters} {Quiet}").Select(item => (SecurityDrift)item.BaseObject).ToList();
}
