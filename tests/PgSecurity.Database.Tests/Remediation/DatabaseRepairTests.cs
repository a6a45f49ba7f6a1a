using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Journal;
using PgSecurity.Core.Remediation.Guards;
using PgSecurity.Core.Remediation.Planning;
using PgSecurity.Core.Remediation.Road;
using PgSecurity.Core.Remediation.Undo;
using PgSecurity.Database.Sql;
using PgSecurity.Database.Tests.Lab;
using PgSecurity.Database.Tests.Sql;
using Xunit;
using Xunit.Abstractions;

namespace PgSecurity.Database.Tests.Remediation;

/// <summary>The flawed server, repaired on the road of every change and given back.</summary>
public class DatabaseRepairTests(ITestOutputHelper output)
{
    [PostgresTheory]
    [MemberData(nameof(PlantedFlawsTests.Installations), MemberType = typeof(PlantedFlawsTests))]
    public async Task A_repair_leaves_only_what_has_none_and_undo_brings_every_finding_back(string bin)
    {
        await using LabCluster cluster = await LabCluster.StartAsync(new PostgresInstallation(bin));
        await cluster.RunSqlAsync("postgres", "alter system set log_statement = 'mod'");
        await cluster.RunSqlAsync("postgres", "select pg_reload_conf()");
        await using LabRoad road = new(cluster);
        IReadOnlyList<CompiledControl> controls = LabRoad.Controls();
        HashSet<string> before = await road.FailuresAsync(controls);

        IReadOnlyList<Change> changes = await road.RepairAsync(controls);

        Show(changes);
        Assert.All(changes, change => Assert.True(change.Status is not (ChangeStatus.Failed or ChangeStatus.InDoubt), $"{change} {change.Reason}"));
        List<Change> made = changes.Where(change => change.Status == ChangeStatus.Changed).ToList();
        Assert.True(made.Count > 40, $"only {made.Count} changes");
        AssertEveryControlWasRepaired(controls, made, before, await Scalar(cluster, "select current_setting('server_version_num')::int >= 150000") == "True");
        AssertClassesAreDeclared(controls, made);
        HashSet<string> left = await road.FailuresAsync(controls);
        HashSet<string> skipped = changes.Where(change => change.Status == ChangeStatus.Skipped).SelectMany(change => change.ControlId).ToHashSet();
        Assert.All(left, failure => Assert.Contains(failure.Split(' ')[0], skipped));
        Assert.All(changes.Where(change => change.Status == ChangeStatus.Skipped), change => Assert.True(
            change.Reason.StartsWith("ownRole:", StringComparison.Ordinal) || change.Step == "(none)", $"{change} {change.Reason}"));
        Assert.Empty(made.Select(change => $"{change.ControlId.Single()} {change.TargetId}").Intersect(left));

        Assert.All(await road.RepairAsync(controls), change => Assert.True(change.Status is ChangeStatus.AlreadyCompliant or ChangeStatus.Skipped, $"{change} {change.Reason}"));

        IReadOnlyList<Change> undone = await road.UndoAsync();

        Show(undone);
        Assert.All(undone, change => Assert.True(
            change.Status == ChangeStatus.Changed || (change.Status == ChangeStatus.Skipped && change.Class == ChangeClass.OneWay), $"{change} {change.Reason}"));
        HashSet<string> after = await road.FailuresAsync(controls);
        HashSet<string> oneWay = undone.Where(change => change.Status == ChangeStatus.Skipped).Select(change => change.TargetId).ToHashSet();
        Assert.DoesNotContain(before.Except(after), failure => !oneWay.Contains(failure.Split(' ')[1]));
        Assert.Empty(after.Except(before));
        AssertJournalHasEveryStatement(cluster, road);
    }

    /// <summary>The gravest class of a control's changes is the one that its file declares.</summary>
    private static void AssertClassesAreDeclared(IReadOnlyList<CompiledControl> controls, List<Change> made)
    {
        Dictionary<string, string> declared = controls.ToDictionary(control => control.Definition.Id, control => control.Definition.Remediation.Class.ToString());
        Assert.Equal(
            made.Select(change => change.ControlId.Single()).Distinct().Select(id => (id, declared[id])),
            made.GroupBy(change => change.ControlId.Single()).Select(group => (group.Key, group.Max(change => change.Class).ToString().Replace("With", "", StringComparison.Ordinal))));
    }

    /// <summary>What has no flaw on this version has none to repair; pgaudit is repaired where it is loaded (AuditExtensionTests), and views run with the caller's rights from 15.</summary>
    private static void AssertEveryControlWasRepaired(IReadOnlyList<CompiledControl> controls, List<Change> made, HashSet<string> failures, bool viewsOfTheCaller)
    {
        HashSet<string> repaired = made.SelectMany(change => change.ControlId).ToHashSet();
        HashSet<string> failed = failures.Select(failure => failure.Split(' ')[0]).ToHashSet();
        List<string> left = controls.Select(control => control.Definition.Id).Where(id => !repaired.Contains(id) && id != "LOG-101").ToList();
        Assert.DoesNotContain(left, id => failed.Contains(id) && (viewsOfTheCaller || id != "ACC-121"));
        Assert.Subset(new HashSet<string> { "ACC-122", "ACC-121" }, left.ToHashSet());
    }

