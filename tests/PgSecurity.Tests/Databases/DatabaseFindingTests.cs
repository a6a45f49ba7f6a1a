using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using PgSecurity.Database.Tests.Lab;
using Xunit;

namespace PgSecurity.Tests.Databases;

/// <summary>The cmdlet on a real PostgreSQL, as a user runs it.</summary>
public sealed class DatabaseFindingTests(ModuleSession session) : IClassFixture<ModuleSession>, IAsyncLifetime
{
    private readonly ModuleSession _session = session;
    private readonly TemporaryFolder _folder = TemporaryFolder.CurrentOf(session);
    private LabCluster _lab = null!;

    public async Task InitializeAsync()
    {
        _lab = await LabCluster.StartAsync(PostgresInstallation.System());
        _session.Set("login", new System.Management.Automation.PSCredential(LabCluster.Auditor, new System.Net.NetworkCredential("", _lab.Password).SecurePassword));
        _session.Set("port", _lab.Port);
        _session.Set("roots", _lab.RootCertificates);
    }

    public async Task DisposeAsync()
    {
        _folder.Dispose();
        await _lab.DisposeAsync();
    }

    [PostgresFact]
    public void A_server_outside_azure_is_audited_and_nothing_of_azure_is_asked_of_it()
    {
        IReadOnlyList<Finding> findings = _session.RunClean<Finding>("Get-PgSecurityFinding -Server 127.0.0.1 -Port $port -Credential $login -RootCertificate $roots -IncludeNotApplicable");

        Assert.Contains(findings, finding => finding is { ControlId: "ACC-110", Outcome: Outcome.Fail } && finding.Observed.Contains("app_dirty", System.StringComparison.Ordinal));
        Assert.All(findings.Where(finding => finding.ControlId is "NET-001" or "IDN-001"), finding => Assert.Equal(Outcome.NotApplicable, finding.Outcome));
        Assert.All(findings, finding => Assert.Equal($"/providers/PgSecurity/hosts/127.0.0.1:{_lab.Port}", finding.ResourceId));
        Assert.DoesNotContain(_lab.Password, JsonSerializer.Serialize(findings));
    }

    [PostgresFact]
    public void Only_the_databases_that_were_named_are_looked_into()
    {
        IReadOnlyList<Finding> findings = _session.RunClean<Finding>("Get-PgSecurityFinding -Server 127.0.0.1 -Port $port -Credential $login -RootCertificate $roots -Database app_clean -Control ACC-110, ACC-113 -IncludePassed");

        Assert.Equal(["ACC-110", "ACC-113"], findings.Select(finding => finding.ControlId));
        Assert.All(findings, finding => Assert.Equal(Outcome.Pass, finding.Outcome));
    }

    [PostgresFact]
    public void A_server_that_is_not_trusted_makes_unknown_findings_and_no_pass()
    {
        IReadOnlyList<Finding> findings = _session.RunClean<Finding>("Get-PgSecurityFinding -Server 127.0.0.1 -Port $port -Credential $login -Section AccessControl -IncludePassed");

        Assert.NotEmpty(findings);
        Assert.All(findings, finding => Assert.Equal(Outcome.Unknown, finding.Outcome));
        Assert.All(findings, finding => Assert.Contains("not trusted", finding.Reason));
        Assert.Contains("No database was looked into", Assert.Single(_session.Warnings), System.StringComparison.Ordinal);
    }

    [PostgresFact]
    public void Wanted_grants_are_compared_both_ways()
    {
        _folder.Write("grants.json", """
            [ { "database": "app_clean", "kind": "relation", "object": "app.orders", "grantee": "app_rw", "privilege": "SELECT" },
              { "database": "app_clean", "kind": "relation", "object": "app.orders", "grantee": "app_rw", "privilege": "DELETE" } ]
            """);

        Finding finding = Assert.Single(_session.RunClean<Finding>("Get-PgSecurityFinding -Server 127.0.0.1 -Port $port -Credential $login -RootCertificate $roots -Database app_clean -Control ACC-134 -WantedGrants grants.json"));

        string evidence = string.Join('\n', finding.Evidence.Select(piece => piece.ResourceId));
        Assert.Equal(Outcome.Fail, finding.Outcome);
        Assert.Contains("relation.app.orders.app_rw.DELETE.missing", evidence);
        Assert.Contains("relation.app.orders.app_rw.INSERT", evidence);
        Assert.DoesNotContain("relation.app.orders.app_rw.SELECT", evidence);
    }

    [PostgresFact]
    public void A_posture_without_databases_has_no_findings_on_them_unless_they_are_named()
    {
        Assert.DoesNotContain(_session.RunClean<Finding>("Get-PgSecurityFinding -Sample"), finding => finding.ControlId == "ACC-110");
        Assert.All(_session.RunClean<Finding>("Get-PgSecurityFinding -Sample -Control ACC-110"), finding => Assert.NotEqual(Outcome.Pass, finding.Outcome));
    }

    [PostgresFact]
    public void Databases_without_a_login_end_the_command_with_advice()
    {
        _session.Run("Get-PgSecurityFinding -Sample -IncludeDatabase");

        Assert.StartsWith("CredentialMissing", Assert.Single(_session.Errors).FullyQualifiedErrorId);
    }
}
