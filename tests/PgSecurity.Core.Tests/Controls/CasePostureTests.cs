using System;
using System.Linq;
using System.Text.Json.Nodes;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Postures;
using Xunit;

namespace PgSecurity.Core.Tests.Controls;

public class CasePostureTests
{
    [Fact]
    public void The_base_is_complete_in_every_facet()
    {
        Posture posture = Build("{}");

        Assert.All(
            FacetTypes.All.Where(type => type is not (FacetTypes.SingleServer or ControlRequirement.TlsEndpoints) && !DerivedFacets.TryGet(type, out _)),
            type => Assert.True(posture.FacetOf(type).IsComplete, type));
        Assert.Equal("contoso-payments", posture.Id.Name);
    }

    [Fact]
    public void A_case_changes_only_what_it_names()
    {
        Posture posture = Build("""
            {
              "server": { "properties": { "network": { "publicNetworkAccess": "Enabled" } } },
              "remove": ["properties.backup.geoRedundantBackup"],
              "parameters": { "ssl_min_protocol_version": "TLSv1.2", "connection_throttle.enable": null,
                              "log_connections": { "value": "receipt,authorization", "dataType": "Set" } },
              "facets": { "Microsoft.DBforPostgreSQL/flexibleServers/firewallRules": [
                { "name": "all", "properties": { "startIpAddress": "0.0.0.0", "endIpAddress": "255.255.255.255" } } ] },
              "resources": { "Microsoft.KeyVault/vaults": { "kv-contoso-payments": { "properties": { "enablePurgeProtection": false } } } },
              "unavailable": { "Microsoft.Authorization/locks": "403" }
            }
            """);

        Assert.Equal("Enabled", posture.Server.Body.GetProperty("properties").GetProperty("network").GetProperty("publicNetworkAccess").GetString());
        Assert.False(posture.Server.Body.GetProperty("properties").GetProperty("backup").TryGetProperty("geoRedundantBackup", out _));
        Facet parameters = posture.FacetOf(FacetTypes.Configurations);
        Assert.Equal("TLSv1.2", Property(parameters.Find("ssl_min_protocol_version")!, "value"));
        Assert.Null(parameters.Find("connection_throttle.enable"));
        Assert.Equal("Set", Property(parameters.Find("log_connections")!, "dataType"));
        Resource rule = Assert.Single(posture.FacetOf(FacetTypes.FirewallRules).Resources);
        Assert.Equal(posture.Id.Value + "/firewallRules/all", rule.Id);
        Assert.Equal(2, posture.FacetOf(FacetTypes.Vaults).Resources.Count);
        Assert.Equal("403", posture.FacetOf(FacetTypes.Locks).Gap!.Reason);
    }

    [Fact]
    public void A_path_that_is_not_there_cannot_be_removed() =>
        Assert.Throws<InvalidOperationException>(() => Build("""{ "remove": ["properties.nothing"] }"""));

    private static Posture Build(string changes) => CasePosture.Build((JsonObject)JsonNode.Parse(changes)!, "test");

    private static string? Property(Resource resource, string name) =>
        resource.Body.GetProperty("properties").GetProperty(name).GetString();
}