    /// <summary>What the server logged as changing something is what the journal has, each as often.</summary>
    private static void AssertJournalHasEveryStatement(LabCluster cluster, LabRoad road)
    {
        string[] marks = ["statement: ", "execute <unnamed>: "];
        List<string> logged = File.ReadAllLines(Path.Combine(cluster.Folder, "server.log"))
            .Where(line => line.Contains("LOG:", StringComparison.Ordinal))
            .SelectMany(line => marks.Where(mark => line.Contains(mark, StringComparison.Ordinal)).Select(mark => line[(line.IndexOf(mark, StringComparison.Ordinal) + mark.Length)..]))
            .ToList();
        List<string> journaled = road.Journal().SelectMany(entry => ((JsonArray)entry.Body["statements"]!).Select(statement => ((string)statement!).TrimEnd(';'))).ToList();
        Assert.True(journaled.Count > 80, $"only {journaled.Count} statements");
        Assert.Equal(journaled.Order(StringComparer.Ordinal), logged.Where(line => !line.Contains("alter system set log_statement", StringComparison.Ordinal)).Select(line => line.TrimEnd(';')).Order(StringComparer.Ordinal));
    }

    [PostgresFact]
    public async Task The_plan_says_every_statement_and_runs_none()
    {
        await using LabCluster cluster = await LabCluster.StartEmptyAsync(PostgresInstallation.System());
        await cluster.RunSqlAsync("postgres", "create schema app; grant create on schema app to public; create role clerk login connection limit -1");
        await using LabRoad road = new(cluster);
        IReadOnlyList<CompiledControl> controls = LabRoad.Controls("ACC-110", "ACC-104");

        List<PlannedChange> plan = (await road.PlanAsync(controls, Consents.None)).Show().ToList();

        PlannedChange schema = plan.Single(planned => planned.ControlId.Contains("ACC-110") && planned.TargetId.EndsWith("/app", StringComparison.Ordinal));
        Assert.Equal("SQL", schema.Method);
        Assert.Equal("""{"database":"postgres","statements":["revoke create on schema \"app\" from public;"],"inverse":["grant create on schema \"app\" to public;"]}""", schema.Body);
        Assert.True(schema.WillApply);
        PlannedChange role = plan.Single(planned => planned.ControlId.Contains("ACC-104"));
        Assert.False(role.WillApply);
        Assert.Contains("-AllowConnectivityLoss", role.Guard, StringComparison.Ordinal);
        Assert.Equal("alter role \"clerk\" connection limit 100;", role.To);
        Assert.False(Directory.Exists(road.Journals));
        Assert.Contains(await road.FailuresAsync(controls), failure => failure.EndsWith("/app", StringComparison.Ordinal));
    }

    [PostgresFact]
    public async Task The_role_that_would_run_it_is_left_alone()
    {
        await using LabCluster cluster = await LabCluster.StartEmptyAsync(PostgresInstallation.System());
        await cluster.RunSqlAsync("postgres", $"create role chief superuser login password '{cluster.Password}'");
        await using LabRoad road = new(cluster, "chief");

        Change change = Assert.Single(await road.RepairAsync(LabRoad.Controls("ACC-101")));

        Assert.Equal(ChangeStatus.Skipped, change.Status);
        Assert.StartsWith("ownRole: It is about chief", change.Reason, StringComparison.Ordinal);
        Assert.Empty(road.Journal());
    }

    [PostgresFact]
    public async Task A_statement_that_the_server_refuses_fails_alone_and_says_why()
    {
        await using LabCluster cluster = await LabCluster.StartEmptyAsync(PostgresInstallation.System());
        await cluster.RunSqlAsync("postgres", $"""
            create role clerk login password '{cluster.Password}'; create schema theirs; create schema own authorization clerk;
            grant create on schema theirs, own to public;
            """);
        await using LabRoad road = new(cluster, "clerk");

        IReadOnlyList<Change> changes = await road.RepairAsync(LabRoad.Controls("ACC-110"));

        Assert.Equal(ChangeStatus.Changed, changes.Single(change => change.TargetId.EndsWith("/own", StringComparison.Ordinal)).Status);
        Change refused = changes.Single(change => change.TargetId.EndsWith("/theirs", StringComparison.Ordinal));
        Assert.Equal(ChangeStatus.Failed, refused.Status);
        Assert.True(refused.Reason.Contains("42501", StringComparison.Ordinal) || refused.Reason.Contains("is still", StringComparison.Ordinal), refused.Reason);
        Assert.Equal(ChangeStatus.Failed, road.Journal().Single(entry => entry.TargetName == "theirs").Status);
    }

