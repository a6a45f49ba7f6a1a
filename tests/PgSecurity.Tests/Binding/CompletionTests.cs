using System;
using System.Linq;
using System.Management.Automation;
using Xunit;

namespace PgSecurity.Tests.Binding;

public sealed class CompletionTests(ModuleSession session) : IClassFixture<ModuleSession>
{
    private readonly ModuleSession _session = session;

    [Theory]
    [InlineData("Get-PgSecurityFinding -Control LOG-0", "LOG-001")]
    [InlineData("Get-PgSecurityFinding -Control log-0", "LOG-001")]
    [InlineData("Get-PgSecurityControl LOG-0", "LOG-001")]
    [InlineData("Measure-PgSecurity -Section Lo", "Logging")]
    [InlineData("Get-PgSecurityFinding -Profile stri", "strict")]
    [InlineData("Get-PgSecurityFinding -Severity Cri", "Critical")]
    [InlineData("Measure-PgSecurity -By Serv", "Server")]
    [InlineData("Get-PgSecurityFinding -Benchmark CIS", "'CIS Azure Database Services 2.0.0'")]
    [InlineData("Get-PgSecurityFinding -Benchmark 'CIS Azure Data", "'CIS Azure Database Services 2.0.0'")]
    [InlineData("Get-PgSecurityFinding -Inc", "-IncludePassed")]
    public void Tab_completes(string typed, string expected)
    {
        using PowerShell pipeline = _session.NewPipeline("");
        Assert.Contains(expected, CommandCompletion.CompleteInput(typed, typed.Length, null, pipeline).CompletionMatches.Select(match => match.CompletionText));
    }

    [Fact]
    public void A_control_says_its_title_while_it_is_chosen()
    {
        using PowerShell pipeline = _session.NewPipeline("");
        CompletionResult result = CommandCompletion.CompleteInput("Get-PgSecurityControl LOG-001", 29, null, pipeline).CompletionMatches.Single();
        Assert.True(result.ToolTip.Length > result.CompletionText.Length);
    }
}
