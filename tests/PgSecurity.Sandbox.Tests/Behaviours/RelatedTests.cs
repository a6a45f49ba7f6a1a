using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json.Nodes;
using PgSecurity.Sandbox.Estate;
using Xunit;

namespace PgSecurity.Sandbox.Tests.Behaviours;

public sealed class RelatedTests
{
    private const string Subscription = "/subscriptions/" + TestEstate.Subscription;
    private readonly TestEstate _estate = new();

    [Fact]
    public void A_private_endpoint_connects_and_busies_its_server()
    {
        const string Endpoint = TestEstate.Group + "/providers/Microsoft.Network/privateEndpoints/pe?api-version=2025-07-01";
        string body = $$"""
            {"location":"uksouth","properties":{"subnet":{"id":"/subnets/s"},"privateLinkServiceConnections":[{"name":"c","properties":{"privateLinkServiceId":"{{TestEstate.Server}}","groupIds":["postgresqlServer"]} }]} }
            """;
        SandboxResponse made = _estate.Send("PUT", Endpoint, body);
        Assert.Equal(201, made.Status);
        Assert.Equal("Updating", _estate.Get(TestEstate.Server).Text("properties", "state"));
        Assert.Equal("ServerIsBusy", _estate.Poll(_estate.Send("PATCH", TestEstate.Server, """{"tags":{"a":"b"}}""")).Text("error", "code"));
        Assert.Equal("InProgress", _estate.Poll(made).Text("status"));
        _estate.Arm.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal("Succeeded", _estate.Poll(made).Text("status"));
        JsonObject server = _estate.Get(TestEstate.Server);
        Assert.Equal("Ready", server.Text("properties", "state"));
        JsonObject connection = server["properties"]!["privateEndpointConnections"]![0]!.AsObject();
        Assert.Equal("Approved", connection.Text("properties", "privateLinkServiceConnectionState", "status"));
        Assert.Equal("Succeeded", _estate.Write("PUT", connection.Text("id")!, """{"properties":{"privateLinkServiceConnectionState":{"status":"Rejected","description":"No."}}}"""));
        Assert.Equal("Succeeded", _estate.Write("DELETE", connection.Text("id")!));
        Assert.Empty(_estate.Get(TestEstate.Server)["properties"]!["privateEndpointConnections"]!.AsArray());
    }

    [Fact]
    public void A_server_of_before_private_endpoints_takes_none()
    {
        TestEstate estate = new(options => options.ServersWithoutPrivateLink.Add(TestEstate.Server));
        string body = $$"""
            {"location":"uksouth","properties":{"privateLinkServiceConnections":[{"name":"c","properties":{"privateLinkServiceId":"{{TestEstate.Server}}"} }]} }
            """;
        SandboxResponse refused = estate.Send("PUT", TestEstate.Group + "/providers/Microsoft.Network/privateEndpoints/pe?api-version=2025-07-01", body);
        Assert.Equal("PrivateEndpointFeatureNotSupportedOnServer", refused.Json!.AsObject().Text("error", "code"));
    }

    [Fact]
    public void Diagnostic_settings_are_five_at_most_and_name_known_categories()
    {
        string Path(string name) => $"{TestEstate.Server}/providers/Microsoft.Insights/diagnosticSettings/{name}?api-version=2021-05-01-preview";
        const string Body = """{"properties":{"workspaceId":"/w","logs":[{"categoryGroup":"allLogs","enabled":true}]}}""";
        for (int at = 0; at < 5; at++) Assert.Equal(200, _estate.Send("PUT", Path("s" + at), Body).Status);
        Assert.Equal(409, _estate.Send("PUT", Path("s5"), Body).Status);
        Assert.Equal(200, _estate.Send("PUT", Path("s4"), Body).Status);
        Assert.Equal(400, _estate.Send("PUT", Path("s4"), """{"properties":{"workspaceId":"/w","logs":[{"category":"Nonsense","enabled":true}]}}""").Status);
        Assert.Equal(400, _estate.Send("PUT", Path("s4"), """{"properties":{"logs":[]}}""").Status);
        string list = TestEstate.Server + "/providers/Microsoft.Insights/diagnosticSettings?api-version=2021-05-01-preview";
        Assert.Equal(5, _estate.Get(list)["value"]!.AsArray().Count);
        Assert.Equal(200, _estate.Send("DELETE", Path("s0")).Status);
        Assert.Equal(404, _estate.Send("GET", Path("s0")).Status);
        Assert.Equal(9, _estate.Get(TestEstate.Server + "/providers/Microsoft.Insights/diagnosticSettingsCategories?api-version=2021-05-01-preview")["value"]!.AsArray().Count);
    }

    [Fact]
    public void A_defender_plan_is_read_and_set()
    {
        const string Plan = Subscription + "/providers/Microsoft.Security/pricings/OpenSourceRelationalDatabases?api-version=2024-01-01";
        Assert.Equal("Free", _estate.Get(Plan).Text("properties", "pricingTier"));
        Assert.Equal(200, _estate.Send("PUT", Plan, """{"properties":{"pricingTier":"standard"}}""").Status);
        Assert.Equal("Standard", _estate.Get(Plan).Text("properties", "pricingTier"));
        Assert.Equal(400, _estate.Send("PUT", Plan, """{"properties":{"pricingTier":"gold"}}""").Status);
    }

