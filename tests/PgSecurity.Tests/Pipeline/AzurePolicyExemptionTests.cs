using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using PgSecurity.Sandbox;
using PgSecurity.Sandbox.Faults;
using PgSecurity.Sandbox.Fronts;
using Xunit;

namespace PgSecurity.Tests.Pipeline;

/// <summary>Exemptions that were made in Azure Policy are read from there and set our controls aside.</summary>
public sealed class AzurePolicyExemptionTests : IDisposable
{
    private const string Id = "2f1c9d3e-5b7a-4c68-9e0d-7a1b3c5d7e9f";
    private const string Subscription = "/subscriptions/" + Id;
    private const string Group = Subscription + "/resourceGroups/rg-payments-prod";
    private const string ManagementGroup = "/providers/Microsoft.Management/managementGroups/contoso";
    private const string PublicAccess = "/providers/Microsoft.Authorization/policyDefinitions/5e1de0e3-42cb-4ebc-a86d-61d0c619ca48";
    private const string Initiative = "/providers/Microsoft.Authorization/policySetDefinitions/guardrails";

    private readonly ModuleSession _session = new();
    private readonly TemporaryFolder _folder;
    private readonly SandboxHttpServer _azure;

    public AzurePolicyExemptionTests()
    {
        _folder = TemporaryFolder.CurrentOf(_session);
        _azure = SandboxHttpServer.Start(SandboxArm.Load(Repository.At("module", "Samples", "contoso.ndjson")));
        _session.ConnectTo(_azure.Address);
    }

    public void Dispose()
    {
        _azure.Dispose();
        _folder.Dispose();
        _session.Dispose();
    }

