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

    [Fact]
    public void Repair_adds_what_changes_need() =>
        Assert.Contains(
            "Microsoft.DBforPostgreSQL/flexibleServers/write",
            _session.RunClean<PermissionCheck>($"Test-PgSecurityPermission -Control NET-001 -Repair -Scope {Subscription}").Select(check => check.Action));

    [Fact]
    public void Without_a_scope_every_subscription_is_looked_at() =>
        Assert.Equal(5, _session.RunClean<PermissionCheck>("Test-PgSecurityPermission -Control NET-001").Select(check => check.Scope).Distinct().Count());
}