    [Fact]
    public void A_key_is_made_once_listed_without_its_policy_and_rotated_on_the_data_plane()
    {
        const string Vault = TestEstate.Group + "/providers/Microsoft.KeyVault/vaults/kv1";
        const string Version = "?api-version=2026-02-01";
        Assert.Equal(200, _estate.Send("PUT", Vault + Version, """{"location":"uksouth","properties":{"sku":{"family":"A","name":"standard"},"enablePurgeProtection":true}}""").Status);
        Assert.Equal(400, _estate.Send("PATCH", Vault + Version, """{"properties":{"enablePurgeProtection":false}}""").Status);
        string policy = """{"properties":{"kty":"RSA","keySize":3072,"rotationPolicy":{"attributes":{"expiryTime":"P2Y"},"lifetimeActions":[{"trigger":{"timeBeforeExpiry":"P30D"},"action":{"type":"notify"}}]}}}""";
        _estate.Send("PUT", Vault + "/keys/k1" + Version, policy);
        _estate.Send("PUT", Vault + "/keys/k1" + Version, """{"properties":{"kty":"RSA","keySize":2048}}""");
        Assert.Equal(3072, _estate.Get(Vault + "/keys/k1" + Version).Whole("properties", "keySize"));
        Assert.NotNull(_estate.Get(Vault + "/keys/k1" + Version)["properties"]!["rotationPolicy"]);
        Assert.Null(_estate.Get(Vault + "/keys" + Version)["value"]![0]!["properties"]!["rotationPolicy"]);

        Uri address = new("https://kv1.vault.azure.net/keys/k1/rotationpolicy?api-version=7.4");
        Assert.Equal(401, _estate.Arm.Handle(new SandboxRequest("GET", address)).Status);
        Dictionary<string, string> token = new() { ["Authorization"] = "Bearer x" };
        string sent = """{"lifetimeActions":[{"trigger":{"timeAfterCreate":"P15D"},"action":{"type":"Rotate"}}],"attributes":{"expiryTime":"P30D"}}""";
        Assert.Equal(200, _estate.Arm.Handle(new SandboxRequest("PUT", address, token, Encoding.UTF8.GetBytes(sent))).Status);
        JsonObject read = _estate.Arm.Handle(new SandboxRequest("GET", address, token)).Json!.AsObject();
        Assert.Equal("Rotate", read["lifetimeActions"]![0]!["action"]!["type"]!.GetValue<string>());
        Assert.Equal("rotate", _estate.Get(Vault + "/keys/k1" + Version)["properties"]!["rotationPolicy"]!["lifetimeActions"]![0]!["action"]!["type"]!.GetValue<string>());
    }

    [Fact]
    public void Roles_and_what_is_above_them()
    {
        const string Assignment = TestEstate.Server + "/providers/Microsoft.Authorization/roleAssignments/aaaaaaaa-0000-4000-8000-000000000001?api-version=2022-04-01";
        const string Body = """{"properties":{"principalId":"p1","principalType":"User","roleDefinitionId":"/subscriptions/x/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7"}}""";
        Assert.Equal(201, _estate.Send("PUT", Assignment, Body).Status);
        string other = Assignment.Replace("000000000001", "000000000002", StringComparison.Ordinal);
        Assert.Equal(409, _estate.Send("PUT", other, Body).Status);
        string at(string scope, string filter) => $"{scope}/providers/Microsoft.Authorization/roleAssignments?api-version=2022-04-01{filter}";
        Assert.Single(_estate.Get(at(Subscription, string.Empty))["value"]!.AsArray());
        Assert.Empty(_estate.Get(at(Subscription, "&$filter=atScope()"))["value"]!.AsArray());
        Assert.Single(_estate.Get(at(TestEstate.Server, "&$filter=atScope()"))["value"]!.AsArray());
        Assert.Equal("Reader", _estate.Get(Subscription + "/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7?api-version=2022-04-01").Text("properties", "roleName"));
    }

    [Fact]
    public void What_a_management_group_assigns_holds_below()
    {
        _estate.Arm.Add(new JsonObject
        {
            ["id"] = "/providers/Microsoft.Management/managementGroups/root/providers/Microsoft.Authorization/policyAssignments/audit",
            ["type"] = "Microsoft.Authorization/policyAssignments",
            ["name"] = "audit",
            ["properties"] = new JsonObject { ["scope"] = "/providers/Microsoft.Management/managementGroups/root", ["policyDefinitionId"] = "/d" },
        });
        Assert.Single(_estate.Get(TestEstate.Server + "/providers/Microsoft.Authorization/policyAssignments?api-version=2024-04-01&$filter=atScope()")["value"]!.AsArray());
    }

    [Fact]
    public void Conditional_access_is_graphs()
    {
        Uri policies = new("https://graph.microsoft.com/v1.0/identity/conditionalAccess/policies");
        string body = """{"displayName":"MFA","state":"enabled","conditions":{},"grantControls":{}}""";
        JsonObject made = _estate.Arm.Handle(new SandboxRequest("POST", policies, null, Encoding.UTF8.GetBytes(body))).Json!.AsObject();
        Assert.Single(_estate.Arm.Handle(new SandboxRequest("GET", policies)).Json!["value"]!.AsArray());
        Uri one = new(policies + "/" + made.Text("id"));
        Assert.Equal(204, _estate.Arm.Handle(new SandboxRequest("PATCH", one, null, Encoding.UTF8.GetBytes("""{"state":"disabled"}"""))).Status);
        Assert.Equal("disabled", _estate.Arm.Handle(new SandboxRequest("GET", one)).Json!.AsObject().Text("state"));
        Assert.Equal(204, _estate.Arm.Handle(new SandboxRequest("DELETE", one)).Status);
        Assert.Equal(404, _estate.Arm.Handle(new SandboxRequest("GET", one)).Status);
    }
}