    [Fact]
    public void One_of_a_resource_group_sets_the_controls_aside_that_correspond()
    {
        Assign("pg", PublicAccess);
        Exempt(Group, "partner", Subscription + "/providers/Microsoft.Authorization/policyAssignments/pg");
        Exemption exemption = Assert.Single(Read($"-Subscription {Id}"));
        Assert.Equal((Group, "me@contoso.com"), (exemption.Scope, exemption.Owner));
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), exemption.CreatedOn);
        Assert.Contains("NET-001", exemption.Controls);
        Assert.Equal(0, _azure.Arm.Requests.Writes);
        Finding finding = _session.RunClean<Finding>("Get-PgSecurityFinding -ServerName psql-cards-prod -Control NET-001 -Exemption azure.json -IncludePassed").Single();
        Assert.NotEqual(Outcome.Fail, finding.Outcome);
    }

    [Fact]
    public void Of_an_initiative_only_the_references_that_are_exempt_are_set_aside()
    {
        _azure.Arm.Add(Resource(Initiative, """
            { "policyDefinitions": [ { "policyDefinitionReferenceId": "public", "policyDefinitionId": "PUBLIC" },
              { "policyDefinitionReferenceId": "tls", "policyDefinitionId": "/providers/Microsoft.Authorization/policyDefinitions/pgsecurity-dat-001" } ] }
            """.Replace("PUBLIC", PublicAccess, StringComparison.Ordinal)));
        Assign("set", Initiative);
        Exempt(Group, "partner", Subscription + "/providers/Microsoft.Authorization/policyAssignments/set", "\"policyDefinitionReferenceIds\": [\"TLS\"],");
        Assert.Equal(["DAT-001"], Assert.Single(Read($"-Subscription {Id}")).Controls);
    }

    [Fact]
    public void One_of_a_management_group_holds_for_each_subscription_that_is_read()
    {
        string assignment = ManagementGroup + "/providers/Microsoft.Authorization/policyAssignments/pg";
        _azure.Arm.Add(Resource(assignment, $$"""{ "policyDefinitionId": "{{PublicAccess}}" }"""));
        Exempt(ManagementGroup, "partner", assignment);
        IReadOnlyList<Exemption> exemptions = Read($"-Subscription {Id}, 5a7c9e1b-3d5f-4821-96a4-b8c0d2e4f6a8");
        Assert.Equal([Subscription, "/subscriptions/5a7c9e1b-3d5f-4821-96a4-b8c0d2e4f6a8"], exemptions.Select(one => one.Scope));
        Assert.Equal(2, exemptions.Select(one => one.Name).Distinct().Count());
    }

    [Fact]
    public void What_is_not_about_servers_or_has_ended_is_left_out_without_an_error()
    {
        Assign("storage", "/providers/Microsoft.Authorization/policyDefinitions/0aaaaaaa-0000-0000-0000-000000000000");
        Assign("pg", PublicAccess);
        Exempt(Group, "storage", Subscription + "/providers/Microsoft.Authorization/policyAssignments/storage");
        Exempt(Group, "ended", Subscription + "/providers/Microsoft.Authorization/policyAssignments/pg", ends: "2020-01-01T00:00:00Z");
        Assert.Empty(_session.RunClean<Exemption>($"New-PgSecurityExemption azure.json -AzurePolicy -Subscription {Id} -Verbose"));
        Assert.Contains(_session.Verbose, line => line.Contains("/storage: no control", StringComparison.Ordinal));
        Assert.Contains(_session.Verbose, line => line.Contains("/ended: it has ended", StringComparison.Ordinal));
    }

    [Fact]
    public void Where_nothing_is_exempt_the_file_is_made_for_those_who_read_it()
    {
        Assert.Empty(Read($"-Subscription {Id} -WhatIf"));
        Assert.False(File.Exists(Path.Combine(_folder.FullPath, "azure.json")));
        Assert.Empty(Read($"-Subscription {Id}"));
        Assert.NotEmpty(_session.RunClean<Finding>("Get-PgSecurityFinding -ServerName psql-cards-prod -Exemption azure.json"));
    }

    [Theory]
    [InlineData("*/policyExemptions")]
    [InlineData("*/policyAssignments*")]
    public void What_may_not_be_read_is_an_error_and_exempts_nothing(string path)
    {
        Assign("pg", PublicAccess);
        Exempt(Group, "partner", Subscription + "/providers/Microsoft.Authorization/policyAssignments/pg");
        _azure.Arm.Faults.Add(new FaultRule { Kind = FaultKind.Forbidden, Method = "GET", Path = path });
        Assert.Empty(_session.Run($"New-PgSecurityExemption azure.json -AzurePolicy -Subscription {Id}"));
        Assert.Contains(_session.Errors, error => error.ToString().Contains("403", StringComparison.Ordinal));
        Assert.False(File.Exists(Path.Combine(_folder.FullPath, "azure.json")));
    }

    private IReadOnlyList<Exemption> Read(string parameters) => _session.RunClean<Exemption>($"New-PgSecurityExemption azure.json -AzurePolicy {parameters}");

    private void Assign(string name, string definition) => _azure.Arm.Add(Resource(
        $"{Subscription}/providers/Microsoft.Authorization/policyAssignments/{name}", $$"""{ "policyDefinitionId": "{{definition}}" }"""));

    private void Exempt(string scope, string name, string assignment, string more = "", string ends = "2999-01-01T00:00:00Z")
    {
        JsonObject resource = Resource(
            $"{scope}/providers/Microsoft.Authorization/policyExemptions/{name}",
            $$"""{ {{more}} "policyAssignmentId": "{{assignment}}", "exemptionCategory": "Waiver", "expiresOn": "{{ends}}", "displayName": "Partner", "description": "Until it moves." }""");
        resource["systemData"] = new JsonObject { ["createdBy"] = "me@contoso.com", ["createdAt"] = "2026-01-02T03:04:05Z" };
        _azure.Arm.Add(resource);
    }

    private static JsonObject Resource(string id, string properties) => new()
    {
        ["id"] = id,
        ["name"] = id[(id.LastIndexOf('/') + 1)..],
        ["type"] = "Microsoft.Authorization/" + id.Split('/')[^2],
        ["properties"] = JsonNode.Parse(properties),
    };
}
