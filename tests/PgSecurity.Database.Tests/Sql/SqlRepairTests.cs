using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Databases;
using PgSecurity.Core.Findings;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation;
using PgSecurity.Database.Sql;
using PgSecurity.Database.Tests.Lab;
using Xunit;

namespace PgSecurity.Database.Tests.Sql;

public class SqlRepairTests
{
    private sealed record Step(CompiledControl Control, DatabaseCheck Check, SqlTemplate Template);

    [PostgresTheory]
    [MemberData(nameof(PlantedFlawsTests.Installations), MemberType = typeof(PlantedFlawsTests))]
    public async Task A_repair_leaves_only_what_has_none_and_its_inverse_brings_every_finding_back(string bin)
    {
        await using LabCluster cluster = await LabCluster.StartAsync(new PostgresInstallation(bin));
        IReadOnlyList<Step> steps = Steps();
        HashSet<string> before = await FailuresAsync(cluster, steps);
        SqlRepair repair = new(cluster.Target(LabCluster.Superuser));
        List<SqlChange> done = [];

        foreach (Step step in steps)
        {
            IReadOnlyList<SqlChange> changes = await repair.PlanAsync(step.Template, step.Check, await FailingAsync(cluster, step), step.Control.Parameters);
            await repair.ApplyAsync(changes);
            done.AddRange(changes.Where(change => change.Forward.Count > 0));
        }

        HashSet<string> withoutRepair = [];
        foreach (Step step in steps)
        {
            foreach (SqlChange change in await repair.PlanAsync(step.Template, step.Check, await FailingAsync(cluster, step), step.Control.Parameters))
            {
                Assert.True(change.Forward.Count == 0, $"{step.Control.Definition.Id} still fails after {string.Join(' ', change.Forward)}");
                withoutRepair.Add($"{step.Control.Definition.Id} {change.ResourceId}");
            }
        }

        Assert.True(done.Count > 40, $"only {done.Count} changes");
        Assert.Superset(withoutRepair, before);

        await repair.UndoAsync(done);

        string[] oneWay = steps.Where(step => step.Control.Definition.Remediation.Class == RemediationClass.OneWay).Select(step => step.Control.Definition.Id).ToArray();
        HashSet<string> after = await FailuresAsync(cluster, steps);
        List<string> lost = before.Except(after).Where(failure => !oneWay.Contains(failure.Split(' ')[0])).ToList();
        Assert.Empty(lost);
        Assert.Empty(after.Except(before));
    }

    [PostgresFact]
    public async Task No_name_gets_out_of_its_quotes()
    {
        await using LabCluster cluster = await LabCluster.StartEmptyAsync(PostgresInstallation.System());
        await cluster.RunSqlAsync("postgres", "create role victim");
        foreach (string hostile in new[] { "x\"; drop role victim; --", "x'; drop role victim; --", "$$; drop role victim; $$", "%I{role}", "a.b\\", "x\"\"y" })
        {
            string name = SqlName.Quote(hostile);
            await cluster.RunSqlAsync("postgres", $"""
                create role {name} login; create schema {name}; grant create on schema {name} to public, {name};
                create table {name}.{name}({name} int); grant select on {name}.{name} to public; grant trigger on {name}.{name} to {name}; grant select ({name}) on {name}.{name} to public;
                grant select on {name}.{name} to {name} with grant option;
                alter table {name}.{name} enable row level security; create policy {name} on {name}.{name} using (true); create view {name}.{SqlName.Quote(hostile[..^1] + "v")} as select * from {name}.{name};
                create type {name}.{SqlName.Quote(hostile + "t")} as enum ('a');
                create function {name}.{name}({name} {name}.{SqlName.Quote(hostile + "t")}) returns int language sql security definer as 'select 1';
                alter role {name} set row_security = off; alter default privileges for role {name} in schema {name} grant select on tables to public;
                """);
        }

        SqlRepair repair = new(cluster.Target(LabCluster.Superuser));
        int changes = 0;
        foreach (Step step in Steps())
        {
            IReadOnlyList<SqlChange> planned = await repair.PlanAsync(step.Template, step.Check, await FailingAsync(cluster, step), step.Control.Parameters);
            await repair.ApplyAsync(planned);
            await repair.UndoAsync(planned);
            await repair.ApplyAsync(planned);
            changes += planned.Count(change => change.Forward.Count > 0);
        }

        Assert.True(changes >= 60, $"only {changes} changes");
        await using DatabaseSession session = await DatabaseSession.OpenAsync(cluster.Target(LabCluster.Superuser), "postgres");
        Assert.Equal("1", await session.ScalarAsync("select count(*) from pg_roles where rolname = 'victim'"));
    }

