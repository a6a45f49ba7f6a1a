using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation;
using PgSecurity.Core.Remediation.Guards;
using PgSecurity.Core.Remediation.Service;
using PgSecurity.Core.Remediation.Targets;
using PgSecurity.Core.Remediation.Undo;
using PgSecurity.Sandbox;
using Xunit;

namespace PgSecurity.Azure.Tests.Remediation.Behaviours;

/// <summary>The server itself: its state, backup, storage, high availability, replicas and version.</summary>
public sealed class ServerBehaviourTests
{
    private const string Throttle = """{ "parameters": { "connection_throttle.enable": "off" } }""";
    private const string SevenDays = """{ "server": { "properties": { "backup": { "backupRetentionDays": 7 } } } }""";

    [BehaviourFact(20, "a stopped server does not tell its parameters: unknown, nothing is sent or started, and the others go on")]
    public async Task A_stopped_server_stops_nobody()
    {
        using RoadFixture fixture = new(new[] { OneServer.Posture(Throttle), OneServer.Named("contoso-other", Throttle) });
        string stopped = fixture.Postures[0].Id.Value;
        fixture.Sandbox.Edit(stopped, server => server["properties"]!["state"] = "Stopped");

        IReadOnlyList<Change> changes = await fixture.RepairAsync(RoadFixture.Controls(ControlSettings.None, "LOG-011", "BCK-003"));

        Assert.All(changes.Where(change => change.ResourceId == stopped && change.ControlId.Contains("LOG-011")), change => Assert.Equal(ChangeStatus.Skipped, change.Status));
        Assert.Equal(ChangeStatus.Changed, changes.Single(change => change.ResourceId != stopped && change.ControlId.Contains("LOG-011")).Status);
        Assert.DoesNotContain(fixture.Sandbox.Writes, write => write.Path.StartsWith(stopped, StringComparison.OrdinalIgnoreCase));
        Change direct = Assert.Single(await fixture.ChangeAsync(RoadFixture.Everything, Retention(fixture.Postures[0].Id, 14)));
        Assert.Contains("Stopped", direct.Reason, StringComparison.Ordinal);
        Assert.Equal("Stopped", ServerText(fixture, "state"));
    }

    [BehaviourFact(21, "parameters of a server in the making answer 500: unknown, and nothing is sent")]
    public async Task A_server_in_the_making_is_left_alone()
    {
        using RoadFixture fixture = new(new[] { OneServer.Posture(Throttle) });
        fixture.Sandbox.Edit(fixture.Postures[0].Id.Value, server => server["properties"]!["state"] = "Provisioning");

        IReadOnlyList<Change> changes = await fixture.RepairAsync(RoadFixture.Controls(ControlSettings.None, "LOG-011"));
        IReadOnlyList<Change> direct = await fixture.ChangeAsync(RoadFixture.Everything, ParameterChange.Set(fixture.Postures[0].Id, "connection_throttle.enable", "on"));

        Assert.Contains("cannot be told", Assert.Single(changes).Reason, StringComparison.Ordinal);
        Assert.Equal(ChangeStatus.Skipped, Assert.Single(direct).Status);
        Assert.Contains("cannot be told", direct[0].Reason, StringComparison.Ordinal);
        Assert.Empty(fixture.Sandbox.Writes);
    }

    [BehaviourFact(25, "storage and retention in one PATCH drop the retention: one concern a PATCH")]
    public async Task Storage_and_retention_go_one_by_one()
    {
        const string Both = """{ "server": { "properties": { "backup": { "backupRetentionDays": 7 }, "storage": { "autoGrow": "Disabled", "storageSizeGB": 128 } } } }""";
        using RoadFixture fixture = new(new[] { OneServer.Posture(Both) });
        string server = fixture.Postures[0].Id.Value;
        Assert.Equal("Succeeded", await fixture.SendAsync(WriteMethod.Patch, server, """{ "properties": { "storage": { "storageSizeGB": 256 }, "backup": { "backupRetentionDays": 21 } } }"""));
        Assert.Equal("7", ServerText(fixture, "backup", "backupRetentionDays"));
        int writes = fixture.Sandbox.Writes.Count;

        IReadOnlyList<Change> changes = await fixture.RepairAsync(RoadFixture.Controls(ControlSettings.None, "BCK-003", "BCK-010"));

        Assert.All(changes, change => Assert.Equal(ChangeStatus.Changed, change.Status));
        Assert.Equal(2, fixture.Sandbox.Writes.Count - writes);
        Assert.NotEqual("7", ServerText(fixture, "backup", "backupRetentionDays"));
        Assert.Equal("Enabled", ServerText(fixture, "storage", "autoGrow"));
    }

