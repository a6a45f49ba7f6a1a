using System.Text.Json.Nodes;

namespace PgSecurity.Core.Remediation.Targets;

/// <summary>The DNS zone group of a private endpoint, by which the server's name resolves to the endpoint's address.</summary>
public static class DnsZoneGroup
{
    /// <summary>The type of the resource.</summary>
    public const string ResourceType = "Microsoft.Network/privateEndpoints/privateDnsZoneGroups";

    /// <summary>The group with one zone.</summary>
    /// <param name="server">The server.</param>
    /// <param name="endpointId">The ARM id of the endpoint.</param>
    /// <param name="zoneId">The ARM id of the private DNS zone.</param>
    public static ResourcePut Of(ServerId server, string endpointId, string zoneId)
    {
        JsonObject zone = new() { ["name"] = "postgresql", ["properties"] = new JsonObject { ["privateDnsZoneId"] = zoneId } };
        return new ResourcePut(
            server, ResourceType, endpointId + "/privateDnsZoneGroups/default", "default", new JsonObject { ["privateDnsZoneConfigs"] = new JsonArray(zone) });
    }
}
