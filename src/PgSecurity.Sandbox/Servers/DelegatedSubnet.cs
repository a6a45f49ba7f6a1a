using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using PgSecurity.Sandbox.Estate;
using PgSecurity.Sandbox.Related;

namespace PgSecurity.Sandbox.Servers;

/// <summary>
/// What servers leave in the subnet that was delegated to them: a service association link while there is one, and an
/// endpoint for storage, which stays when they are gone. Recorded (azure-cli, December 2024).
/// </summary>
internal static class DelegatedSubnet
{
    /// <summary>A server is ready in its subnet.</summary>
    internal static void Join(Exchange exchange, EstateResource server)
    {
        if (Of(exchange, server) is not EstateResource subnet) return;
        JsonObject properties = subnet.Properties;
        JsonArray endpoints = properties.Find("serviceEndpoints") as JsonArray ?? new JsonArray();
        if (!endpoints.OfType<JsonObject>().Any(endpoint => ArmPath.Same(endpoint.Text("service"), "Microsoft.Storage")))
        {
            endpoints.Add(SubnetShape.Endpoint("Microsoft.Storage", Locations.Code(server.Body.Text("location") ?? string.Empty)));
        }

        properties["serviceEndpoints"] = endpoints;
        properties["serviceAssociationLinks"] = new JsonArray(Link(subnet));
        SubnetShape.ShowInNetwork(exchange, subnet);
    }

    /// <summary>A server is gone; the last one takes the link with it.</summary>
    internal static void Leave(Exchange exchange, EstateResource server)
    {
        if (Of(exchange, server) is not EstateResource subnet) return;
        bool inUse = exchange.Estate.OfType(KnownTypes.Server).Any(other => other.Id != server.Id && ArmPath.Same(SubnetOf(other), subnet.Id));
        if (inUse) return;
        subnet.Properties.Drop("serviceAssociationLinks");
        SubnetShape.ShowInNetwork(exchange, subnet);
    }

    private static EstateResource? Of(Exchange exchange, EstateResource server) =>
        SubnetOf(server) is { Length: > 0 } id ? exchange.Estate.Find(id) : null;

    private static string? SubnetOf(EstateResource server) => server.Body.Text("properties", "network", "delegatedSubnetResourceId");

    private static JsonObject Link(EstateResource subnet)
    {
        string name = Exchange.GuidOf(subnet.Id + "/serviceAssociationLinks") + "-service-association-link";
        return new JsonObject
        {
            ["name"] = name,
            ["id"] = subnet.Id + "/serviceAssociationLinks/" + name,
            ["etag"] = subnet.Body.Text("etag"),
            ["type"] = "Microsoft.Network/virtualNetworks/subnets/serviceAssociationLinks",
            ["properties"] = new JsonObject
            {
                ["provisioningState"] = "Succeeded",
                ["linkedResourceType"] = KnownTypes.Server,
                ["enabledForArmDeployments"] = false,
                ["allowDelete"] = false,
                ["subnetId"] = Guid.Empty.ToString(),
                ["locations"] = new JsonArray(),
            },
        };
    }
}
