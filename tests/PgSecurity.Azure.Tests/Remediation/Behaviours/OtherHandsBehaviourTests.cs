using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation.Guards;
using PgSecurity.Core.Remediation.Planning;
using PgSecurity.Core.Remediation.Service;
using PgSecurity.Core.Remediation.Targets;
using PgSecurity.Core.Remediation.Undo;
using PgSecurity.Sandbox;
using PgSecurity.Sandbox.Faults;
using Xunit;

namespace PgSecurity.Azure.Tests.Remediation.Behaviours;

/// <summary>What others set and write: locks, Defender, diagnostic settings, policies and infrastructure code.</summary>
public sealed class OtherHandsBehaviourTests
{
    private const string Workspace = "/subscriptions/2f1c9d3e-5b7a-4c68-9e0d-7a1b3c5d7e9f/resourceGroups/rg-monitoring-prod/providers/Microsoft.OperationalInsights/workspaces/log-contoso-security";
    private const string SevenDays = "\"server\": { \"properties\": { \"backup\": { \"backupRetentionDays\": 7 } } }";

    [BehaviourFact(54, "a lock refuses writes: seen before, told where it was not known, and never removed")]
    public async Task A_lock_stays_and_is_told()
    {
        const string Lock = "\"facets\": { \"Microsoft.Authorization/locks\": [ { \"name\": \"frozen\", \"properties\": { \"level\": \"ReadOnly\" } } ] }";
        using RoadFixture known = new(new[] { OneServer.Posture("{ " + SevenDays + ", " + Lock + " }") });
        Change refused = Assert.Single(await known.RepairAsync(RoadFixture.Controls(ControlSettings.None, "BCK-003")));
        Assert.Equal(ChangeStatus.Skipped, refused.Status);
        Assert.Contains("'frozen'", refused.Reason, StringComparison.Ordinal);
        Assert.Equal("ScopeLocked", await known.SendAsync(WriteMethod.Patch, known.Postures[0].Id.Value, "{}"));

        using RoadFixture unknown = new(new[] { OneServer.Posture("{ " + SevenDays + ", \"unavailable\": { \"Microsoft.Authorization/locks\": \"403\" } }") });
        unknown.Sandbox.Add((JsonObject)JsonNode.Parse($$"""
            { "id": "{{unknown.Postures[0].Id.Value}}/providers/Microsoft.Authorization/locks/unseen", "name": "unseen", "type": "Microsoft.Authorization/locks", "properties": { "level": "ReadOnly" } }
            """)!);
        Change failed = Assert.Single(await unknown.RepairAsync(RoadFixture.Controls(ControlSettings.None, "BCK-003")));
        Assert.Equal(ChangeStatus.Failed, failed.Status);
        Assert.Equal(1, failed.Attempts);
        Assert.Contains("ScopeLocked", failed.Reason, StringComparison.Ordinal);
        Assert.Empty(unknown.Sandbox.Writes);
    }

    [BehaviourFact(55, "threat protection answers 202 and comes after others: a step of its own, tried again, read back")]
    public async Task Threat_protection_is_a_step_of_its_own()
    {
        using RoadFixture fixture = new(new[] { OneServer.Posture() }, new SandboxOptions { Pace = SandboxPace.Manual });
        fixture.Sandbox.Faults.Add(new FaultRule { Kind = FaultKind.FailedOperation, Method = "PUT", Path = "*/advancedThreatProtectionSettings/*", Code = "ServerBusy", Message = "busy", Times = 3 });

        IReadOnlyList<Change> changes = await fixture.RepairAsync(OneServer.Compiled());

        Change protection = Assert.Single(changes, change => change.TargetId.EndsWith("/advancedThreatProtectionSettings/Default", StringComparison.Ordinal));
        Assert.Equal(ChangeStatus.Changed, protection.Status);
        Assert.Equal(4, protection.Attempts);
        Assert.Equal("Enabled", JsonShape.Text(JsonShape.At(fixture.Sandbox.Find(protection.TargetId), "properties", "state")));
    }

    [BehaviourFact(56, "threat protection has two names in two APIs: only that of flexible servers is written")]
    public async Task The_single_servers_name_of_threat_protection_is_not_written()
    {
        using RoadFixture fixture = new(new[] { OneServer.Posture() });
        string old = fixture.Postures[0].Id.Value + "/securityAlertPolicies/Default";
        Assert.NotEqual("Succeeded", await fixture.SendAsync(WriteMethod.Put, old, """{ "properties": { "state": "Enabled" } }"""));

        Change change = Assert.Single(await fixture.RepairAsync(RoadFixture.Controls(ControlSettings.None, "LOG-016")));

        Assert.Equal(ChangeStatus.Changed, change.Status);
        Assert.EndsWith("/advancedThreatProtectionSettings/Default", Assert.Single(fixture.Sandbox.Writes).Path, StringComparison.Ordinal);
    }

    [BehaviourFact(57, "categories and groups of logs overlap: the setting that is there is extended, not doubled and not replaced")]
    public async Task A_diagnostic_setting_keeps_what_it_sends()
    {
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
        Assert.Single(fixture.Sandbox.Resources(), resource => JsonShape.Text(resource["type"]) == FacetTypes.DiagnosticSettings);
    }

    [BehaviourFact(59, "infrastructure code and policies write too: the plan warns, and what somebody changed since is left alone unless forced")]
    public async Task What_others_changed_is_left_alone()
    {
        const string Owned = "{ \"server\": { \"tags\": { \"managed-by\": \"terraform\" }, \"properties\": { \"backup\": { \"backupRetentionDays\": 7 } } } }";
        using RoadFixture fixture = new(new[] { OneServer.Posture(Owned) });
        Assert.Contains("infrastructure code", new ChangePlanner(new PlanOptions()).Plan(fixture.Postures[0], Array.Empty<ChangeItem>()).Risk, StringComparison.Ordinal);
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
}
