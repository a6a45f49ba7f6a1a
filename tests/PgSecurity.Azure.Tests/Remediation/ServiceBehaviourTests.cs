using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Journal;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation.Guards;
using PgSecurity.Core.Remediation.Planning;
using PgSecurity.Core.Remediation.Road;
using PgSecurity.Core.Remediation.Service;
using PgSecurity.Core.Remediation.Targets;
using PgSecurity.Core.Remediation.Undo;
using PgSecurity.Sandbox;
using PgSecurity.Sandbox.Faults;
using Xunit;

namespace PgSecurity.Azure.Tests.Remediation;

/// <summary>What the service does to clients, and what the road does about it. The numbers are rows of the list of known behaviours.</summary>
public sealed class ServiceBehaviourTests
{
    private const string Throttle = """{ "parameters": { "connection_throttle.enable": "off" } }""";

    [Fact(DisplayName = "1, 23: busy after success, and 202 then Failed: the whole write is made again")]
    public async Task Busy_servers_are_waited_for()
    {
        using RoadFixture fixture = new(
            new[] { OneServer.Posture() },
            new SandboxOptions { Pace = SandboxPace.Manual, Quirks = new SandboxQuirks { BusyAfterSuccess = TimeSpan.FromSeconds(20) } });

        IReadOnlyList<Change> changes = await fixture.RepairAsync(OneServer.Compiled());

        Assert.All(changes, change => Assert.Equal(ChangeStatus.Changed, change.Status));
        Assert.Contains(changes, change => change.Attempts > 1);
        Assert.Contains(fixture.Sandbox.Writes, write => write.Status == "Failed");
    }

    [Fact(DisplayName = "8: Succeeded without effect is a failure")]
    public async Task What_did_not_change_has_not_changed()
    {
        using RoadFixture fixture = new(new[] { OneServer.Posture(Throttle) });
        fixture.Sandbox.Faults.Add(new FaultRule { Kind = FaultKind.SucceedsWithoutEffect, Method = "PATCH" });

        Change change = Assert.Single(await fixture.RepairAsync(RoadFixture.Controls(ControlSettings.None, "LOG-011")));

        Assert.Equal(ChangeStatus.Failed, change.Status);
        Assert.Contains("still off", change.Reason, StringComparison.Ordinal);
    }

    [Fact(DisplayName = "6, 7: no restart unasked, one where it is agreed to, none again")]
    public async Task A_restart_is_made_once_and_only_with_consent()
    {
        const string NotLoaded = """{ "parameters": { "shared_preload_libraries": "pg_cron" } }""";
        IReadOnlyList<CompiledControl> controls = RoadFixture.Controls(ControlSettings.None, "LOG-003", "DAT-019");
        using RoadFixture fixture = new(new[] { OneServer.Posture(NotLoaded) });

        IReadOnlyList<Change> pending = await fixture.RepairAsync(controls, RoadFixture.Everything with { Restart = false });
        Assert.Contains(pending, change => change.Status == ChangeStatus.RestartRequired);
        Assert.DoesNotContain(fixture.Sandbox.Writes, write => write.Method == "POST");

        IReadOnlyList<Change> inForce = await fixture.RepairAsync(controls);
        Assert.DoesNotContain(inForce, change => change.Status is ChangeStatus.RestartRequired or ChangeStatus.Failed);
        await fixture.RepairAsync(controls);
        Assert.Single(fixture.Sandbox.Writes, write => write.Method == "POST");
    }

    [Fact(DisplayName = "25: one concern a PATCH")]
    public async Task Storage_and_retention_go_one_by_one()
    {
        const string Both = """{ "server": { "properties": { "backup": { "backupRetentionDays": 7 }, "storage": { "autoGrow": "Disabled" } } } }""";
        using RoadFixture fixture = new(new[] { OneServer.Posture(Both) });

        IReadOnlyList<Change> changes = await fixture.RepairAsync(RoadFixture.Controls(ControlSettings.None, "BCK-003", "BCK-010"));

        Assert.All(changes, change => Assert.Equal(ChangeStatus.Changed, change.Status));
        Assert.Equal(2, fixture.Sandbox.Writes.Count(write => write.Method == "PATCH"));
    }

    [Fact(DisplayName = "26: passwords come back with the login that the journal keeps and a password that nobody writes down")]
    public async Task Passwords_come_back_only_with_a_new_password()
    {
        const string On = """{ "server": { "properties": { "authConfig": { "passwordAuth": "Enabled" } } } }""";
        using RoadFixture fixture = new(new[] { OneServer.Posture(On) });
        Change off = Assert.Single(await fixture.RepairAsync(RoadFixture.Controls(ControlSettings.None, "IDN-002")));
        Assert.Equal(ChangeClass.WithSecret, off.Class);

        Change refused = Assert.Single(await fixture.UndoAsync(new UndoOptions()));
        Assert.Equal(ChangeStatus.Skipped, refused.Status);
        Assert.Contains("-AdministratorPassword", refused.Reason, StringComparison.Ordinal);

        Change back = Assert.Single(await fixture.UndoAsync(new UndoOptions { Password = () => "Correct-Horse-7-Battery" }));
        Assert.Equal(ChangeStatus.Changed, back.Status);
        Assert.All(Directory.GetFiles(fixture.Journals), path => Assert.DoesNotContain("Correct-Horse", File.ReadAllText(path), StringComparison.Ordinal));
        Assert.Equal("Enabled", JsonShape.Text(JsonShape.At(fixture.Sandbox.Find(back.TargetId), "properties", "authConfig", "passwordAuth")));
    }

