using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Databases;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation.Planning;
using PgSecurity.Core.Remediation.Service;
using PgSecurity.Database.Sql;
using PgSecurity.Database.Tests.Lab;
using PgSecurity.Database.Tests.Remediation;
using Xunit;

namespace PgSecurity.Database.Tests.Sql;

public class SqlRepairTests
{
    private static readonly IReadOnlyDictionary<string, JsonElement> NoParameters = new Dictionary<string, JsonElement>();

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

        await using LabRoad road = new(cluster);
        IReadOnlyList<CompiledControl> controls = LabRoad.Controls();

        int made = (await road.RepairAsync(controls)).Count(change => change.Status == ChangeStatus.Changed);
        Assert.All(await road.UndoAsync(), change => Assert.True(change.Status == ChangeStatus.Changed, $"{change} {change.Reason}"));
        int again = (await road.RepairAsync(controls)).Count(change => change.Status == ChangeStatus.Changed);

        Assert.True(made >= 60, $"only {made} changes");
        Assert.Equal(made, again);
        await using DatabaseSession session = await DatabaseSession.OpenAsync(cluster.Target(LabCluster.Superuser), "postgres");
        Assert.Equal("1", await session.ScalarAsync("select count(*) from pg_roles where rolname = 'victim'"));
    }

    [PostgresFact]
    public async Task A_row_that_was_tampered_with_gets_no_statement()
    {
        await using LabCluster cluster = await LabCluster.StartEmptyAsync(PostgresInstallation.System());
        await using LabRoad road = new(cluster);
        DatabaseCheck check = DatabaseChecks.OfType("PgSecurity/catalogGrants")!;
        foreach (string row in new[]
        {
            """{ "database": "postgres", "signature": "pg_read_file(text) from public; drop role labsuper; --", "grantee": null, "privileges": ["EXECUTE"] }""",
            """{ "database": "postgres", "signature": "pg_catalog.pg_read_file(text)", "grantee": null, "privileges": ["EXECUTE on x; drop"] }""",
            """{ "database": "postgres", "signature": "pg_catalog.pg_read_file(text)", "grantee": null, "privileges": [] }""",
        })
        {
            Resource resource = DatabaseRow.ToResource(road.Server, check, "postgres", JsonDocument.Parse(row).RootElement);

            SqlChange change = Assert.Single(await road.Statements.WriteAsync(road.Server, Template("ACC-124"), check, [resource], NoParameters, CancellationToken.None));

            Assert.Empty(change.Forward);
            Assert.NotEmpty(change.Problem);
        }
    }

    [PostgresFact]
    public async Task One_refused_statement_leaves_the_database_as_it_was()
    {
        await using LabCluster cluster = await LabCluster.StartEmptyAsync(PostgresInstallation.System());
        await cluster.RunSqlAsync("postgres", "create schema app; grant create on schema app to public");
        await using DatabaseSession session = await DatabaseSession.OpenAsync(cluster.Target(LabCluster.Superuser), "postgres", SessionAccess.Write);

        await Assert.ThrowsAsync<DatabaseException>(() => session.ExecuteAsync(["revoke create on schema app from public;", "revoke create on schema nothing from public;"]));

        Assert.Equal("True", await session.ScalarAsync("select has_schema_privilege('public', 'app', 'CREATE')"));
    }

    private static string Template(string id) =>
        Directory.EnumerateFiles(Path.Combine(LabAudit.Root(), "module", "Controls"), id + ".fix.sql", SearchOption.AllDirectories).Single();
}