    [BehaviourFact(46, "geo-redundant backup is chosen at creation: refused with the way that exists")]
    public async Task Geo_redundant_backup_does_not_change()
    {
        using RoadFixture fixture = new(new[] { OneServer.Posture("{}") });
        ServerId server = fixture.Postures[0].Id;
        JsonObject off = Patch("backup", new JsonObject { ["geoRedundantBackup"] = "Disabled" });
        Assert.Equal("InvalidParameterValue", await fixture.SendAsync(WriteMethod.Patch, server.Value, off.ToJsonString()));

        Change refused = Assert.Single(await fixture.ChangeAsync(RoadFixture.Everything, new ServerChange(server, "backup", off)));

        Assert.Equal(ChangeStatus.Skipped, refused.Status);
        Assert.Contains("Restore into a new server", refused.Reason, StringComparison.Ordinal);
    }

    [BehaviourFact(47, "a shorter retention drops recovery points: raised freely, lowered only with consent, also in an undo")]
    public async Task Shorter_retention_is_asked_for()
    {
        using RoadFixture fixture = new(new[] { OneServer.Posture(SevenDays) });
        Change raised = Assert.Single(await fixture.RepairAsync(RoadFixture.Controls(ControlSettings.None, "BCK-003"), Consents.None));
        Assert.Equal(ChangeStatus.Changed, raised.Status);

        Change asked = Assert.Single(await fixture.UndoAsync(consents: Consents.None));
        Assert.Equal(ChangeStatus.Skipped, asked.Status);
        Assert.Contains("-AllowRecoveryPointLoss", asked.Reason, StringComparison.Ordinal);
        Change lowered = Assert.Single(await fixture.UndoAsync());
        Assert.Equal(ChangeStatus.Changed, lowered.Status);
        Assert.Equal("7", ServerText(fixture, "backup", "backupRetentionDays"));

        Change tooLong = Assert.Single(await fixture.ChangeAsync(RoadFixture.Everything, Retention(fixture.Postures[0].Id, 36)));
        Assert.Contains("7 to 35 days", tooLong.Reason, StringComparison.Ordinal);
    }

    [BehaviourFact(48, "a tier that leaves Burstable and high availability fail together: high availability is not sent for Burstable")]
    public async Task High_availability_is_not_sent_for_a_burstable_server()
    {
        const string Burstable = """{ "server": { "sku": { "name": "Standard_B2s", "tier": "Burstable" }, "properties": { "highAvailability": { "mode": "Disabled", "state": "NotEnabled", "standbyAvailabilityZone": null } } } }""";
        using RoadFixture fixture = new(new[] { OneServer.Posture(Burstable) });
        string server = fixture.Postures[0].Id.Value;
        Assert.NotEqual("Succeeded", await fixture.SendAsync(
            WriteMethod.Patch, server, """{ "sku": { "name": "Standard_D2ds_v5", "tier": "GeneralPurpose" }, "properties": { "highAvailability": { "mode": "ZoneRedundant" } } }"""));
        int writes = fixture.Sandbox.Writes.Count;

        Change direct = Assert.Single(await fixture.ChangeAsync(RoadFixture.Everything, HighAvailability(fixture.Postures[0].Id, "ZoneRedundant")));
        Assert.Equal(ChangeStatus.Skipped, direct.Status);
        Assert.Contains("Burstable", direct.Reason, StringComparison.Ordinal);
        Assert.Equal(writes, fixture.Sandbox.Writes.Count);

        Assert.Equal("Succeeded", await fixture.SendAsync(WriteMethod.Patch, server, """{ "sku": { "name": "Standard_D2ds_v5", "tier": "GeneralPurpose" } }"""));
        Assert.Equal(ChangeStatus.Changed, Assert.Single(await fixture.ChangeAsync(RoadFixture.Everything, HighAvailability(fixture.Postures[0].Id, "ZoneRedundant"))).Status);
    }