    [Fact(DisplayName = "30: administrators are refused for minutes after a change of the authentication")]
    public async Task Administrators_are_tried_for_minutes()
    {
        const string Off = """
            { "server": { "properties": { "authConfig": { "activeDirectoryAuth": "Disabled", "passwordAuth": "Enabled" } } },
              "facets": { "Microsoft.DBforPostgreSQL/flexibleServers/administrators": [], "Microsoft.Authorization/locks": [] } }
            """;
        ControlSettings settings = RoadFixture.Settings(
            ("entraTenantId", "6b0f8a52-93c4-4e1d-a7f6-1c2d3e4f5a6b"), ("entraAdministratorObjectId", "9a8b7c6d-5e4f-4a3b-8c2d-1e0f9a8b7c6d"), ("entraAdministratorName", "grp-payments-dba"));
        using RoadFixture fixture = new(
            new[] { OneServer.Posture(Off) },
            new SandboxOptions { Pace = SandboxPace.Manual, Quirks = new SandboxQuirks { AdministratorsRefusedAfterAuthChange = TimeSpan.FromMinutes(5) } });

        IReadOnlyList<Change> changes = await fixture.RepairAsync(RoadFixture.Controls(settings, "IDN-001", "IDN-002", "IDN-003"));

        Assert.Equal(new[] { "authentication", "Entra administrator 9a8b7c6d-5e4f-4a3b-8c2d-1e0f9a8b7c6d", "authentication" }, changes.Select(change => change.Step));
        Assert.All(changes, change => Assert.True(change.Status == ChangeStatus.Changed, change + " " + change.Reason));
        Assert.True(changes[1].Attempts > 1);
    }

    [Fact(DisplayName = "11, 15: a parameter that is gone, a value that is not allowed any more")]
    public async Task Undo_looks_at_what_the_server_allows_today()
    {
        using RoadFixture fixture = new(new[] { OneServer.Posture(Throttle) });
        Change made = Assert.Single(await fixture.RepairAsync(RoadFixture.Controls(ControlSettings.None, "LOG-011")));
        fixture.Sandbox.Edit(made.TargetId, parameter => parameter["properties"]!["allowedValues"] = "on");
        Change refused = Assert.Single(await fixture.UndoAsync());
        Assert.Contains("may not be 'off'", refused.Reason, StringComparison.Ordinal);

        fixture.Sandbox.Remove(made.TargetId);
        Change gone = Assert.Single(await fixture.UndoAsync());
        Assert.Equal(ChangeStatus.Skipped, gone.Status);
        Assert.Contains("no parameter", gone.Reason, StringComparison.Ordinal);
    }

    [Fact(DisplayName = "59: what somebody changed since is left alone, unless it is forced")]
    public async Task Undo_refuses_drift()
    {
        const string Seven = """{ "server": { "properties": { "backup": { "backupRetentionDays": 7 } } } }""";
        using RoadFixture fixture = new(new[] { OneServer.Posture(Seven) });
        Change made = Assert.Single(await fixture.RepairAsync(RoadFixture.Controls(ControlSettings.None, "BCK-003")));
        fixture.Sandbox.Edit(made.TargetId, server => server["properties"]!["backup"]!["backupRetentionDays"] = 30);

        Change refused = Assert.Single(await fixture.UndoAsync());
        Assert.Equal(ChangeStatus.Skipped, refused.Status);
        Assert.Contains("Somebody changed it since", refused.Reason, StringComparison.Ordinal);
        Change asked = Assert.Single(await fixture.UndoAsync(new UndoOptions { Force = true }, Consents.None));
        Assert.Contains("-AllowRecoveryPointLoss", asked.Reason, StringComparison.Ordinal);
        Change forced = Assert.Single(await fixture.UndoAsync(new UndoOptions { Force = true }));
        Assert.Equal(ChangeStatus.Changed, forced.Status);
    }

    [Fact(DisplayName = "2: a write of somebody else meanwhile is seen, and not overwritten")]
    public async Task Two_hands_on_one_value_do_not_interleave()
    {
        const string Seven = """{ "server": { "properties": { "backup": { "backupRetentionDays": 7 } } } }""";
        using RoadFixture fixture = new(new[] { OneServer.Posture(Seven) });
        fixture.Sandbox.Faults.Add(new FaultRule { Kind = FaultKind.FailedOperation, Method = "PATCH", Times = 1, Code = "ServerIsBusy", Message = "busy" });
        string server = fixture.Postures[0].Id.Value;
        fixture.Clock.Meanwhile = () => fixture.Sandbox.Edit(server, body => body["properties"]!["backup"]!["backupRetentionDays"] = 10);

        Change change = Assert.Single(await fixture.RepairAsync(RoadFixture.Controls(ControlSettings.None, "BCK-003")));

        Assert.Equal(ChangeStatus.Failed, change.Status);
        Assert.Contains("Somebody else changed it meanwhile", change.Reason, StringComparison.Ordinal);
        Assert.Equal("10", JsonShape.Text(JsonShape.At(fixture.Sandbox.Find(server), "properties", "backup", "backupRetentionDays")));
    }

