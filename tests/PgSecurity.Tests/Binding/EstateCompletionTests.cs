using System;
using System.Linq;
using System.Management.Automation;
using PgSecurity.Sandbox;
using PgSecurity.Sandbox.Faults;
using PgSecurity.Sandbox.Fronts;
using Xunit;

namespace PgSecurity.Tests.Binding;

/// <summary>Names of the estate that is connected, while somebody types.</summary>
public sealed class EstateCompletionTests : IDisposable
{
    private readonly ModuleSession _session = new();

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("Get-PgServer psql-led", "psql-ledger-prod", "psql-ledger-prod-ne", "psql-ledger-test")]
    [InlineData("Get-PgSecurityFinding -ServerName psql-led", "psql-ledger-prod", "psql-ledger-prod-ne", "psql-ledger-test")]
    [InlineData("Get-PgSecurityFinding -ServerName wingtip-leg", "wingtip-legacy")]
    [InlineData("Export-PgSecuritySnapshot out.ndjson -ServerName psql-card", "psql-cards-prod", "psql-cards-test")]
    [InlineData("Get-PgServer -ResourceGroupName rg-pay", "rg-payments-prod", "rg-payments-test")]
    [InlineData("Get-PgServer -Subscription 'Sandbox 2f", "'Sandbox 2f1c9d3e'")]
    [InlineData("Get-PgServer -Subscription 2f1c", "2f1c9d3e-5b7a-4c68-9e0d-7a1b3c5d7e9f")]
    [InlineData("Get-PgSecurityFinding -Subscription sand", "'Sandbox 2f1c9d3e'", "'Sandbox 5a7c9e1b'", "'Sandbox 7c5e3a19'", "'Sandbox 8d4b2a6c'", "'Sandbox e1f3a5c7'")]
    [InlineData("Connect-PgSecurity -AzureCli -Subscription 'Sandbox 5a", "'Sandbox 5a7c9e1b'")]
    public void Tab_offers_what_the_connection_sees(string typed, params string[] expected)
    {
        _session.RunClean<SecurityContext>("Connect-PgSecurity -Sandbox");
        Assert.Equal(expected, Complete(typed));
    }

    [Fact]
    public void A_server_says_where_it_is()
    {
        _session.RunClean<SecurityContext>("Connect-PgSecurity -Sandbox");
        using PowerShell pipeline = _session.NewPipeline("");
        CompletionResult result = CommandCompletion.CompleteInput("Get-PgServer psql-kyc", 21, null, pipeline).CompletionMatches.Single();
        Assert.EndsWith("/resourceGroups/rg-payments-prod/providers/Microsoft.DBforPostgreSQL/flexibleServers/psql-kyc-prod", result.ToolTip, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_are_asked_for_once_and_not_at_every_key()
    {
        using SandboxHttpServer server = Connect(SandboxArm.Load(Repository.At("module", "Samples", "contoso.ndjson")));
        Assert.NotEmpty(Complete("Get-PgServer psql-"));
        int asked = server.Arm.Requests.Total;
        Assert.InRange(asked, 1, 2);
        foreach (string typed in new[] { "Get-PgServer psql-l", "Get-PgServer -Subscription ", "Get-PgServer -ResourceGroupName " }) Assert.NotEmpty(Complete(typed));
        Assert.Equal(asked, server.Arm.Requests.Total);
    }

    [Fact]
    public void An_Azure_that_does_not_answer_holds_nobody_up()
    {
        SandboxArm arm = SandboxArm.Load(Repository.At("module", "Samples", "contoso.ndjson"));
        arm.Faults.Add(new FaultRule { Kind = FaultKind.Delay, Delay = TimeSpan.FromHours(1) });
        using SandboxHttpServer server = Connect(arm);
        Assert.DoesNotContain(Complete("Get-PgServer psql-led"), text => text.StartsWith("psql-", StringComparison.Ordinal));
    }

    [Fact]
    public void Nobody_is_connected_by_typing()
    {
        Assert.DoesNotContain(Complete("Get-PgServer psql-led"), text => text.StartsWith("psql-", StringComparison.Ordinal));
        Assert.Empty(_session.RunClean<SecurityContext>("Get-PgSecurityContext"));
    }

    private SandboxHttpServer Connect(SandboxArm arm)
    {
        SandboxHttpServer server = SandboxHttpServer.Start(arm);
        _session.ConnectTo(server.Address);
        return server;
    }

    private string[] Complete(string typed)
    {
        using PowerShell pipeline = _session.NewPipeline("");
        return CommandCompletion.CompleteInput(typed, typed.Length, null, pipeline).CompletionMatches.Select(match => match.CompletionText).ToArray();
    }
}