    [PostgresFact]
    public async Task What_somebody_changed_since_is_not_taken_back_without_force()
    {
        await using LabCluster cluster = await LabCluster.StartEmptyAsync(PostgresInstallation.System());
        await cluster.RunSqlAsync("postgres", "create role clerk login");
        await using LabRoad road = new(cluster);
        IReadOnlyList<CompiledControl> controls = LabRoad.Controls("ACC-104");
        Assert.Equal(ChangeStatus.Changed, Assert.Single(await road.RepairAsync(controls)).Status);
        await cluster.RunSqlAsync("postgres", "alter role clerk connection limit 7");

        Change refused = Assert.Single(await road.UndoAsync());
        Assert.Equal(ChangeStatus.Skipped, refused.Status);
        Assert.StartsWith("Somebody changed it since", refused.Reason, StringComparison.Ordinal);

        Assert.Equal(ChangeStatus.Changed, Assert.Single(await road.UndoAsync(new UndoOptions { Force = true })).Status);
        Assert.Equal("-1", await Scalar(cluster, "select rolconnlimit from pg_roles where rolname = 'clerk'"));
        Assert.Equal(ChangeStatus.AlreadyCompliant, (await road.UndoAsync(null, road.Journal().Single(entry => entry.Undoes.Length == 0).ChangeId)).Single().Status);

        // The journal never had a statement that sets the limit of somebody else.
        JournalEntry forced = road.Journal().Single(entry => entry.Undoes.Length > 0);
        Assert.Equal((ChangeClass.OneWay, "[]"), (forced.Class, forced.Body["inverse"]!.ToJsonString()));
        Change back = Assert.Single(await road.UndoAsync(new UndoOptions { Force = true }, forced.ChangeId));
        Assert.Equal((ChangeStatus.Skipped, "No statement is known that would bring back what is there now."), (back.Status, back.Reason));
        Assert.Equal("-1", await Scalar(cluster, "select rolconnlimit from pg_roles where rolname = 'clerk'"));
    }

    [PostgresFact]
    public async Task An_intent_without_a_result_is_settled_by_reading_the_row()
    {
        await using LabCluster cluster = await LabCluster.StartEmptyAsync(PostgresInstallation.System());
        await cluster.RunSqlAsync("postgres", "create schema one; create schema two; grant create on schema one, two to public");
        await using LabRoad road = new(cluster);
        IReadOnlyList<CompiledControl> controls = LabRoad.Controls("ACC-110");
        await road.RepairAsync(controls);
        await cluster.RunSqlAsync("postgres", "grant create on schema two to public");
        string journal = Directory.GetFiles(road.Journals).Single();
        File.WriteAllLines(journal, File.ReadAllLines(journal).Where(line => !line.Contains("\"event\":\"result\"", StringComparison.Ordinal)));
        Assert.All(road.Journal(), entry => Assert.Equal(ChangeStatus.InDoubt, entry.Status));

        foreach (JournalEntry entry in road.Journal()) await DoubtSettler.SettleAsync(entry, road.Rows, road.Clock, CancellationToken.None);

        Assert.Equal(ChangeStatus.Changed, road.Journal().Single(entry => entry.TargetName == "one").Status);
        Assert.Equal(ChangeStatus.Failed, road.Journal().Single(entry => entry.TargetName == "two").Status);
        Assert.All(await road.UndoAsync(), change => Assert.Equal(ChangeStatus.Changed, change.Status));
        Assert.Equal("True", await Scalar(cluster, "select has_schema_privilege('public', 'one', 'CREATE')"));
    }

    [PostgresFact]
    public async Task A_row_that_changed_after_the_plan_is_left_for_the_next_run()
    {
        await using LabCluster cluster = await LabCluster.StartEmptyAsync(PostgresInstallation.System());
        await cluster.RunSqlAsync("postgres", "create schema app; create table app.t (a int); grant select on app.t to public");
        await using LabRoad road = new(cluster);

        IReadOnlyList<Change> changes = await road.RepairAsync(LabRoad.Controls("ACC-113"), confirm: _ => true);
        Assert.Equal(ChangeStatus.Changed, Assert.Single(changes).Status);
        await road.UndoAsync();
        ChangePlan plan = await road.PlanAsync(LabRoad.Controls("ACC-113"));
        await cluster.RunSqlAsync("postgres", "grant insert on app.t to public");

        Change late = Assert.Single(await road.MakeAsync([new ChangeRequest(road.Server, [], _ => plan.Items)]));

        Assert.Equal(ChangeStatus.Skipped, late.Status);
        Assert.Contains("changed meanwhile", late.Reason, StringComparison.Ordinal);
        Assert.Equal(ChangeStatus.Changed, Assert.Single(await road.RepairAsync(LabRoad.Controls("ACC-113"))).Status);
    }

    private static async Task<string?> Scalar(LabCluster cluster, string query)
    {
        await using DatabaseSession session = await DatabaseSession.OpenAsync(cluster.Target(LabCluster.Superuser), "postgres");
        return await session.ScalarAsync(query);
    }

    private void Show(IEnumerable<Change> changes)
    {
        foreach (Change change in changes) output.WriteLine($"{change.Status} {string.Join("+", change.ControlId)} {change.Step} [{change.Before}] -> [{change.After}] {change.Reason}");
    }
}