    [Fact(DisplayName = "2: two runs at once on one server end in what both want")]
    public async Task Two_runs_at_once_end_well()
    {
        using RoadFixture fixture = new(new[] { OneServer.Posture() });
        IReadOnlyList<Change>[] both = await Task.WhenAll(
            Task.Run(() => fixture.RepairAsync(OneServer.Compiled())), Task.Run(() => fixture.RepairAsync(OneServer.Compiled())));

        await fixture.RepairAsync(OneServer.Compiled());
        Assert.All(await fixture.FindingsAsync(OneServer.Compiled()), finding => Assert.True(finding.Outcome != Outcome.Fail, $"{finding} {finding.Observed}"));
        foreach (Change change in both.SelectMany(changes => changes))
        {
            Assert.True(change.Status != ChangeStatus.Failed || change.Reason.Length > 0);
        }
    }

    [Fact(DisplayName = "57: the setting that is there is extended, not doubled and not replaced")]
    public async Task A_diagnostic_setting_keeps_what_it_sends()
    {
        const string Workspace = "/subscriptions/2f1c9d3e-5b7a-4c68-9e0d-7a1b3c5d7e9f/resourceGroups/rg-monitoring-prod/providers/Microsoft.OperationalInsights/workspaces/log-contoso-security";
        string half = "{ \"facets\": { \"Microsoft.Insights/diagnosticSettings\": [ { \"name\": \"theirs\", \"properties\": { \"workspaceId\": \"" + Workspace
            + "\", \"eventHubName\": \"siem\", \"logs\": [ { \"category\": \"PostgreSQLFlexTableStats\", \"enabled\": true } ], \"metrics\": [ { \"category\": \"AllMetrics\", \"enabled\": true } ] } } ] } }";
        using RoadFixture fixture = new(new[] { OneServer.Posture(half) });
        ControlSettings settings = RoadFixture.Settings(("logAnalyticsWorkspaceId", Workspace));

        IReadOnlyList<Change> changes = await fixture.RepairAsync(RoadFixture.Controls(settings, "LOG-001", "LOG-002"));

        Change change = Assert.Single(changes);
        Assert.Equal(ChangeStatus.Changed, change.Status);
        JsonObject setting = fixture.Sandbox.Find(change.TargetId)!;
        Assert.Equal("siem", JsonShape.Text(JsonShape.At(setting, "properties", "eventHubName")));
        Assert.Contains("AllMetrics", setting.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain(((JsonArray)setting["properties"]!["logs"]!).OfType<JsonObject>(), entry => JsonShape.Text(entry["categoryGroup"]).Length > 0);
    }

    [Fact(DisplayName = "A run stops after as many failures as were allowed")]
    public async Task A_run_stops_after_too_many_failures()
    {
        using RoadFixture fixture = new(new[] { OneServer.Posture() });
        fixture.Sandbox.Faults.Add(new FaultRule { Kind = FaultKind.Forbidden, Method = "PATCH" });
        RoadOptions options = RoadFixture.Options(RoadFixture.Everything) with { MaxFailures = 1 };

        IReadOnlyList<Change> changes = await fixture.RunAsync(new[] { new ChangeRequest(fixture.Postures[0].Id, OneServer.Compiled()) }, options);

        Assert.Single(changes, change => change.Status == ChangeStatus.Failed);
        Assert.Contains(changes, change => change.Reason.Contains("-MaxFailures", StringComparison.Ordinal));
        Assert.Empty(fixture.Sandbox.Writes);
    }

    [Fact(DisplayName = "A change whose result was lost is settled by reading the server")]
    public async Task Changes_in_doubt_are_settled()
    {
        using RoadFixture fixture = new(new[] { OneServer.Posture(Throttle) });
        Change made = Assert.Single(await fixture.RepairAsync(RoadFixture.Controls(ControlSettings.None, "LOG-011")));
        string path = made.JournalPath;
        string[] lines = File.ReadAllLines(path);
        File.WriteAllText(path, string.Join("\n", lines.Take(lines.Length - 1)) + "\n" + lines[^1][..20]);

        JournalEntry lost = Assert.Single(fixture.Journal());
        Assert.Equal(ChangeStatus.InDoubt, lost.Status);
        Change settled = await DoubtSettler.SettleAsync(lost, fixture.Service, fixture.Clock, CancellationToken.None);

        Assert.Equal(ChangeStatus.Changed, settled.Status);
        Assert.Equal(ChangeStatus.Changed, Assert.Single(fixture.Journal()).Status);
    }
}
