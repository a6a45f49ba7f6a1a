using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Remediation.Targets;

/// <summary>What is worth saying of a resource whose properties would fill a page.</summary>
internal static class ResourceSummary
{
    /// <summary>The resource in a line; <c>(none)</c> where there is none, null where its properties are short enough.</summary>
    public static string? Of(string type, JsonObject? resource) => FacetTypes.Normalize(type) switch
    {
        FacetTypes.PrivateEndpoints => resource is null ? "(none)" : Endpoint(resource),
        DnsZoneGroup.ResourceType => resource is null ? "(none)" : Zones(resource),
        FacetTypes.Replicas or ResourceCreation.RestoredServerType => resource is null ? "(none)" : Server(resource),
        _ => null,
    };

    private static string Server(JsonObject server) => Joined(
        JsonShape.Text(JsonShape.Member(server, "location")),
        JsonShape.Text(JsonShape.At(server, "sku", "name")),
        JsonShape.Text(JsonShape.At(server, "properties", "state")));

    private static string Endpoint(JsonObject endpoint)
    {
        string subnet = JsonShape.Text(JsonShape.At(endpoint, "properties", "subnet", "id"));
        IEnumerable<string> states = EndpointConnections.Kinds.SelectMany(kind => EndpointConnections.Of(endpoint, kind)).Select(EndpointConnections.Status);
        return Joined(states.Prepend($"subnet {ResourceId.NameOf(ResourceId.ScopeOf(subnet))}/{ResourceId.NameOf(subnet)}").ToArray());
    }

    private static string Zones(JsonObject group)
    {
        IEnumerable<JsonObject> zones = (JsonShape.At(group, "properties", "privateDnsZoneConfigs") as JsonArray)?.OfType<JsonObject>() ?? Enumerable.Empty<JsonObject>();
        return Joined(zones.Select(zone => ResourceId.NameOf(JsonShape.Text(JsonShape.At(zone, "properties", "privateDnsZoneId")))).ToArray());
    }

    private static string Joined(params string[] words) => string.Join(", ", words.Where(word => word.Length > 0).DefaultIfEmpty("there"));
}
