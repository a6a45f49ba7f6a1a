using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using Xunit;

namespace PgSecurity.Tests.Pipeline;

public sealed class LiveAuditTests : IClassFixture<ModuleSession>
{
    private const string Id = "/subscriptions/2f1c9d3e-5b7a-4c68-9e0d-7a1b3c5d7e9f/resourceGroups/rg-payments-prod/providers/Microsoft.DBforPostgreSQL/flexibleServers/psql-payout-prod";
    private const string All = " -IncludePassed -IncludeNotApplicable -ErrorAction SilentlyContinue";
    private readonly ModuleSession _session;

    public LiveAuditTests(ModuleSession session)
    {
        _session = session;
        _session.Run("$null = Connect-PgSecurity -Sandbox");
    }

    [Fact]
    public void The_sandbox_gives_the_findings_of_its_snapshot() => Assert.Equal(
        Outcomes("Get-PgSecurityFinding -Sample" + All).OrderBy(finding => finding.Key, StringComparer.Ordinal),
        Outcomes("Get-PgSecurityFinding" + All).OrderBy(finding => finding.Key, StringComparer.Ordinal));

    [Theory]
    [InlineData("Get-PgSecurityFinding -ResourceId '" + Id + "'")]
    [InlineData("'" + Id + "' | Get-PgSecurityFinding")]
    [InlineData("Get-PgServer psql-payout-prod | Get-PgSecurityFinding")]
    [InlineData("Get-PgSecurityFinding -ServerName psql-payout-prod -Control NET-* -IncludePassed | Get-PgSecurityFinding")]
    [InlineData("[pscustomobject]@{ Id = '" + Id + "'; Name = 'psql-payout-prod'; Version = '11'; NetworkPublicNetworkAccess = 'Enabled' } | Get-PgSecurityFinding")]
    [InlineData("[pscustomobject]@{ Data = @([pscustomobject]@{ id = '" + Id + "'; ResourceId = '" + Id + "' }); SkipToken = '' } | Get-PgSecurityFinding")]
    [InlineData("[pscustomobject]@{ ResourceId = '" + Id + "'; ControlId = 'NET-001'; Outcome = 'Fail'; Severity = 'High' } | Get-PgSecurityFinding")]
    public void Whatever_names_a_server_is_read_anew(string script) =>
        Assert.Equal(
            Outcomes("Get-PgSecurityFinding -ServerName psql-payout-prod" + All).OrderBy(finding => finding.Key, StringComparer.Ordinal),
            Outcomes(script + All).OrderBy(finding => finding.Key, StringComparer.Ordinal));

    [Fact]
    public void Ids_in_a_text_file_are_read_anew()
    {
        using TemporaryFolder folder = new();
        string file = Path.Combine(folder.FullPath, "ids.txt");
        File.WriteAllLines(file, [Id, Id.ToUpperInvariant()]);
        Assert.Single(_session.RunClean<SecurityScore>($"[IO.File]::ReadAllLines('{file}') | Get-PgSecurityFinding -Control NET-* -Summary"));
    }

    [Fact]
    public void A_broken_server_is_one_error_and_the_others_are_judged()
    {
        IReadOnlyList<PSObject> scores = _session.Run($"Get-PgSecurityFinding -ResourceId '{Id}', '{Id}x' -Control NET-* -Summary");
        Assert.Single(scores);
        ErrorRecord error = Assert.Single(_session.Errors);
        Assert.StartsWith("ServerNotFound,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(Id + "x", error.TargetObject);
    }

    [Fact]
    public void Without_a_connection_an_id_leads_to_one_error_that_lists_what_was_tried()
    {
        if (Credentials.MayBeThere) return;
        using ModuleSession fresh = new();
        Assert.Empty(fresh.Run($"'{Id}' | Get-PgSecurityFinding"));
        Assert.StartsWith("NotConnected,", Assert.Single(fresh.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_connection_an_object_is_evidence_itself()
    {
        using ModuleSession fresh = new();
        IReadOnlyList<PSObject> findings = fresh.Run($"[pscustomobject]@{{ id = '{Id}'; type = 'Microsoft.DBforPostgreSQL/flexibleServers'; name = 'psql-payout-prod'; properties = [pscustomobject]@{{ network = [pscustomobject]@{{ publicNetworkAccess = 'Enabled' }} }} }} | Get-PgSecurityFinding -Control NET-001");
        Assert.Equal(Outcome.Fail, ((Finding)Assert.Single(findings).BaseObject).Outcome);
        Assert.Empty(fresh.Errors);
    }

    [Fact]
    public void A_run_that_is_stopped_ends_at_once()
    {
        using PowerShell pipeline = _session.NewPipeline("1..1000 | ForEach-Object { Get-PgSecurityFinding }");
        IAsyncResult running = pipeline.BeginInvoke();
        SpinWait.SpinUntil(() => pipeline.InvocationStateInfo.State == PSInvocationState.Running, TimeSpan.FromSeconds(10));
        pipeline.Stop();
        Assert.Equal(PSInvocationState.Stopped, pipeline.InvocationStateInfo.State);
        Assert.True(running.IsCompleted);
    }

    private Dictionary<string, Outcome> Outcomes(string script) =>
        _session.Run(script).Select(item => (Finding)item.BaseObject).ToDictionary(finding => finding.ServerName + " " + finding.ControlId, finding => finding.Outcome);
}
