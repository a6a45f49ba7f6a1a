using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Tests.Controls;

namespace PgSecurity.Core.Tests.BuiltInPolicies;

/// <summary>Servers on which a definition and its text part, written down so that they are always there.</summary>
internal static class Traps
{
    private static readonly (string Name, string Changes)[] Changes =
    [
        ("public access left out", """{ "remove": ["properties.network.publicNetworkAccess"] }"""),
        ("public access beside a private endpoint", """{ "server": { "properties": { "network": { "publicNetworkAccess": "Enabled" } } } }"""),
        ("a private DNS zone without a subnet", """{ "server": { "properties": { "network": { "privateDnsZoneArmResourceId": "/zone" } } } }"""),
        ("in a virtual network with its zone", """{ "server": { "properties": { "network": { "delegatedSubnetResourceId": "/subnet", "privateDnsZoneArmResourceId": "/zone" }, "privateEndpointConnections": null } } }"""),
        ("in a virtual network without a zone", """{ "server": { "properties": { "network": { "delegatedSubnetResourceId": "/subnet" }, "privateEndpointConnections": null } } }"""),
        ("a private endpoint that is pending", """{ "facets": { "Microsoft.DBforPostgreSQL/flexibleServers/privateEndpointConnections": [ { "name": "pe", "properties": { "privateLinkServiceConnectionState": { "status": "Pending" } } } ] } }"""),
        ("an administrator while Entra is off", """{ "server": { "properties": { "authConfig": { "activeDirectoryAuth": "Disabled", "passwordAuth": "Enabled" } } } }"""),
        ("no administrator", """{ "facets": { "Microsoft.DBforPostgreSQL/flexibleServers/administrators": [] } }"""),
        ("passwords beside Entra", """{ "server": { "properties": { "authConfig": { "passwordAuth": "Enabled" } } } }"""),
        ("authConfig left out", """{ "remove": ["properties.authConfig"] }"""),
        ("a read replica", """{ "server": { "properties": { "replicationRole": "AsyncReplica", "backup": { "geoRedundantBackup": "Disabled" }, "highAvailability": { "mode": "Disabled" } } } }"""),
        ("a standby in the same zone", """{ "server": { "properties": { "highAvailability": { "mode": "SameZone" } } } }"""),
        ("a Burstable server", """{ "server": { "sku": { "name": "Standard_B2ms", "tier": "Burstable" }, "properties": { "highAvailability": { "mode": "Disabled" } } } }"""),
        ("the service's key", """{ "server": { "properties": { "dataEncryption": { "type": "SystemManaged", "primaryKeyURI": null } } } }"""),
        ("an empty key reference", """{ "server": { "properties": { "dataEncryption": { "primaryKeyURI": "" } } } }"""),
        ("backup that is not geo-redundant", """{ "server": { "properties": { "backup": { "geoRedundantBackup": "Disabled" } } } }"""),
        ("TLS 1.2", """{ "parameters": { "ssl_min_protocol_version": "TLSv1.2", "require_secure_transport": "off" } }"""),
        ("nothing of the server is known", """{ "server": { "properties": null }, "serverGap": "only its children are known" }"""),
        ("a value that is not known", """{ "server": { "properties": { "network": { "publicNetworkAccess": { "$unknown": "not resolved" } }, "highAvailability": { "mode": { "$unknown": "not resolved" } } } } }"""),
        ByGroup("workspaceId", DiagnosticPolicies.Workspace),
        ByGroup("eventHubAuthorizationRuleId", DiagnosticPolicies.EventHub),
        ByGroup("storageAccountId", DiagnosticPolicies.Storage),
    ];

    /// <summary>What the deployment of a definition by category group writes.</summary>
    private static (string Name, string Changes) ByGroup(string property, string destination) => (
        $"audit on and allLogs off, to {property}",
        $$"""
        { "facets": { "Microsoft.Insights/diagnosticSettings": [ { "name": "setByPolicy", "properties": { "{{property}}": "{{destination}}",
          "logs": [ { "categoryGroup": "audit", "enabled": true }, { "categoryGroup": "allLogs", "enabled": false } ], "metrics": [] } } ] } }
        """);

    public static IEnumerable<(string Name, Posture Posture)> Postures() =>
        Changes.Select(one => (one.Name, CasePosture.Build((JsonObject)JsonNode.Parse(one.Changes)!, one.Name)));
}
