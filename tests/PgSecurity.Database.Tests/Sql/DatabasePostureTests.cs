using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Reading;
using PgSecurity.Core.Snapshots;
using PgSecurity.Database.Tests.Lab;
using Xunit;

namespace PgSecurity.Database.Tests.Sql;

/// <summary>What is read of databases, at rest: it says the same as before, and for which of them.</summary>
[Collection(LabCollection.Name)]
public class DatabasePostureTests(LabFixture lab)
{
    [PostgresFact]
    public async Task A_snapshot_is_judged_as_the_server_was()
    {
        Posture live = await LabAudit.ReadAsync(lab.Cluster, LabCluster.Superuser);

        Posture read = AtRest(live);

        Assert.Empty(read.Facets.SelectMany(facet => facet.Resources).Where(resource => resource.Body.GetRawText().Contains(Secrets.Reason, StringComparison.Ordinal)).Select(resource => resource.Id));
        Assert.Equal(Said(live), Said(read));
    }

    [PostgresFact]
    public async Task A_finding_on_some_of_the_databases_says_so_and_so_does_its_snapshot()
    {
        Posture some = await LabAudit.ReadAsync(lab.Cluster, LabCluster.Auditor, LabCluster.Hardened);
        Finding[] findings = LabAudit.Judge(AtRest(some)).ToArray();

        Finding passed = findings.Single(finding => finding.ControlId == "ACC-110");
        Assert.Equal(Outcome.Pass, passed.Outcome);
        Assert.Equal("Of the databases only app_clean was asked for; not looked into: app_dirty, postgres.", passed.Reason);

        // A control on the whole server has seen all of it; one on databases that does not apply has not.
        Assert.DoesNotContain("not looked into", findings.Single(finding => finding.ControlId == "ACC-101").Reason, StringComparison.Ordinal);
        Assert.Contains("not looked into", findings.Single(finding => finding.ControlId == "DAT-127").Reason, StringComparison.Ordinal);
        Assert.All(LabAudit.Judge(await LabAudit.ReadAsync(lab.Cluster)), finding => Assert.DoesNotContain("not looked into", finding.Reason, StringComparison.Ordinal));
    }

    [PostgresFact]
    public async Task A_database_that_there_is_not_is_unknown()
    {
        IReadOnlyList<Finding> findings = await LabAudit.FindAsync(lab.Cluster, LabCluster.Auditor, LabCluster.Hardened, "no_such_database");

        Finding finding = findings.Single(finding => finding.ControlId == "ACC-110");
        Assert.Equal(Outcome.Unknown, finding.Outcome);
        Assert.Contains("no_such_database", finding.Reason, StringComparison.Ordinal);
    }

    private static Posture AtRest(Posture posture)
    {
        string file = Path.GetTempFileName();
        try
        {
            using (FileStream output = File.Create(file)) SnapshotWriter.Write(output, posture);
            return PostureReader.Read(file).Select(result => result.Posture).OfType<Posture>().Single();
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static List<(string Control, Outcome Outcome, string Reason, string Observed)> Said(Posture posture) =>
        LabAudit.Judge(posture).Select(finding => (finding.ControlId, finding.Outcome, finding.Reason, finding.Observed)).ToList();
}