    [PostgresFact]
    public async Task Evidence_that_was_tampered_with_is_refused()
    {
        await using LabCluster cluster = await LabCluster.StartEmptyAsync(PostgresInstallation.System());
        SqlRepair repair = new(cluster.Target(LabCluster.Superuser));
        DatabaseCheck check = DatabaseChecks.OfType("PgSecurity/catalogGrants")!;
        foreach (string row in new[]
        {
            """{ "database": "postgres", "signature": "pg_read_file(text) from public; drop role labsuper; --", "grantee": null, "privileges": ["EXECUTE"] }""",
            """{ "database": "postgres", "signature": "pg_catalog.pg_read_file(text)", "grantee": null, "privileges": ["EXECUTE on x; drop"] }""",
            """{ "database": "postgres", "signature": "pg_catalog.pg_read_file(text)", "grantee": null, "privileges": [] }""",
        })
        {
            Resource resource = DatabaseRow.ToResource(ServerId.OfHost("h", 1), check, "postgres", JsonDocument.Parse(row).RootElement);
            await Assert.ThrowsAsync<SqlRepairException>(() => repair.PlanAsync(Template("ACC-124"), check, [resource]));
        }
    }

    [PostgresFact]
    public async Task One_refused_statement_leaves_the_database_as_it_was()
    {
        await using LabCluster cluster = await LabCluster.StartEmptyAsync(PostgresInstallation.System());
        await cluster.RunSqlAsync("postgres", "create schema app; grant create on schema app to public");
        SqlRepair repair = new(cluster.Target(LabCluster.Superuser));

        await Assert.ThrowsAsync<DatabaseException>(() => repair.ApplyAsync([
            new SqlChange("a", "postgres", ["revoke create on schema app from public;"], []), new SqlChange("b", "postgres", ["revoke create on schema nothing from public;"], []),
        ]));

        await using DatabaseSession session = await DatabaseSession.OpenAsync(cluster.Target(LabCluster.Superuser), "postgres");
        Assert.Equal("True", await session.ScalarAsync("select has_schema_privilege('public', 'app', 'CREATE')"));
    }

    private static SqlTemplate Template(string id) => SqlTemplate.Load(
        Directory.EnumerateFiles(Path.Combine(LabAudit.Root(), "module", "Controls"), id + ".fix.sql", SearchOption.AllDirectories).Single());

    /// <summary>Every control with a repair by SQL that a lab can have: the roles' own come last, so that rights are judged first.</summary>
    private static IReadOnlyList<Step> Steps() => LabAudit.Controls
        .Where(control => control.Remediation.Steps.OfType<RunSqlStep>().Any())
        .Select(control => CompiledControl.Compile(control, ControlSettings.None))
        .Select(control => new Step(control, DatabaseChecks.OfType(control.Policy.ConcernedTypes.Single())!, Template(control.Definition.Id)))
        .ToList();

    private static async Task<IReadOnlyList<Resource>> FailingAsync(LabCluster cluster, Step step)
    {
        string[] types = [step.Check.Type, "PgSecurity/databaseSessions"];
        DatabaseReader reader = new(cluster.Target(LabCluster.Superuser));
        IReadOnlyList<Facet> facets = await reader.ReadAsync(
            ServerId.OfHost("127.0.0.1", cluster.Port), DatabaseChecks.All.Where(check => types.Contains(check.Type)).ToList());
        Posture posture = HostPosture.Create("127.0.0.1", cluster.Port, facets, DateTimeOffset.UnixEpoch);
        Finding finding = new Evaluator([step.Control]).Evaluate(posture).Single();
        HashSet<string> failed = finding.Outcome == Outcome.Fail ? finding.Evidence.Select(piece => piece.ResourceId).ToHashSet() : [];
        return posture.FacetOf(step.Check.Type).Resources.Where(resource => failed.Contains(resource.Id)).ToList();
    }

    private static async Task<HashSet<string>> FailuresAsync(LabCluster cluster, IReadOnlyList<Step> steps)
    {
        HashSet<string> failures = [];
        foreach (Step step in steps)
        {
            failures.UnionWith((await FailingAsync(cluster, step)).Select(resource => $"{step.Control.Definition.Id} {resource.Id}"));
        }

        return failures;
    }
}
