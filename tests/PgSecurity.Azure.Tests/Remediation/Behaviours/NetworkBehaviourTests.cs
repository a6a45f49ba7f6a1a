using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation.Guards;
using PgSecurity.Core.Remediation.Service;
using PgSecurity.Core.Remediation.Targets;
using PgSecurity.Sandbox;
using Xunit;

namespace PgSecurity.Azure.Tests.Remediation.Behaviours;

/// <summary>Public access, virtual networks, private endpoints and firewall rules.</summary>
public sealed class NetworkBehaviourTests
{
    private const string InVirtualNetwork = """
        { "server": { "properties": { "network": { "publicNetworkAccess": "Disabled", "delegatedSubnetResourceId": "/subscriptions/2f1c9d3e-5b7a-4c68-9e0d-7a1b3c5d7e9f/resourceGroups/rg-network-prod/providers/Microsoft.Network/virtualNetworks/vnet/subnets/pg" } } },
          "facets": { "Microsoft.Authorization/locks": [],
            "Microsoft.DBforPostgreSQL/flexibleServers/firewallRules": [ { "name": "left-over", "properties": { "startIpAddress": "198.51.100.7", "endIpAddress": "198.51.100.7" } } ] } }
        """;

    [BehaviourFact(36, "public access and a virtual network exclude each other: it is never sent for a server in one")]
    public async Task Public_access_is_not_sent_for_a_server_in_a_virtual_network()
    {
        using RoadFixture fixture = new(new[] { OneServer.Posture(InVirtualNetwork) });
        ServerId server = fixture.Postures[0].Id;
        JsonObject on = Network("Enabled");
        Assert.Equal("ConflictingPublicNetworkAccessAndVirtualNetworkConfiguration", await fixture.SendAsync(WriteMethod.Patch, server.Value, on.ToJsonString()));
        int writes = fixture.Sandbox.Writes.Count;

        Change refused = Assert.Single(await fixture.ChangeAsync(RoadFixture.Everything, new ServerChange(server, "network", on)));

        Assert.Equal(ChangeStatus.Skipped, refused.Status);
        Assert.Contains("virtual network", refused.Reason, StringComparison.Ordinal);
        Assert.Equal(writes, fixture.Sandbox.Writes.Count);
    }

    [BehaviourFact(37, "servers of before private endpoints take none: the refusal is for good, and public access stays on")]
    public async Task A_server_that_takes_no_private_endpoint_keeps_its_public_access()
    {
        const string Open = """{ "server": { "properties": { "network": { "publicNetworkAccess": "Enabled" }, "privateEndpointConnections": [] } }, "facets": { "Microsoft.DBforPostgreSQL/flexibleServers/privateEndpointConnections": [] } }""";
        SandboxOptions options = new();
        Posture posture = OneServer.Posture(Open);
        options.ServersWithoutPrivateLink.Add(posture.Id.Value);
        using RoadFixture fixture = new(new[] { posture }, options);
        string endpoint = "/subscriptions/2f1c9d3e-5b7a-4c68-9e0d-7a1b3c5d7e9f/resourceGroups/rg-payments-prod/providers/Microsoft.Network/privateEndpoints/pe-new";
        JsonNode body = JsonNode.Parse($$"""
            { "location": "westeurope", "properties": { "subnet": { "id": "/subscriptions/x/subnets/y" },
              "privateLinkServiceConnections": [ { "name": "c", "properties": { "privateLinkServiceId": "{{posture.Id.Value}}", "groupIds": ["postgresqlServer"] } } ] } }
            """)!;

        ServiceFault fault = await Assert.ThrowsAsync<ServiceFault>(() => fixture.Service.WriteAsync(WriteMethod.Put, endpoint, body, default));
        Change refused = Assert.Single(await fixture.ChangeAsync(RoadFixture.Everything, new ServerChange(posture.Id, "network", Network("Disabled"))));

        Assert.Equal("PrivateEndpointFeatureNotSupportedOnServer", fault.Code);
        Assert.Equal(RetryClass.Never, fault.Retry);
        Assert.Equal(ChangeStatus.Skipped, refused.Status);
        Assert.Contains("otherWayIn", refused.Reason, StringComparison.Ordinal);
    }

    [BehaviourFact(38, "a server in a virtual network takes firewall rules that do nothing: none is added, and one that is there may go")]
    public async Task Rules_without_effect_are_not_added()
    {
        using RoadFixture fixture = new(new[] { OneServer.Posture(InVirtualNetwork) });
        ServerId server = fixture.Postures[0].Id;
        JsonObject range = new() { ["startIpAddress"] = "203.0.113.9", ["endIpAddress"] = "203.0.113.9" };
        Assert.Equal("Succeeded", await fixture.SendAsync(WriteMethod.Put, server.Value + "/firewallRules/raw", new JsonObject { ["properties"] = range.DeepClone() }.ToJsonString()));

        Change added = Assert.Single(await fixture.ChangeAsync(RoadFixture.Everything, new ResourcePut(server, FacetTypes.FirewallRules, server.Value + "/firewallRules/new", "new", range)));
        IReadOnlyList<Change> removed = await fixture.RepairAsync(RoadFixture.Controls(ControlSettings.None, "NET-010"), Consents.None);

        Assert.Equal(ChangeStatus.Skipped, added.Status);
        Assert.Contains("no effect", added.Reason, StringComparison.Ordinal);
        Assert.Equal(2, removed.Count);
        Assert.All(removed, change => Assert.True(change.Status == ChangeStatus.Changed, change + " " + change.Reason));
    }

    [BehaviourFact(39, "the rule for all of Azure has any name: it is found by its range")]
    public async Task The_rule_for_all_of_Azure_is_found_by_its_range()
    {
        const string Named = """
            { "server": { "properties": { "network": { "publicNetworkAccess": "Enabled" } } },
              "facets": { "Microsoft.Authorization/locks": [], "Microsoft.DBforPostgreSQL/flexibleServers/firewallRules": [
                { "name": "ClientIPAddress_2024-9-5_10-11-12", "properties": { "startIpAddress": "0.0.0.0", "endIpAddress": "0.0.0.0" } },
                { "name": "AllowAllAzureServicesAndResourcesWithinAzureIps", "properties": { "startIpAddress": "198.51.100.7", "endIpAddress": "198.51.100.7" } },
                { "name": "office", "properties": { "startIpAddress": "0.0.0.0", "endIpAddress": "255.255.255.255" } } ] } }
            """;
        using RoadFixture fixture = new(new[] { OneServer.Posture(Named) });

        IReadOnlyList<Change> azure = await fixture.RepairAsync(RoadFixture.Controls(ControlSettings.None, "NET-005"));
        IReadOnlyList<Change> world = await fixture.RepairAsync(RoadFixture.Controls(ControlSettings.None, "NET-006"));

        Assert.Contains("ClientIPAddress_2024-9-5_10-11-12", Assert.Single(azure).TargetId, StringComparison.Ordinal);
        Assert.EndsWith("/office", Assert.Single(world).TargetId, StringComparison.Ordinal);
        Assert.NotNull(fixture.Sandbox.Find(fixture.Postures[0].Id.Value + "/firewallRules/AllowAllAzureServicesAndResourcesWithinAzureIps"));
    }

    private static JsonObject Network(string access) =>
        new() { ["properties"] = new JsonObject { ["network"] = new JsonObject { ["publicNetworkAccess"] = access } } };
}