    [BehaviourFact(49, "the zone of a standby cannot be set again: only the mode is sent, and a failover is no drift")]
    public async Task A_failover_stands_in_the_way_of_no_undo()
    {
        const string None = """{ "server": { "properties": { "highAvailability": { "mode": "Disabled", "state": "NotEnabled", "standbyAvailabilityZone": null } } } }""";
        using RoadFixture fixture = new(new[] { OneServer.Posture(None) });
        string server = fixture.Postures[0].Id.Value;
        Change made = Assert.Single(await fixture.RepairAsync(RoadFixture.Controls(ControlSettings.None, "BCK-001")));
        Assert.Equal(ChangeStatus.Changed, made.Status);
        Assert.Equal("""{"properties":{"highAvailability":{"mode":"ZoneRedundant"}}}""", Assert.Single(fixture.Journal()).Body.ToJsonString());
        Assert.Equal("InvalidParameterValue", await fixture.SendAsync(
            WriteMethod.Patch, server, """{ "properties": { "highAvailability": { "mode": "ZoneRedundant", "standbyAvailabilityZone": "3" } } }"""));

        fixture.Sandbox.Edit(server, body =>
        {
            body["properties"]!["availabilityZone"] = "2";
            body["properties"]!["highAvailability"]!["standbyAvailabilityZone"] = "1";
        });

        Assert.Equal(ChangeStatus.Changed, Assert.Single(await fixture.UndoAsync()).Status);
        Assert.Equal("Disabled", ServerText(fixture, "highAvailability", "mode"));
    }

    [BehaviourFact(50, "high availability and mirroring to Fabric exclude each other: refused before it is sent")]
    public async Task A_mirrored_server_gets_no_standby()
    {
        const string Mirrored = """
            { "server": { "properties": { "highAvailability": { "mode": "Disabled", "state": "NotEnabled", "standbyAvailabilityZone": null } } },
              "parameters": { "azure.fabric_mirror_enabled": { "value": "on", "defaultValue": "off", "dataType": "Boolean", "allowedValues": "on,off" } } }
            """;
        using RoadFixture fixture = new(new[] { OneServer.Posture(Mirrored) });
        ServerChange standby = HighAvailability(fixture.Postures[0].Id, "ZoneRedundant");
        Assert.Equal("InvalidParameterValue", await fixture.SendAsync(WriteMethod.Patch, standby.Id, standby.Patch.ToJsonString()));

        Change refused = Assert.Single(await fixture.ChangeAsync(RoadFixture.Everything, standby));

        Assert.Equal(ChangeStatus.Skipped, refused.Status);
        Assert.Contains("Fabric", refused.Reason, StringComparison.Ordinal);
    }

    [BehaviourFact(51, "storage grows by itself and never shrinks: an undo does not speak of its size")]
    public async Task Undo_leaves_the_size_of_the_storage()
    {
        using RoadFixture fixture = new(new[] { OneServer.Posture("""{ "server": { "properties": { "storage": { "autoGrow": "Disabled", "storageSizeGB": 128, "tier": "P10" } } } }""") });
        string server = fixture.Postures[0].Id.Value;
        await fixture.RepairAsync(RoadFixture.Controls(ControlSettings.None, "BCK-010"));
        fixture.Sandbox.Edit(server, body => body["properties"]!["storage"]!["storageSizeGB"] = 512);
        Assert.Equal("InvalidParameterValue", await fixture.SendAsync(WriteMethod.Patch, server, """{ "properties": { "storage": { "storageSizeGB": 128 } } }"""));

        Change back = Assert.Single(await fixture.UndoAsync());

        Assert.True(back.Status == ChangeStatus.Changed, back.Reason);
        Assert.Equal("Disabled", ServerText(fixture, "storage", "autoGrow"));
        Assert.Equal("512", ServerText(fixture, "storage", "storageSizeGB"));
    }

    [BehaviourFact(52, "a switchover swaps the roles and needs its source: none is made, and who follows whom is read anew")]
    public async Task Swapped_roles_are_read_anew()
    {
        Posture primary = OneServer.Posture(Throttle);
        Posture replica = OneServer.Named("contoso-replica", Throttle);
        using RoadFixture fixture = new(new[] { primary, replica }, new SandboxOptions { Pace = SandboxPace.Manual });
        Follow(fixture, primary.Id, replica.Id);
        Assert.Equal("MissingRequiredParameter", await fixture.SendAsync(WriteMethod.Patch, primary.Id.Value, """{ "properties": { "replica": { "promoteMode": "Switchover" } } }"""));

        // The snapshot says that both are primaries; the service says that one follows the other, which makes them one group.
        IReadOnlyList<Change> changes = await fixture.RepairAsync(RoadFixture.Controls(ControlSettings.None, "LOG-011"));

        Assert.Equal(2, changes.Count);
        Assert.All(changes, change => Assert.True(change.Status == ChangeStatus.Changed && change.Attempts == 1, change + " " + change.Reason));
        Assert.DoesNotContain(Repository.Catalogue.Controls.SelectMany(control => control.Remediation.Steps).OfType<SetPropertiesStep>(), step =>
            step.Properties is { } properties && (properties.TryGetProperty("replica", out _) || properties.TryGetProperty("replicationRole", out _)));
    }

