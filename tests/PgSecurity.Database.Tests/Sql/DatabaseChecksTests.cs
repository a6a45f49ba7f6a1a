using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using PgSecurity.Core.Databases;
using PgSecurity.Core.Postures;
using PgSecurity.Database.Tests.Lab;
using Xunit;

namespace PgSecurity.Database.Tests.Sql;

/// <summary>Every check on real servers, by a role that has no more than pg_monitor and CONNECT.</summary>
[Collection(LabCollection.Name)]
public class DatabaseChecksTests(LabFixture lab)
{
    /// <summary>Controls on each database whose flaw here is of the server: a masked role has members.</summary>
    private static readonly string[] OfTheServerAllTheSame = ["DAT-128", "DAT-130"];

    /// <summary>Controls that look at the whole server: they see the same flaws from every database.</summary>
    private static bool IsOfServer(string id) => LabAudit.Controls
        .Single(control => control.Id == id).Policy is { } && DatabaseChecks.All.Where(check => check.Scope == DatabaseScope.Server)
        .Any(check => Types(id).Contains(check.Type));

    [PostgresFact]
    public async Task Every_query_runs_for_a_monitor() => Readable(await LabAudit.ReadAsync(lab.Cluster));

    [PostgresFact]
    public async Task What_a_monitor_is_not_shown_is_unknown_and_found_by_who_is()
    {
        Finding hidden = (await LabAudit.FindAsync(lab.Cluster)).Single(finding => finding.ControlId == "DAT-122");
        Finding shown = (await LabAudit.FindAsync(lab.Cluster, LabCluster.Superuser)).Single(finding => finding.ControlId == "DAT-122");

        Assert.Equal(Outcome.Unknown, hidden.Outcome);
        Assert.Contains("options of the mapping", hidden.Reason);
        Assert.Equal(Outcome.Fail, shown.Outcome);
    }

    [PostgresFact]
    public async Task A_database_without_connect_is_a_gap_and_no_pass()
    {
        await using LabCluster cluster = await LabCluster.StartEmptyAsync(PostgresInstallation.System());
        await cluster.RunSqlAsync("postgres", $"create role plain login password '{cluster.Password}' in role pg_monitor");
        await cluster.RunSqlAsync("postgres", "create database closed");
        await cluster.RunSqlAsync("postgres", "revoke connect on database closed from public");

        IReadOnlyList<Finding> findings = await LabAudit.FindAsync(cluster, "plain");

        Finding finding = findings.Single(finding => finding.ControlId == "ACC-117");
        Assert.Equal(Outcome.Unknown, finding.Outcome);
        Assert.Contains("closed", finding.Reason);
    }

    [PostgresFact]
    public async Task Nothing_that_was_planted_as_a_secret_is_in_a_posture_or_a_finding()
    {
        foreach (string role in new[] { LabCluster.Auditor, LabCluster.Superuser })
        {
            Posture posture = await LabAudit.ReadAsync(lab.Cluster, role);
            string all = string.Join('\n', posture.Facets.SelectMany(facet => facet.Resources).Select(resource => resource.Body.GetRawText()))
                + string.Join('\n', posture.Facets.Select(facet => facet.Gap?.Reason))
                + string.Join('\n', LabAudit.Judge(posture).Select(finding => System.Text.Json.JsonSerializer.Serialize(finding)));

            Assert.DoesNotContain("PLANTED", all);
            Assert.DoesNotContain(lab.Cluster.Password, all);
            Assert.DoesNotContain("SCRAM-SHA-256$", all);
            Assert.DoesNotMatch("\\bmd5[0-9a-f]{32}\\b", all);
        }
    }

    [PostgresFact]
    public void Every_check_says_in_a_sentence_what_it_found() => Assert.All(DatabaseChecks.All, check => Assert.Contains("as summary", check.Query));

    /// <summary>The findings on a database by itself that are not passes; without pgaudit none has it.</summary>
    internal static List<string> Loud(IReadOnlyList<Finding> findings, PostgresInstallation installation) => findings
        .Where(finding => finding.Outcome is Outcome.Fail or Outcome.Unknown && !IsOfServer(finding.ControlId))
        .Where(finding => !OfTheServerAllTheSame.Contains(finding.ControlId))
        .Where(finding => finding.ControlId != "LOG-101" || installation.Offers("pgaudit"))
        .Select(finding => $"{finding.ControlId} {finding.Outcome} {finding.Observed} {finding.Reason}")
        .ToList();

    internal static void Readable(Posture posture)
    {
        // What needs a right that a monitor has not is told as a gap, here as anywhere; nothing else may have one.
        string[] guarded = DatabaseChecks.All.Where(check => check.Guard is not null).Select(check => check.Type).ToArray();
        List<string> gaps = posture.Facets
            .Where(facet => facet.Gap is not null && (!guarded.Contains(facet.Type) || facet.Gap.Reason.Contains(": 42", StringComparison.Ordinal)))
            .Select(facet => $"{facet.Type}: {facet.Gap!.Reason}")
            .ToList();
        Assert.Empty(gaps);
    }

    private static IEnumerable<string> Types(string id) => PgSecurity.Core.Controls.CompiledControl
        .Compile(LabAudit.Catalog.Find(id)!, PgSecurity.Core.Controls.ControlSettings.None).Policy.Types;
}
