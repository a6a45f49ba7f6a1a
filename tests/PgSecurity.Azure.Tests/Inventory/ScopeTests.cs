using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using PgSecurity.Azure.Arm;
using PgSecurity.Azure.Credentials;
using PgSecurity.Azure.Inventory;
using PgSecurity.Core.Findings;
using PgSecurity.Sandbox;
using PgSecurity.Sandbox.Faults;
using Xunit;

namespace PgSecurity.Azure.Tests.Inventory;

/// <summary>Which servers a scope means, and that nothing found is never silence.</summary>
public sealed class ScopeTests
{
    private const string Payments = "2f1c9d3e-5b7a-4c68-9e0d-7a1b3c5d7e9f";
    private const string Retail = "8d4b2a6c-1e3f-4709-b5c8-d9e0f1a2b3c4";
    private static readonly Evaluator OneControl = SampleEstate.Evaluator("NET-001");

    [Theory]
    [InlineData("payments", "", "", 10)]
    [InlineData("corp", "", "", 24)]
    [InlineData("payments,corp", "", "", 24)]
    [InlineData("PAYMENTS", "", "psql-ledger-*", 3)]
    [InlineData("corp", Payments, "", 10)]
    [InlineData("corp", "Sandbox 2f1c9d3e", "", 10)]
    [InlineData("payments", Retail, "", 0)]
    public async Task A_management_group_means_the_servers_below_it(string groups, string subscription, string name, int count)
    {
        SampleEstate.Collection found = await FindAsync(Arm(), new ServerScope
        {
            ManagementGroups = groups.Split(','),
            Subscriptions = subscription.Length == 0 ? [] : [subscription],
            Names = name.Length == 0 ? [] : [name],
        });

        Assert.Empty(found.Failed);
        Assert.Equal(count, found.Servers.Count);
        Assert.All(found.Servers, server => Assert.Contains(server.Id.SubscriptionId, new[] { Payments, Retail }));
    }

    [Fact]
    public async Task The_root_group_is_the_whole_tenant()
    {
        SandboxArm arm = Arm();
        SampleEstate.Collection found = await FindAsync(arm, new ServerScope { ManagementGroups = [arm.Options.TenantId] });
        Assert.Equal(SampleEstate.Postures.Count, found.Servers.Count);
    }

    [Fact]
    public async Task A_filter_and_a_management_group_hold_both()
    {
        SampleEstate.Collection found = await FindAsync(Arm(), new ServerScope { ManagementGroups = ["corp"], Filter = "properties.version == '13'" });
        Assert.Equal("psql-loyalty-prod", Assert.Single(found.Servers).Id.Name);
    }

    [Fact]
    public async Task A_management_group_that_is_not_there_is_told_in_the_services_words()
    {
        SampleEstate.Collection found = await FindAsync(Arm(), new ServerScope { ManagementGroups = ["Tenant Root Group"] });

        Assert.Empty(found.Servers);
        KeyValuePair<string, ArmFault> failed = Assert.Single(found.Failed);
        Assert.Equal("Tenant Root Group", failed.Key);
        Assert.Equal("ManagementGroupsContainInvalidIds", failed.Value.Code);
        Assert.Contains("must be valid", failed.Value.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_management_group_without_a_subscription_is_told_of()
    {
        SampleEstate.Collection found = await FindAsync(Arm(), new ServerScope { ManagementGroups = ["empty"] });
        Assert.Equal("empty", Assert.Single(found.Failed).Key);
    }

    [Fact]
    public async Task An_identity_that_sees_no_subscription_is_told_so()
    {
        SampleEstate.Collection found = await FindAsync(new SandboxArm(), new ServerScope());
        Assert.Contains("sees no subscription", Assert.Single(found.Failed).Value.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_subscription_that_may_not_be_read_is_told_of_and_the_others_are_listed()
    {
        SandboxArm arm = Arm();
        arm.Faults.Add(new FaultRule { Kind = FaultKind.Forbidden, Path = $"/subscriptions/{Retail}/providers/Microsoft.DBforPostgreSQL/flexibleServers" });

        SampleEstate.Collection found = await FindAsync(arm, new ServerScope { ManagementGroups = ["corp"] });

        Assert.Equal("/subscriptions/" + Retail, Assert.Single(found.Failed).Key);
        Assert.Equal(10, found.Servers.Count);
    }

    [Fact]
    public async Task A_server_of_another_tenant_is_not_judged_by_the_policies_of_ones_own()
    {
        SandboxArm arm = Arm();
        Evaluator evaluator = SampleEstate.Evaluator("IDN-015", "ACC-*", "IDN-006");
        ServerScope scope = new() { Names = ["psql-ledger-prod"] };
        Dictionary<string, Finding> own = await JudgeAsync(arm, evaluator, scope, arm.Options.TenantId);
        Dictionary<string, Finding> other = await JudgeAsync(arm, evaluator, scope, "11111111-2222-4333-8444-555555555555");

        Assert.Equal(Outcome.Pass, own["IDN-015"].Outcome);
        Assert.Equal(Outcome.Unknown, other["IDN-015"].Outcome);
        Assert.Contains("belongs to the tenant", other["IDN-015"].Reason, StringComparison.Ordinal);
        Assert.All(other.Values, finding => Assert.True(finding.Outcome == own[finding.ControlId].Outcome || finding.Outcome == Outcome.Unknown, finding.ControlId));
    }

    private static async Task<Dictionary<string, Finding>> JudgeAsync(SandboxArm arm, Evaluator evaluator, ServerScope scope, string tenant)
    {
        AzureSession session = SampleEstate.Session(arm);
        AzureSession inTenant = new(session.Arm, session.Graph, session.Cloud, session.Source) { IsSandbox = true, TenantId = tenant };
        CollectedServer server = Assert.Single((await SampleEstate.CollectAsync(inTenant, evaluator, scope)).Servers);
        return evaluator.Evaluate(server.Posture!).ToDictionary(finding => finding.ControlId);
    }

    private static SandboxArm Arm()
    {
        SandboxOptions options = new();
        options.ManagementGroups["payments"] = [Payments];
        options.ManagementGroups["corp"] = [Payments, Retail];
        options.ManagementGroups["empty"] = [];
        return SandboxArm.Load(SampleEstate.Snapshot, options);
    }

    private static Task<SampleEstate.Collection> FindAsync(SandboxArm arm, ServerScope scope) =>
        SampleEstate.CollectAsync(SampleEstate.Session(arm), OneControl, scope);
}
