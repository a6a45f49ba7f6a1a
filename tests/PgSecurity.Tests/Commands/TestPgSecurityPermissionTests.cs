using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace PgSecurity.Tests.Commands;

public sealed class TestPgSecurityPermissionTests : IClassFixture<ModuleSession>
{
    private const string Subscription = "2f1c9d3e-5b7a-4c68-9e0d-7a1b3c5d7e9f";
    private readonly ModuleSession _session;

    public TestPgSecurityPermissionTests(ModuleSession session)
    {
        _session = session;
        _session.Run("$null = Connect-PgSecurity -Sandbox");
    }

    [Fact]
    public void Each_action_comes_with_the_controls_that_need_it()
    {
        IReadOnlyList<PermissionCheck> checks = _session.RunClean<PermissionCheck>($"Test-PgSecurityPermission -Control LOG-006, NET-001 -Scope {Subscription}");
        PermissionCheck parameters = checks.Single(check => check.Action == "Microsoft.DBforPostgreSQL/flexibleServers/configurations/read");
        Assert.Equal(["LOG-006"], parameters.Controls);
        Assert.True(parameters.IsAllowed);
        Assert.Equal("/subscriptions/" + Subscription, parameters.Scope);
    }

    [Fact]
    public void What_Azure_does_not_list_is_neither_allowed_nor_refused()
    {
        PermissionCheck graph = _session.RunClean<PermissionCheck>($"Test-PgSecurityPermission -Control IDN-015 -Scope {Subscription}")
            .Single(check => check.Action.StartsWith("Microsoft Graph", StringComparison.Ordinal));
        Assert.Null(graph.IsAllowed);
        Assert.NotEmpty(graph.Reason);
    }

    [Theory]
    [InlineData("NET-001", "Microsoft.DBforPostgreSQL/flexibleServers/write")]
    [InlineData("LOG-006", "Microsoft.DBforPostgreSQL/flexibleServers/configurations/write, Microsoft.DBforPostgreSQL/flexibleServers/restart/action")]
    [InlineData("NET-006", "Microsoft.DBforPostgreSQL/flexibleServers/firewallRules/delete, Microsoft.DBforPostgreSQL/flexibleServers/firewallRules/write")]
    [InlineData("IDN-015", "")]
    public void Repair_adds_what_the_changes_of_these_controls_need_and_no_more(string control, string actions) =>
        Assert.Equal(
            actions,
            string.Join(", ", _session.RunClean<PermissionCheck>($"Test-PgSecurityPermission -Control {control} -Repair -Scope {Subscription}")
                .Where(check => !check.Action.EndsWith("read", StringComparison.OrdinalIgnoreCase) && !check.Action.EndsWith("All", StringComparison.Ordinal))
                .Select(check => $"{check.Action}")));

    [Fact]
    public void A_subscription_is_named_by_its_display_name_and_a_server_comes_through_the_pipeline()
    {
        Assert.Equal(
            ["/subscriptions/" + Subscription],
            _session.RunClean<PermissionCheck>("Test-PgSecurityPermission 'Sandbox 2f1c9d3e' -Control NET-001").Select(check => check.Scope).Distinct());
        string[] piped = _session.RunClean<PermissionCheck>("Get-PgServer psql-ledger-prod, psql-kyc-prod | Test-PgSecurityPermission -Control NET-001").Select(check => check.Scope).Distinct().ToArray();
        Assert.Equal(2, piped.Length);
        Assert.All(piped, scope => Assert.Contains("/flexibleServers/psql-", scope, StringComparison.Ordinal));
    }

    [Fact]
    public void A_subscription_that_is_not_there_is_one_error()
    {
        Assert.Single(_session.Run("Test-PgSecurityPermission 'nobody', 'Sandbox 2f1c9d3e' -Control NET-001").Select(check => ((PermissionCheck)check.BaseObject).Scope).Distinct());
        Assert.Equal("nobody", Assert.Single(_session.Errors).TargetObject);
    }

    [Fact]
    public void Without_a_scope_every_subscription_is_looked_at() =>
        Assert.Equal(5, _session.RunClean<PermissionCheck>("Test-PgSecurityPermission -Control NET-001").Select(check => check.Scope).Distinct().Count());
}
