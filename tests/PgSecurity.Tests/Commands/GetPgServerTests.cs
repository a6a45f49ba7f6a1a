using System;
using System.Linq;
using System.Management.Automation;
using Xunit;

namespace PgSecurity.Tests.Commands;

public sealed class GetPgServerTests : IClassFixture<ModuleSession>
{
    private const string Id = "/subscriptions/2f1c9d3e-5b7a-4c68-9e0d-7a1b3c5d7e9f/resourceGroups/rg-payments-prod/providers/Microsoft.DBforPostgreSQL/flexibleServers/psql-ledger-prod";
    private readonly ModuleSession _session;

    public GetPgServerTests(ModuleSession session)
    {
        _session = session;
        _session.Run("$null = Connect-PgSecurity -Sandbox");
    }

    [Theory]
    [InlineData("", 42)]
    [InlineData("psql-ledger-p*", 2)]
    [InlineData("-ResourceGroupName RG-PAYMENTS-TEST", 2)]
    [InlineData("-Subscription 'Sandbox e1f3a5c7'", 8)]
    [InlineData("-Tag @{ owner = 'payments@*' } -ServerName *prod-ne", 1)]
    [InlineData("-Filter \"properties.version == '17' and name startswith 'psql-ledger'\" -ServerName psql-ledger-prod", 1)]
    public void A_scope_chooses(string arguments, int count) =>
        Assert.Equal(count, _session.RunClean<PgServer>("Get-PgServer " + arguments).Count);

    [Fact]
    public void The_root_management_group_is_the_tenant() =>
        Assert.Equal(42, _session.RunClean<PgServer>("Get-PgServer -ManagementGroup (Get-PgSecurityContext).TenantId").Count);

    [Fact]
    public void A_management_group_that_is_not_there_is_one_error_that_names_it()
    {
        Assert.Empty(_session.Run("Get-PgServer -ManagementGroup 'Tenant Root Group'"));
        ErrorRecord error = Assert.Single(_session.Errors);
        Assert.Equal("Tenant Root Group", error.TargetObject);
        Assert.Contains("ManagementGroupsContainInvalidIds", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_subscription_that_is_not_there_is_one_error_and_the_others_are_listed()
    {
        Assert.Equal(8, _session.Run("Get-PgServer -Subscription 'nobody', 'Sandbox e1f3a5c7'").Count);
        Assert.Equal("nobody", Assert.Single(_session.Errors).TargetObject);
    }

    [Theory]
    [InlineData("Get-PgServer nosuch, psql-kyc-prod", 1)]
    [InlineData("Get-PgServer -ResourceGroupName nosuch, rg-payments-test", 2)]
    [InlineData("Get-PgSecurityFinding -ServerName nosuch", 0)]
    [InlineData("Measure-PgSecurity -ServerName nosuch", 0)]
    public void A_name_without_a_server_is_one_error(string script, int count)
    {
        Assert.Equal(count, _session.Run(script).Count);
        ErrorRecord error = Assert.Single(_session.Errors);
        Assert.Equal(("nosuch", ErrorCategory.ObjectNotFound), (error.TargetObject, error.CategoryInfo.Category));
    }

    [Fact]
    public void A_pattern_without_a_server_is_silence_and_for_an_audit_a_warning()
    {
        Assert.Empty(_session.RunClean<PgServer>("Get-PgServer nosuch*"));
        Assert.Empty(_session.Warnings);
        Assert.Empty(_session.RunClean<Finding>("Get-PgSecurityFinding -ServerName nosuch*"));
        Assert.Contains("No server was found", Assert.Single(_session.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_filter_that_is_none_is_one_error_with_advice()
    {
        Assert.Empty(_session.Run("Get-PgServer -Filter 'nonsense ==='"));
        ErrorRecord error = Assert.Single(_session.Errors);
        Assert.Equal("nonsense ===", error.TargetObject);
        Assert.Contains("-Filter", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void An_id_in_capitals_is_the_server_in_its_own_spelling() =>
        Assert.Equal(Id, _session.RunClean<PgServer>($"'{Id.ToUpperInvariant()}' | Get-PgServer").Single().ResourceId);

    [Fact]
    public void A_stopped_server_is_no_error()
    {
        Assert.NotEmpty(_session.RunClean<Finding>("Get-PgSecurityFinding -ServerName wingtip-build -IncludePassed"));
        Assert.Contains(
            "the server is stopped",
            _session.RunClean<Finding>("Get-PgSecurityFinding -ServerName wingtip-build -Control LOG-006").Single().Reason,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Retired_single_servers_are_told_of() =>
        Assert.Equal("wingtip-legacy", Assert.Single(_session.RunClean<PgServer>("Get-PgServer"), server => server.IsSingleServer).ServerName);

    [Theory]
    [InlineData("'" + Id + "'")]
    [InlineData("[pscustomobject]@{ Id = '" + Id + "'; Name = 'psql-ledger-prod'; ResourceGroupName = 'x'; AuthConfigPasswordAuth = 'Enabled' }")]
    [InlineData("[pscustomobject]@{ ResourceId = '" + Id + "'; Id = '" + Id + "'; ResourceType = 'Microsoft.DBforPostgreSQL/flexibleServers'; SubscriptionId = $null }")]
    [InlineData("[pscustomobject]@{ id = '" + Id + "'; resourceGroup = 'x'; ResourceId = '" + Id + "' }")]
    [InlineData("[pscustomobject]@{ Data = @([pscustomobject]@{ id = '" + Id + "' }); SkipToken = $null }")]
    [InlineData("@{ id = '" + Id + "' }")]
    public void Whatever_names_a_server_by_id_is_taken(string item) =>
        Assert.Equal(Id, _session.RunClean<PgServer>(item + " | Get-PgServer").Single().ResourceId);

    [Fact]
    public void Text_that_is_no_id_is_one_error_and_the_rest_is_listed()
    {
        Assert.Single(_session.Run($"'nonsense', '{Id}' | Get-PgServer"));
        Assert.StartsWith("NotAServerId,", Assert.Single(_session.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_that_is_not_there_is_one_error()
    {
        Assert.Single(_session.Run($"Get-PgServer -ResourceId '{Id}x', '{Id}'"));
        ErrorRecord error = Assert.Single(_session.Errors);
        Assert.StartsWith("ServerNotFound,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(ErrorCategory.ObjectNotFound, error.CategoryInfo.Category);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
    }

    [Fact]
    public void A_subscription_that_is_not_there_is_one_error()
    {
        Assert.Empty(_session.Run("Get-PgServer -Subscription nowhere"));
        Assert.StartsWith("ScopeNotFound,", Assert.Single(_session.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }
}
