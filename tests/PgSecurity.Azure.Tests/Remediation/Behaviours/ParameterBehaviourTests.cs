using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using PgSecurity.Azure.Arm;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Defaults;
using PgSecurity.Core.Journal;
using PgSecurity.Core.Remediation;
using PgSecurity.Core.Remediation.Guards;
using PgSecurity.Core.Remediation.Service;
using PgSecurity.Core.Remediation.Targets;
using PgSecurity.Sandbox;
using PgSecurity.Sandbox.Faults;
using Xunit;

namespace PgSecurity.Azure.Tests.Remediation.Behaviours;

/// <summary>Server parameters: restarts, lists, values that cannot be written, parameters that are not there.</summary>
public sealed class ParameterBehaviourTests
{
    private const string Throttle = """{ "parameters": { "connection_throttle.enable": "off" } }""";
    private const string NotLoaded = """{ "parameters": { "shared_preload_libraries": "pg_cron" } }""";

    [BehaviourFact(6, "a static parameter needs a restart: none is made unasked")]
    public async Task No_restart_unasked()
    {
        using RoadFixture fixture = new(new[] { OneServer.Posture(NotLoaded) });

        IReadOnlyList<Change> pending = await fixture.RepairAsync(RoadFixture.Controls(ControlSettings.None, "LOG-003"), RoadFixture.Everything with { Restart = false });

        Change change = Assert.Single(pending);
        Assert.Equal(ChangeStatus.RestartRequired, change.Status);
        Assert.Contains("-AllowRestart", change.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(fixture.Sandbox.Writes, write => write.Method == "POST");
    }

    [BehaviourFact(7, "a loop that restarts at every turn: one restart a run at most, and none where nothing waits")]
    public async Task One_restart_for_all_that_waits_and_none_again()
    {
        using RoadFixture fixture = new(new[] { OneServer.Posture(NotLoaded) });
        IReadOnlyList<CompiledControl> controls = RoadFixture.Controls(ControlSettings.None, "LOG-003", "DAT-019");

        IReadOnlyList<Change> changes = await fixture.RepairAsync(controls);
        await fixture.RepairAsync(controls);

        Assert.All(changes, change => Assert.True(change.Status == ChangeStatus.Changed, change + " " + change.Reason));
        Assert.Single(fixture.Sandbox.Writes, write => write.Method == "POST");
    }

    [BehaviourFact(8, "a preview answers Succeeded and keeps the old value: stable versions only, and only a value read back counts")]
    public async Task What_did_not_change_has_not_changed()
    {
        using RoadFixture fixture = new(new[] { OneServer.Posture(NotLoaded) });
        string parameter = fixture.Postures[0].Id.Value + "/configurations/shared_preload_libraries";
        const string Body = """{ "properties": { "value": "pg_cron,pgaudit", "source": "user-override" } }""";
        Assert.Equal("Succeeded", await fixture.SendAsync(WriteMethod.Patch, parameter + "?api-version=2026-01-01-preview", Body));
        Assert.Equal("pg_cron", ValueOf(fixture, parameter));
        Assert.DoesNotContain("preview", ArmApiVersions.For(parameter)!, StringComparison.Ordinal);

        fixture.Sandbox.Faults.Add(new FaultRule { Kind = FaultKind.SucceedsWithoutEffect, Method = "PATCH" });
        Change failed = Assert.Single(await fixture.RepairAsync(RoadFixture.Controls(ControlSettings.None, "LOG-003")));
        Assert.Equal(ChangeStatus.Failed, failed.Status);
        Assert.Contains("still pg_cron", failed.Reason, StringComparison.Ordinal);

        fixture.Sandbox.Faults.Clear();
        IReadOnlyList<Change> made = await fixture.RepairAsync(RoadFixture.Controls(ControlSettings.None, "LOG-003"));
        Assert.All(made, change => Assert.Equal(ChangeStatus.Changed, change.Status));
    }

    [BehaviourFact(9, "a PUT without a value does not reset: an undo sends the value that was there, with PATCH")]
    public async Task Undo_writes_the_value_that_was_there()
    {
        using RoadFixture fixture = new(new[] { OneServer.Posture(Throttle) });
        Change made = Assert.Single(await fixture.RepairAsync(RoadFixture.Controls(ControlSettings.None, "LOG-011")));
        Assert.Equal("InternalServerError", await fixture.SendAsync(WriteMethod.Put, made.TargetId, """{ "properties": {} }"""));
        Assert.Equal("on", ValueOf(fixture, made.TargetId));

        Change back = Assert.Single(await fixture.UndoAsync());

        Assert.Equal(ChangeStatus.Changed, back.Status);
        Assert.Equal("off", ValueOf(fixture, made.TargetId));
        Assert.Equal("PATCH", fixture.Sandbox.Writes[^1].Method);
    }

    [BehaviourFact(10, "a default that is written again keeps the source user-override: values are compared, not sources")]
    public async Task The_source_is_no_difference()
    {
        using RoadFixture fixture = new(new[] { OneServer.Posture(Throttle) });
        Change made = Assert.Single(await fixture.RepairAsync(RoadFixture.Controls(ControlSettings.None, "LOG-011")));
        JournalEntry entry = Assert.Single(fixture.Journal());
        Assert.Equal("off", JsonShape.Text(JsonShape.At(entry.Before, "properties", "value")));
        Assert.Equal("system-default", JsonShape.Text(JsonShape.At(entry.Before, "properties", "source")));

        Assert.Equal(ChangeStatus.Changed, Assert.Single(await fixture.UndoAsync()).Status);

        Assert.Equal("user-override", ParameterChange.Property(fixture.Sandbox.Find(made.TargetId), "source"));
        Change again = Assert.Single(await fixture.ChangeAsync(RoadFixture.Everything, ParameterChange.Set(fixture.Postures[0].Id, "connection_throttle.enable", "off")));
        Assert.Equal(ChangeStatus.AlreadyCompliant, again.Status);
    }

    [BehaviourFact(11, "the value from before may not be allowed any more: an undo looks first, and says so")]
    public async Task Undo_looks_at_what_the_server_allows_today()
    {
        using RoadFixture fixture = new(new[] { OneServer.Posture(Throttle) });
        Change made = Assert.Single(await fixture.RepairAsync(RoadFixture.Controls(ControlSettings.None, "LOG-011")));
        fixture.Sandbox.Edit(made.TargetId, parameter => parameter["properties"]!["allowedValues"] = "on");
        int writes = fixture.Sandbox.Writes.Count;

        Change refused = Assert.Single(await fixture.UndoAsync());

        Assert.Equal(ChangeStatus.Skipped, refused.Status);
        Assert.Contains("may not be 'off'", refused.Reason, StringComparison.Ordinal);
        Assert.Equal(writes, fixture.Sandbox.Writes.Count);
    }

    [BehaviourFact(12, "a list with a member that the server does not know is refused as a whole: lists grow from what is allowed here")]
    public async Task A_list_grows_and_keeps_its_order()
    {
        using RoadFixture fixture = new(new[] { OneServer.Posture("""{ "parameters": { "shared_preload_libraries": "timescaledb,pg_cron" } }""") });
        ServerId server = fixture.Postures[0].Id;
        string id = server.Value + "/configurations/shared_preload_libraries";
        Assert.Equal("InvalidConfigurationValue", await fixture.SendAsync(WriteMethod.Patch, id, """{ "properties": { "value": "timescaledb,no_such_library" } }"""));

        Change strange = Assert.Single(await fixture.ChangeAsync(RoadFixture.Everything, ParameterChange.List(server, "shared_preload_libraries", new[] { "no_such_library" }, add: true)));
        Assert.Equal(ChangeStatus.Skipped, strange.Status);
        Assert.Contains("no_such_library is not among", strange.Reason, StringComparison.Ordinal);

        IReadOnlyList<Change> grown = await fixture.ChangeAsync(RoadFixture.Everything, ParameterChange.List(server, "shared_preload_libraries", new[] { "PG_CRON", "pgaudit" }, add: true));
        Assert.All(grown, change => Assert.Equal(ChangeStatus.Changed, change.Status));
        Assert.Equal("timescaledb,pg_cron,pgaudit", ValueOf(fixture, id));
    }

    [BehaviourFact(13, "an extension is allowed, loaded and created, in this order; the last one in SQL, by hand")]
    public async Task An_extension_is_allowed_before_it_is_loaded()
    {
        using RoadFixture fixture = new(new[] { OneServer.Posture("""{ "parameters": { "azure.extensions": "pgcrypto", "shared_preload_libraries": "pg_cron" } }""") });

        IReadOnlyList<Change> changes = await fixture.RepairAsync(RoadFixture.Controls(ControlSettings.None, "LOG-003"));

        Assert.All(changes, change => Assert.Equal(ChangeStatus.Changed, change.Status));
        Assert.Equal(
            new[] { "azure.extensions", "shared_preload_libraries", "restart" },
            fixture.Sandbox.Writes.Select(write => write.Path[(write.Path.LastIndexOf('/') + 1)..]));
        Assert.Equal("pgcrypto,pgaudit", ValueOf(fixture, fixture.Postures[0].Id.Value + "/configurations/azure.extensions"));
    }

    [BehaviourFact(14, "a comma inside a text is no list: only a parameter of the type Set is one")]
    public async Task A_text_with_commas_is_one_value()
    {
        const string Prefix = "%m,%u,%m,%d ";
        using RoadFixture fixture = new(new[] { OneServer.Posture("""{ "parameters": { "log_line_prefix": "%d,%u,%m,%m " } }""") });
        ServerId server = fixture.Postures[0].Id;
        string id = server.Value + "/configurations/log_line_prefix";

        Change changed = Assert.Single(await fixture.ChangeAsync(RoadFixture.Everything, ParameterChange.Set(server, "log_line_prefix", Prefix)));

        Assert.Equal(ChangeStatus.Changed, changed.Status);
        Assert.Equal(Prefix, ValueOf(fixture, id));
        Change same = Assert.Single(await fixture.ChangeAsync(RoadFixture.Everything, ParameterChange.Set(server, "pgaudit.log", "write,role,misc,ddl")));
        Assert.Equal(ChangeStatus.AlreadyCompliant, same.Status);
        Assert.Equal(ChangeStatus.Changed, Assert.Single(await fixture.UndoAsync()).Status);
        Assert.Equal("%d,%u,%m,%m ", ValueOf(fixture, id));
    }

    [BehaviourFact(15, "a version does not have every parameter: one that is missing is said, and nothing is sent")]
    public async Task A_parameter_that_is_not_there_is_said()
    {
        using RoadFixture fixture = new(new[] { OneServer.Posture("""{ "parameters": { "connection_throttle.enable": null } }""") });
        ServerId server = fixture.Postures[0].Id;
        const string Name = "connection_throttle.enable";
        Assert.Equal("ConfigurationNotExists", await fixture.SendAsync(WriteMethod.Patch, $"{server.Value}/configurations/{Name}", """{ "properties": { "value": "on" } }"""));
        int writes = fixture.Sandbox.Writes.Count;

        Change skipped = Assert.Single(await fixture.ChangeAsync(RoadFixture.Everything, ParameterChange.Set(server, Name, "on")));

        Assert.Equal(ChangeStatus.Skipped, skipped.Status);
        Assert.Contains("ConfigurationNotExists", skipped.Reason, StringComparison.Ordinal);
        Assert.Equal(writes, fixture.Sandbox.Writes.Count);
    }

    [BehaviourFact(16, "names of the retired single server mean nothing: every step writes a parameter of flexible servers")]
    public async Task Every_step_names_a_parameter_that_flexible_servers_have()
    {
        using RoadFixture fixture = new(new[] { OneServer.Posture("{}") });
        string old = fixture.Postures[0].Id.Value + "/configurations/log_retention_days";
        Assert.Equal("ConfigurationNotExists", await fixture.SendAsync(WriteMethod.Patch, old, """{ "properties": { "value": "7" } }"""));

        HashSet<string> known = new(KnownParameters(), StringComparer.Ordinal);
        IEnumerable<string> written = Repository.Catalogue.Controls.SelectMany(control => control.Remediation.Steps).Select(step => step switch
        {
            SetParameterStep set => set.Name,
            ChangeListStep list => list.Name,
            _ => "",
        }).Where(name => name.Length > 0);

        Assert.All(written, name => Assert.Contains(name, known));
        Assert.DoesNotContain("log_retention_days", known);
    }

    [BehaviourFact(17, "a read-only parameter takes the write and fails with {0}: it is refused first, and told in words where it was not known")]
    public async Task A_read_only_parameter_is_refused_before_it_is_sent()
    {
        using RoadFixture fixture = new(new[] { OneServer.Posture(Throttle) });
        ServerId server = fixture.Postures[0].Id;
        string id = server.Value + "/configurations/connection_throttle.enable";
        fixture.Sandbox.Edit(id, parameter => parameter["properties"]!["isReadOnly"] = true);
        Assert.Equal("OperationFailed", await fixture.SendAsync(WriteMethod.Patch, id, """{ "properties": { "value": "on" } }"""));
        int writes = fixture.Sandbox.Writes.Count;
        ParameterChange set = ParameterChange.Set(server, "connection_throttle.enable", "on");

        Change refused = Assert.Single(await fixture.ChangeAsync(RoadFixture.Everything, set));
        Assert.Equal(ChangeStatus.Skipped, refused.Status);
        Assert.Contains("read-only", refused.Reason, StringComparison.Ordinal);
        Assert.Equal(writes, fixture.Sandbox.Writes.Count);

        fixture.Sandbox.Edit(id, parameter => parameter["properties"]!["isReadOnly"] = false);
        fixture.Sandbox.Faults.Add(new FaultRule { Kind = FaultKind.FailedOperation, Method = "PATCH", Code = "OperationFailed", Message = "{0}" });
        Change failed = Assert.Single(await fixture.ChangeAsync(RoadFixture.Everything, set));
        Assert.Equal(ChangeStatus.Failed, failed.Status);
        Assert.Equal(1, failed.Attempts);
        Assert.Contains("read-only", failed.Reason, StringComparison.Ordinal);
    }

    [BehaviourFact(18, "a number may hold a word: it is compared as text, replaced, and not put back where it is not allowed")]
    public async Task A_word_in_a_number_stops_nothing()
    {
        using RoadFixture fixture = new(new[] { OneServer.Posture("""{ "parameters": { "statement_timeout": "Disabled" } }""") });
        ServerId server = fixture.Postures[0].Id;

        Change same = Assert.Single(await fixture.ChangeAsync(RoadFixture.Everything, ParameterChange.Set(server, "statement_timeout", "disabled")));
        Change changed = Assert.Single(await fixture.ChangeAsync(RoadFixture.Everything, ParameterChange.Set(server, "statement_timeout", "60000")));
        Change back = Assert.Single(await fixture.UndoAsync());

        Assert.Equal(ChangeStatus.AlreadyCompliant, same.Status);
        Assert.Equal(ChangeStatus.Changed, changed.Status);
        Assert.Equal(ChangeStatus.Skipped, back.Status);
        Assert.Contains("may not be 'Disabled'", back.Reason, StringComparison.Ordinal);
    }

    [BehaviourFact(19, "a parameter's id may be another resource's: addresses are made here, not taken from answers")]
    public async Task Odd_ids_are_not_followed()
    {
        using RoadFixture fixture = new(new[] { OneServer.Posture(NotLoaded) }, new SandboxOptions { Quirks = new SandboxQuirks { OddParameterIds = true } });

        IReadOnlyList<Change> made = await fixture.RepairAsync(RoadFixture.Controls(ControlSettings.None, "LOG-003"));
        IReadOnlyList<Change> undone = await fixture.UndoAsync();

        Assert.All(made.Concat(undone), change => Assert.True(change.Status == ChangeStatus.Changed, change + " " + change.Reason));
        Assert.DoesNotContain(fixture.Sandbox.Writes, write => write.Path.Contains("serversv2", StringComparison.OrdinalIgnoreCase));
    }

    private static IEnumerable<string> KnownParameters() => ServiceDefaults.Versions
        .SelectMany(version => ServiceDefaults.ParametersOf(version) ?? Array.Empty<ParameterDefault>())
        .Select(parameter => parameter.Name);

    private static string ValueOf(RoadFixture fixture, string id) => ParameterChange.Property(fixture.Sandbox.Find(id), "value");
}
