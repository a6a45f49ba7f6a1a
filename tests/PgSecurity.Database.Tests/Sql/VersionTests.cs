using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using PgSecurity.Core.Postures;
using PgSecurity.Database.Sql;
using PgSecurity.Database.Tests.Lab;
using Xunit;

namespace PgSecurity.Database.Tests.Sql;

/// <summary>The queries on every version of PostgreSQL that is at hand: the system's, and those that PGSECURITY_LAB_BIN names.</summary>
public class VersionTests
{
    /// <summary>What a version has not: nobody there reads all data, and no parameter can be granted.</summary>
    private static readonly Dictionary<string, int> From = new(StringComparer.Ordinal) { ["ACC-109"] = 14, ["ACC-122"] = 15 };

    public static TheoryData<string> Installations() => new(PostgresInstallation.All().Select(installation => installation.Bin));

    [PostgresTheory]
    [MemberData(nameof(Installations))]
    public async Task Every_flaw_is_found_and_the_hardened_database_is_silent(string bin)
    {
        await using LabCluster cluster = await LabCluster.StartAsync(new PostgresInstallation(bin));
        int version;
        await using (DatabaseSession session = await DatabaseSession.OpenAsync(cluster.Target(), "postgres")) version = session.ServerVersion.Major;

        Posture posture = await LabAudit.ReadAsync(cluster);
        DatabaseChecksTests.Readable(posture);
        HashSet<string> failed = LabAudit.Judge(posture).Where(finding => finding.Outcome == Outcome.Fail).Select(finding => finding.ControlId).ToHashSet();
        List<string> missed = DatabaseChecksTests.Planted().Except(failed).Where(id => !From.TryGetValue(id, out int first) || version >= first).ToList();
        Assert.True(missed.Count == 0, $"PostgreSQL {version}: {string.Join(", ", missed)}");

        List<string> loud = DatabaseChecksTests.Loud(await LabAudit.FindAsync(cluster, LabCluster.Auditor, LabCluster.Hardened));
        Assert.True(loud.Count == 0, $"PostgreSQL {version}: {string.Join(", ", loud)}");
    }
}
