using System.Linq;
using System.Text.Json.Nodes;
using PgSecurity.Sandbox.Estate;

namespace PgSecurity.Sandbox.Related;

/// <summary>The body of a subnet as the network provider answers it, alone and in its network.</summary>
internal static class SubnetShape
{
    private static readonly string[] AsSent = { "addressPrefix", "addressPrefixes", "networkSecurityGroup", "routeTable", "natGateway" };

    internal static JsonObject Of(Exchange exchange, string id, JsonObject sent, string etag)
    {
        JsonObject? properties = sent.Find("properties") as JsonObject;
        JsonObject? before = exchange.Estate.Find(id)?.Properties;
        JsonObject made = new() { ["provisioningState"] = "Updating" };
        foreach (string name in AsSent)
        {
            if (properties.Find(name) is JsonNode value) made[name] = value.DeepClone();
        }

        if (before.Find("serviceAssociationLinks") is JsonNode links) made["serviceAssociationLinks"] = links.DeepClone();
        if (properties.Find("serviceEndpoints") is JsonArray endpoints)
        {
            made["serviceEndpoints"] = new JsonArray(endpoints.OfType<JsonObject>()
                .Select(endpoint => (JsonNode?)Endpoint(endpoint.Text("service"), Locations.Code(RegionOf(exchange, id)), endpoint.Find("locations") as JsonArray)).ToArray());
        }

        made["delegations"] = new JsonArray((properties.Find("delegations") as JsonArray ?? new JsonArray()).OfType<JsonObject>()
            .Select(delegation => (JsonNode?)Delegation(id, delegation, etag)).ToArray());
        made["privateEndpointNetworkPolicies"] = properties.Text("privateEndpointNetworkPolicies") ?? "Disabled";
        made["privateLinkServiceNetworkPolicies"] = properties.Text("privateLinkServiceNetworkPolicies") ?? "Enabled";
        // A write of an API version from before the member leaves it as it was (recorded).
        if ((properties.Find("defaultOutboundAccess") ?? before.Find("defaultOutboundAccess")) is JsonNode outbound) made["defaultOutboundAccess"] = outbound.DeepClone();
        return new JsonObject
        {
            ["name"] = id.Substring(id.LastIndexOf('/') + 1),
            ["id"] = id,
            ["etag"] = etag,
            ["properties"] = made,
            ["type"] = "Microsoft.Network/virtualNetworks/subnets",
        };
    }

    /// <summary>A service endpoint; the provider names the regions that it reaches.</summary>
    internal static JsonObject Endpoint(string? service, string region, JsonArray? regions = null) => new()
    {
        ["provisioningState"] = "Succeeded",
        ["service"] = service,
        ["locations"] = regions?.DeepClone() ?? new JsonArray(region),
    };

    /// <summary>Puts a subnet, as it is now, into the body of its network.</summary>
    internal static void ShowInNetwork(Exchange exchange, EstateResource subnet)
    {
        if (exchange.Estate.Find(ArmPath.Parse(subnet.Id).Root) is not EstateResource network) return;
        network.Properties["subnets"] = new JsonArray(exchange.Estate.Collection(network.Id + "/subnets")
            .Select(other => (JsonNode?)other.Body.Copy()).ToArray());
    }

    private static string RegionOf(Exchange exchange, string id) =>
        exchange.Body.Text("location") ?? exchange.Estate.Find(ArmPath.Parse(id).Root)?.Body.Text("location") ?? string.Empty;

    private static JsonObject Delegation(string subnet, JsonObject sent, string etag) => new()
    {
        ["name"] = sent.Text("name"),
        ["id"] = subnet + "/delegations/" + sent.Text("name"),
        ["etag"] = etag,
        ["properties"] = new JsonObject
        {
            ["provisioningState"] = "Succeeded",
            ["serviceName"] = sent.Text("properties", "serviceName"),
            ["actions"] = new JsonArray("Microsoft.Network/virtualNetworks/subnets/join/action"),
        },
        ["type"] = "Microsoft.Network/virtualNetworks/subnets/delegations",
    };
}
