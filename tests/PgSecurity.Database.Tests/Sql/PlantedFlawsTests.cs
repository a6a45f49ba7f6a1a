using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using PgSecurity.Core.Databases;
using PgSecurity.Core.Postures;
using PgSecurity.Database.Sql;
using PgSecurity.Database.Tests.Lab;
using Xunit;

namespace PgSecurity.Database.Tests.Sql;

/// <summary>
/// Every control on databases, on every version of PostgreSQL that is at hand (the system's, and those that PGSECURITY_LAB_BIN
/// names): it finds its planted flaw, by a role that has no more than pg_monitor and CONNECT, and is silent where there is none.
/// A new control without a flaw here fails the test.
/// </summary>
public class PlantedFlawsTests
{
    /// <summary>What a version has not: nobody there reads all data, and no parameter can be granted.</summary>
    private static readonly Dictionary<string, int> From = new(StringComparer.Ordinal) { ["ACC-109"] = 14, ["ACC-122"] = 15 };

    /// <summary>
    /// What the server shows only to who it concerns, so that a monitor is told Unknown: the options of a user mapping (its
    /// own role, the foreign server's owner), the jobs of others (pg_cron's row policy).
    /// </summary>
    private static readonly string[] ForOwnersOnly = ["DAT-122", "ACC-137"];

    /// <summary>The version itself is the flaw: only a server of an ended one has it, and none of them is without it.</summary>
    private const string EndOfSupport = "PLT-106";

    private const string Audit = "LOG-101";

    /// <summary>Kinds of passwords: only a flexible server tells them to who may not read the hashes.</summary>
    private const string PasswordKinds = "IDN-101";

    private static readonly Dictionary<int, DateOnly> Ends = new() { [13] = new(2025, 11, 13), [14] = new(2026, 11, 12), [15] = new(2027, 11, 11), [16] = new(2028, 11, 9), [17] = new(2029, 11, 8), [18] = new(2030, 11, 14) };

    public static TheoryData<string> Installations() => new(PostgresInstallation.SkipReason is null ? PostgresInstallation.All().Select(installation => installation.Bin) : ["none"]);

    [PostgresTheory]
    [MemberData(nameof(Installations))]
    public async Task Every_control_finds_its_flaw(string bin)
    {
        PostgresInstallation installation = new(bin);
        await using LabCluster lab = await LabCluster.StartAsync(installation);
        await using LabCluster careless = await PlainServer.CarelessAsync(installation);
        await using PlantedSessions sessions = await PlantedSessions.OpenAsync(careless);
        int version = await VersionAsync(careless);
        Posture seen = await LabAudit.ReadAsync(lab);
        DatabaseChecksTests.Readable(seen);
        Posture plain = await LabAudit.ReadAsync(careless);
        DatabaseChecksTests.Readable(plain);

        HashSet<string> found = Failed(seen);
        found.UnionWith(Failed(plain));
        found.UnionWith(Failed(Wanted(seen)).Where(id => id == "ACC-134"));
        found.UnionWith(Failed(await LabAudit.ReadAsync(careless, "flaw_blind")).Where(id => id == "PLT-101"));
        found.UnionWith(Failed(await LabAudit.ReadAsync(lab, LabCluster.Superuser)).Where(ForOwnersOnly.Contains));

        List<string> missed = LabAudit.Controls.Select(control => control.Id).Except(found)
            .Where(id => !From.TryGetValue(id, out int first) || version >= first)
            .Where(id => id != EndOfSupport || HasEnded(version))
            .ToList();
        Assert.True(missed.Count == 0, $"PostgreSQL {version}: {string.Join(", ", missed)}");
        Assert.Equal(HasEnded(version), found.Contains(EndOfSupport));
    }

    [PostgresTheory]
    [MemberData(nameof(Installations))]
    public async Task Where_there_is_no_flaw_every_control_is_silent(string bin)
    {
        PostgresInstallation installation = new(bin);
        await using LabCluster lab = await LabCluster.StartAsync(installation);
        await using LabCluster careful = await PlainServer.CarefulAsync(installation);
        int version = await VersionAsync(careful);

        List<string> loud = DatabaseChecksTests.Loud(await LabAudit.FindAsync(lab, LabCluster.Auditor, LabCluster.Hardened), installation);
        Assert.True(loud.Count == 0, $"PostgreSQL {version}, the hardened database: {string.Join(", ", loud)}");

        List<string> all = LabAudit.Judge(await LabAudit.ReadAsync(careful))
            .Where(finding => finding.Outcome is Outcome.Fail or Outcome.Unknown)
            .Where(finding => finding.ControlId != EndOfSupport || !HasEnded(version))
            .Where(finding => finding.ControlId != Audit || installation.Offers("pgaudit"))
            .Where(finding => finding.ControlId != PasswordKinds || finding.Outcome == Outcome.Fail)
            .Select(finding => $"{finding.ControlId} {finding.Outcome} {finding.Observed} {finding.Reason}")
            .ToList();
        Assert.True(all.Count == 0, $"PostgreSQL {version}, the careful server: {string.Join(", ", all)}");
    }

    [PostgresFact]
    public async Task What_the_server_shows_to_owners_only_is_unknown_to_others()
    {
        await using LabCluster lab = await LabCluster.StartAsync(PostgresInstallation.System());
        IReadOnlyList<Finding> seen = await LabAudit.FindAsync(lab);

        Assert.All(ForOwnersOnly, id => Assert.Equal(Outcome.Unknown, seen.Single(finding => finding.ControlId == id).Outcome));
        Assert.All(ForOwnersOnly, id => Assert.NotEmpty(seen.Single(finding => finding.ControlId == id).Reason!));
    }

    [PostgresFact]
    public async Task A_job_is_a_flaw_for_the_secret_in_its_text_or_for_its_role()
    {
        await using LabCluster lab = await LabCluster.StartAsync(PostgresInstallation.System());
        Finding finding = (await LabAudit.FindAsync(lab, LabCluster.Superuser)).Single(finding => finding.ControlId == "ACC-137");

        Assert.Equal(["cronJobs/1", "cronJobs/2"], finding.Evidence.Select(piece => piece.ResourceId[piece.ResourceId.IndexOf("cronJobs", StringComparison.Ordinal)..]));
    }

    /// <summary>The posture beside a file that approves nothing that there is, and wants what is missing.</summary>
    private static Posture Wanted(Posture posture)
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, """[{ "database": "app_dirty", "kind": "relation", "object": "app.customer", "grantee": "nobody", "privilege": "SELECT" }]""");
            return posture.With(WantedGrants.Load(file).Compare(posture.Id, posture.FacetOf("PgSecurity/grants")));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static HashSet<string> Failed(Posture posture) =>
        LabAudit.Judge(posture).Where(finding => finding.Outcome == Outcome.Fail).Select(finding => finding.ControlId).ToHashSet();

    private static async Task<int> VersionAsync(LabCluster cluster)
    {
        await using DatabaseSession session = await DatabaseSession.OpenAsync(cluster.Target(), "postgres");
        return session.ServerVersion.Major;
    }

    private static bool HasEnded(int version) => Ends[version] < DateOnly.FromDateTime(DateTime.UtcNow);
}