    [BehaviourFact(53, "a promoted replica calls itself Primary and names no source: it is a server of its own")]
    public async Task A_promoted_replica_stands_alone()
    {
        Posture primary = OneServer.Posture(Throttle);
        Posture replica = OneServer.Named("contoso-replica", SevenDays);
        using RoadFixture fixture = new(new[] { primary, replica }, new SandboxOptions { Pace = SandboxPace.Manual });
        Follow(fixture, replica.Id, primary.Id);
        Assert.Equal("Succeeded", await fixture.SendAsync(
            WriteMethod.Patch, replica.Id.Value, """{ "properties": { "replica": { "promoteMode": "Standalone", "promoteOption": "Planned" } } }"""));
        Assert.Equal("Primary", JsonShape.Text(JsonShape.At(fixture.Sandbox.Find(replica.Id.Value), "properties", "replica", "role")));

        // While the former primary is busy the promoted server is not.
        SandboxResponse busy = fixture.Sandbox.Handle(SandboxRequest.Arm(
            "PATCH", primary.Id.Value + "?api-version=2025-08-01", """{ "properties": { "maintenanceWindow": { "startHour": 5 } } }"""));
        Assert.Equal(202, busy.Status);
        Change change = Assert.Single(await fixture.ChangeAsync(RoadFixture.Everything, Retention(replica.Id, 14)));

        Assert.True(change.Status == ChangeStatus.Changed, change.Reason);
        Assert.Equal(1, change.Attempts);
    }

    [BehaviourFact(58, "a new major version does not come back: no step asks for one, and a parameter that went with it is said")]
    public async Task A_parameter_that_an_upgrade_took_is_not_put_back()
    {
        using RoadFixture fixture = new(
            new[] { OneServer.Posture(Throttle) },
            new SandboxOptions { ParametersOfVersion = _ => new[] { (JsonObject)JsonNode.Parse("""{ "name": "log_connections", "properties": { "value": "on", "dataType": "Boolean", "allowedValues": "on,off", "isDynamicConfig": true, "isReadOnly": false } }""")! } });
        string server = fixture.Postures[0].Id.Value;
        Change made = Assert.Single(await fixture.RepairAsync(RoadFixture.Controls(ControlSettings.None, "LOG-011")));
        Assert.Equal("Succeeded", await fixture.SendAsync(WriteMethod.Patch, server, """{ "properties": { "version": "18" } }"""));
        Assert.NotEqual("Succeeded", await fixture.SendAsync(WriteMethod.Patch, server, """{ "properties": { "version": "17" } }"""));
        Assert.Null(fixture.Sandbox.Find(made.TargetId));

        Change gone = Assert.Single(await fixture.UndoAsync());

        Assert.Equal(ChangeStatus.Skipped, gone.Status);
        Assert.Contains("no parameter", gone.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(Repository.Catalogue.Controls.SelectMany(control => control.Remediation.Steps).OfType<SetPropertiesStep>(), step =>
            step.Properties is { } properties && properties.TryGetProperty("version", out _));
    }

    private static void Follow(RoadFixture fixture, ServerId replica, ServerId primary) => fixture.Sandbox.Edit(replica.Value, body =>
    {
        body["properties"]!["replicationRole"] = "AsyncReplica";
        body["properties"]!["sourceServerResourceId"] = primary.Value;
        body["properties"]!["replica"] = new JsonObject { ["role"] = "AsyncReplica", ["capacity"] = 0, ["replicationState"] = "Active" };
    });

    private static ServerChange Retention(ServerId server, int days) => new(server, "backup", Patch("backup", new JsonObject { ["backupRetentionDays"] = days }));

    private static ServerChange HighAvailability(ServerId server, string mode) => new(server, "highAvailability", Patch("highAvailability", new JsonObject { ["mode"] = mode }));

    private static JsonObject Patch(string concern, JsonObject members) => new() { ["properties"] = new JsonObject { [concern] = members } };

    private static string ServerText(RoadFixture fixture, params string[] path) =>
        JsonShape.Text(JsonShape.At(fixture.Sandbox.Find(fixture.Postures[0].Id.Value), path.Prepend("properties").ToArray()));
}
