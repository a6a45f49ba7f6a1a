using System;
using System.IO;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Sandbox;
using PgSecurity.Sandbox.Faults;
using PgSecurity.Sandbox.Fronts;
using Xunit;

namespace PgSecurity.Tests.Pipeline;

/// <summary>Ctrl+C in the middle of a request that would take an hour.</summary>
public sealed class StopTests : IDisposable
{
    private const string Server = "/subscriptions/2f1c9d3e-5b7a-4c68-9e0d-7a1b3c5d7e9f/resourceGroups/rg-payments-prod/providers/Microsoft.DBforPostgreSQL/flexibleServers/psql-payout-prod";

    // Long enough for any machine, and nothing beside the hour.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly TemporaryFolder _folder = new();
    private readonly SandboxArm _arm = SandboxArm.Load(Repository.At("module", "Samples", "contoso.ndjson"));
    private readonly SandboxHttpServer _server;
    private readonly ModuleSession _session = new();

    public StopTests()
    {
        _server = SandboxHttpServer.Start(_arm);
        _session.Go(_folder.FullPath);
        _session.ConnectTo(_server.Address);
    }

    public void Dispose()
    {
        _session.Dispose();
        _server.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("Get-PgServer", "*")]
    [InlineData("Get-PgSecurityFinding", "/subscriptions")]
    [InlineData("Get-PgSecurityFinding", "*/firewallRules")]
    [InlineData("Get-PgSecurityFinding -Summary", "*/Microsoft.ResourceGraph/resources")]
    [InlineData("Measure-PgSecurity", "*/configurations")]
    [InlineData("Export-PgSecuritySnapshot out.ndjson", "*/backups")]
    [InlineData("Test-PgSecurityPermission", "*/permissions")]
    [InlineData("'" + Server + "' | Set-PgTlsMinimum -MinimumVersion TLSv1.3 -Confirm:$false", "*/configurations*")]
    [InlineData("Get-PgSecurityFinding -ResourceId " + Server + " -Control LOG-013 | Repair-PgSecurityFinding -Confirm:$false", "*/flexibleServers/psql-payout-prod")]
    public async Task A_pipeline_ends_although_its_request_does_not(string script, string slow)
    {
        _arm.Faults.Add(new FaultRule { Kind = FaultKind.Delay, Delay = TimeSpan.FromHours(1), Path = slow });
        using PowerShell pipeline = _session.NewPipeline(script);
        IAsyncResult running = pipeline.BeginInvoke();
        Assert.True(SpinWait.SpinUntil(() => _arm.Faults.Strikes > 0 || running.IsCompleted, Patience));
        Assert.False(running.IsCompleted, "the slow request was never made");

        await Task.Factory.FromAsync(pipeline.BeginStop(null, null), pipeline.EndStop).WaitAsync(Patience);

        Assert.Equal(PSInvocationState.Stopped, pipeline.InvocationStateInfo.State);
    }

    [Fact]
    public async Task A_stopped_snapshot_leaves_no_file_that_looks_whole()
    {
        _arm.Faults.Add(new FaultRule { Kind = FaultKind.Delay, Delay = TimeSpan.FromHours(1), Path = "*/flexibleServers/wingtip-*/backups" });
        using PowerShell pipeline = _session.NewPipeline("Export-PgSecuritySnapshot out.ndjson");
        pipeline.BeginInvoke();
        Assert.True(SpinWait.SpinUntil(() => _arm.Faults.Strikes > 0, Patience));

        await Task.Factory.FromAsync(pipeline.BeginStop(null, null), pipeline.EndStop).WaitAsync(Patience);

        Assert.Empty(Directory.EnumerateFiles(_folder.FullPath));
    }

    [Fact]
    public void The_runspace_works_on_after_it()
    {
        _arm.Faults.Add(new FaultRule { Kind = FaultKind.Delay, Delay = TimeSpan.FromHours(1), Times = 1 });
        using (PowerShell pipeline = _session.NewPipeline("Get-PgServer"))
        {
            pipeline.BeginInvoke();
            Assert.True(SpinWait.SpinUntil(() => _arm.Faults.Strikes > 0, Patience));
            pipeline.Stop();
        }

        Assert.NotEmpty(_session.RunClean<PgServer>("Get-PgServer psql-ledger-*"));
    }
}
