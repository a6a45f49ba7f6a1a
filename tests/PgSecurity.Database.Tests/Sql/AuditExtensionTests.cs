using System.IO;
using System.Linq;
using System.Threading.Tasks;
using PgSecurity.Database.Tests.Lab;
using PgSecurity.Database.Tests.Remediation;
using Xunit;

namespace PgSecurity.Database.Tests.Sql;

/// <summary>The controls on auditing beside the real pgaudit: what they call audited is in the server's log.</summary>
public class AuditExtensionTests
{
    private const string Loaded = "shared_preload_libraries = 'pgaudit'";

    [PgAuditFact]
    public async Task What_passes_is_in_the_log_and_what_fails_is_not()
    {
        await using LabCluster cluster = await StartAsync("pgaudit.log = 'all, -ddl'");
        await cluster.RunSqlAsync("app", "create table silent(id int)");
        Assert.Equal(Outcome.Fail, await OutcomeAsync(cluster, "LOG-101"));

        await cluster.RunSqlAsync("app", "alter database app set pgaudit.log = 'none, ddl'");
        await cluster.RunSqlAsync("app", "create table loud(id int)");
        Assert.Equal(Outcome.Pass, await OutcomeAsync(cluster, "LOG-101"));

        string log = await File.ReadAllTextAsync(Path.Combine(cluster.Folder, "server.log"));
        Assert.Contains("DDL,CREATE TABLE,TABLE,public.loud", log);
        Assert.DoesNotContain("TABLE,public.silent", log);
    }

    [PgAuditFact]
    public async Task An_extension_that_is_loaded_and_not_created_is_created_and_taken_back()
    {
        await using LabCluster cluster = await StartAsync("pgaudit.log = ddl");
        await cluster.RunSqlAsync("app", "drop extension pgaudit");
        Assert.Equal(Outcome.Fail, await OutcomeAsync(cluster, "LOG-101"));
        await using LabRoad road = new(cluster, LabCluster.Superuser, "app");

        Assert.Equal(ChangeStatus.Changed, Assert.Single(await road.RepairAsync(LabRoad.Controls("LOG-101"))).Status);
        Assert.Equal(Outcome.Pass, await OutcomeAsync(cluster, "LOG-101"));

        Assert.Equal(ChangeStatus.Changed, Assert.Single(await road.UndoAsync()).Status);
        Assert.Equal(Outcome.Fail, await OutcomeAsync(cluster, "LOG-101"));
    }

    [PgAuditFact]
    public async Task An_audit_role_audits_what_it_or_a_role_of_it_was_granted()
    {
        await using LabCluster cluster = await StartAsync("pgaudit.log = ddl", "pgaudit.role = 'watch'");
        await cluster.RunSqlAsync("app", "create role watch; create role watch_group; grant watch_group to watch; create table kept(id int, secret text)");
        Assert.Equal(Outcome.Fail, await OutcomeAsync(cluster, "LOG-102"));

        await cluster.RunSqlAsync("app", "grant select (secret) on kept to watch_group");
        Assert.Equal(Outcome.Pass, await OutcomeAsync(cluster, "LOG-102"));
        await cluster.RunSqlAsync("app", "select secret from kept");
        Assert.Contains("OBJECT,1,1,READ,SELECT,TABLE,public.kept", await File.ReadAllTextAsync(Path.Combine(cluster.Folder, "server.log")));
    }

    private static Task<LabCluster> StartAsync(params string[] settings) => LabCluster.StartAsync(PostgresInstallation.System(), [Loaded, .. settings], async cluster =>
    {
        await cluster.RunSqlAsync("postgres", $"create role {LabCluster.Auditor} login password '{cluster.Password}' in role pg_monitor");
        await cluster.RunSqlAsync("postgres", "create database app");
        await cluster.RunSqlAsync("app", "create extension pgaudit");
    });

    private static async Task<Outcome> OutcomeAsync(LabCluster cluster, string control) =>
        (await LabAudit.FindAsync(cluster, LabCluster.Auditor, "app")).Single(finding => finding.ControlId == control).Outcome;
}
