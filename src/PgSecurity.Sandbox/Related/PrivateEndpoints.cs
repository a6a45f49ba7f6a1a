using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using PgSecurity.Sandbox.Estate;
using PgSecurity.Sandbox.Operations;
using PgSecurity.Sandbox.Servers;

namespace PgSecurity.Sandbox.Related;

/// <summary>
/// Private endpoints and their DNS zone groups. One that points at a server makes a connection there, approved at once or,
/// when asked for manually, pending; meanwhile the server is busy.
/// </summary>
internal sealed class PrivateEndpoints : IProvider
{
    private const string Type = "Microsoft.Network/privateEndpoints";
    private const string ZoneGroups = Type + "/privateDnsZoneGroups";
    private static readonly string[] Kinds = { "privateLinkServiceConnections", "manualPrivateLinkServiceConnections" };

    public bool Answers(Exchange exchange) => exchange.Path.Is(Type) || exchange.Path.Is(ZoneGroups);

    public SandboxResponse Answer(Exchange exchange)
    {
        exchange.RelatedOperations.Settle();
        ArmPath path = exchange.Path;
        bool isGroup = path.Types.Count > 1;
        if (isGroup && exchange.Estate.Find(path.Root) is null) return Reply.ResourceNotFound(Type + "/" + path.Names[0], path.ResourceGroup);
        if (!path.IsResource) return exchange.List(isGroup ? exchange.Estate.Collection(path.Text) : exchange.Estate.OfType(Type, path.Scope));
        EstateResource? there = exchange.Estate.Find(path.Text);
        return exchange.Method switch
        {
            "GET" => there is null
                ? Reply.ResourceNotFound(path.Type + "/" + string.Join("/", path.Names), path.ResourceGroup)
                : Reply.Resource(200, there).WithEtag(there),
            "PUT" => isGroup ? PutGroup(exchange, there) : Put(exchange, there),
            "DELETE" => Delete(exchange, there),
            _ => Reply.Error(405, "MethodNotAllowed", "The method is not allowed for a private endpoint."),
        };
    }

    /// <summary>Sets the state of the connection to a target, on the endpoint's side.</summary>
    internal static void SetConnection(EstateResource endpoint, string targetId, JsonObject state)
    {
        foreach (JsonObject connection in Connections(endpoint.Body))
        {
            if (ArmPath.Same(connection.Text("properties", "privateLinkServiceId"), targetId))
            {
                connection.Object("properties")["privateLinkServiceConnectionState"] = state.DeepClone();
            }
        }
    }

    private static IEnumerable<JsonObject> Connections(JsonObject endpoint) =>
        Kinds.SelectMany(kind => (endpoint.At("properties", kind) as JsonArray ?? new JsonArray()).OfType<JsonObject>());

    private static SandboxResponse Put(Exchange exchange, EstateResource? there)
    {
        SandboxResponse? refusal = CheckTargets(exchange);
        if (refusal is not null) return refusal;
        ArmPath path = exchange.Path;
        JsonObject body = Body(exchange, there?.Body);
        EstateResource made = exchange.Estate.Put(path.Text, Type, path.Name, body);
        List<Operation> waits = there is null ? Connect(exchange, made) : new List<Operation>();
        RelatedOperation operation = exchange.RelatedOperations.Start(
            TimeSpan.FromSeconds(20),
            () => Provisioned(made),
            () => waits.All(wait => wait.Status != OperationStatus.InProgress || Nudge(exchange, wait)));
        return Reply.Resource(there is null ? 201 : 200, made).WithNetworkStatus(exchange, operation, Locations.Code(body.Text("location") ?? "westeurope"), 10);
    }

    /// <summary>With the instant pace, looking at the endpoint's operation passes the server's time too.</summary>
    private static bool Nudge(Exchange exchange, Operation operation)
    {
        exchange.Operations.Touch(operation.Group.PrimaryId);
        return operation.Status != OperationStatus.InProgress;
    }

    private static SandboxResponse? CheckTargets(Exchange exchange)
    {
        foreach (JsonObject connection in Connections(exchange.Body ?? new JsonObject()))
        {
            string target = connection.Text("properties", "privateLinkServiceId") ?? string.Empty;
            if (!ArmPath.Parse(target).Is(KnownTypes.Server)) continue;
            EstateResource? server = exchange.Estate.Find(target);
            if (server is null) return Reply.Error(400, "InvalidResourceReference", $"Resource {target} referenced by resource {exchange.Path.Text} was not found.");
            if (exchange.Options.ServersWithoutPrivateLink.Contains(server.Id))
            {
                return Reply.Error(400, "PrivateEndpointFeatureNotSupportedOnServer", $"The private endpoint feature is not supported on server '{server.Name}'.");
            }

            if (!string.IsNullOrEmpty(server.Body.Text("properties", "network", "delegatedSubnetResourceId")))
            {
                return Reply.Error(400, "PrivateEndpointFeatureNotSupportedOnServer", $"Server '{server.Name}' is in a virtual network and takes no private endpoints.");
            }

            OperationFailure? busy = exchange.Operations.Busy(exchange.Operations.GroupOf(server.Id), server.Name, OperationKinds.UpsertConnection);
            if (busy is not null) return Reply.Error(409, "RetryableError", $"A retryable error occurred. {busy.Message}");
        }

        return null;
    }

    private static List<Operation> Connect(Exchange exchange, EstateResource endpoint)
    {
        List<Operation> started = new();
        foreach (string kind in Kinds)
        {
            foreach (JsonObject connection in (endpoint.Body.At("properties", kind) as JsonArray ?? new JsonArray()).OfType<JsonObject>())
            {
                string target = connection.Text("properties", "privateLinkServiceId") ?? string.Empty;
                if (exchange.Estate.Find(target) is not EstateResource server || server.Type != KnownTypes.Server) continue;
                string status = kind == Kinds[0] ? "Approved" : "Pending";
                Operation operation = exchange.Operations.Start(
                    OperationKinds.UpsertConnection,
                    server.Id,
                    exchange.Path.Subscription!,
                    server.Body.Text("location") ?? "West Europe");
                operation.Effect = () =>
                {
                    PrivateEndpointConnections.Connect(exchange, server, endpoint.Id, status);
                    if (exchange.Quirks.NewReplicaBusiesPrimary) ServerStates.Set(server.Body, "Ready");
                };
                if (exchange.Quirks.NewReplicaBusiesPrimary) ServerStates.Set(server.Body, "Updating");
                started.Add(operation);
            }
        }

        return started;
    }

    private static JsonObject Body(Exchange exchange, JsonObject? before)
    {
        ArmPath path = exchange.Path;
        JsonObject sent = exchange.Body ?? new JsonObject();
        string etag = Etags.Weak(exchange);
        JsonObject body = new()
        {
            ["name"] = path.Name,
            ["id"] = path.Text,
            ["etag"] = etag,
            ["type"] = Type,
            ["location"] = sent.Text("location") ?? before.Text("location"),
        };
        if (sent.Find("tags") is JsonNode tags) body["tags"] = tags.DeepClone();
        body["properties"] = new JsonObject
        {
            ["provisioningState"] = before is null ? "Updating" : "Succeeded",
            ["resourceGuid"] = Exchange.GuidOf(path.Text),
            [Kinds[0]] = Connections(exchange, sent, before, Kinds[0], etag),
            [Kinds[1]] = Connections(exchange, sent, before, Kinds[1], etag),
            ["customNetworkInterfaceName"] = sent.Text("properties", "customNetworkInterfaceName") ?? string.Empty,
            ["subnet"] = new JsonObject { ["id"] = sent.Text("properties", "subnet", "id") },
            ["ipConfigurations"] = Fixed(exchange, etag),
            ["networkInterfaces"] = new JsonArray(new JsonObject
            {
                ["id"] = $"{AzureEstate.GroupId(path.Subscription!, path.ResourceGroup!)}/providers/Microsoft.Network/networkInterfaces/"
                    + $"{path.Name}.nic.{Exchange.GuidOf(path.Text + "/nic")}",
            }),
            ["customDnsConfigs"] = before.At("properties", "customDnsConfigs")?.DeepClone() ?? new JsonArray(),
            ["ipVersionType"] = "IPv4",
        };
        if (sent.At("properties", "applicationSecurityGroups") is JsonArray groups) body.Object("properties")["applicationSecurityGroups"] = groups.DeepClone();
        return body;
    }

    /// <summary>The addresses that were asked for.</summary>
    private static JsonArray Fixed(Exchange exchange, string etag) => new((exchange.Body.At("properties", "ipConfigurations") as JsonArray ?? new JsonArray()).OfType<JsonObject>()
        .Select(address =>
        {
            JsonObject properties = address.Object("properties").Copy();
            properties["provisioningState"] = "Succeeded";
            return (JsonNode?)new JsonObject
            {
                ["name"] = address.Text("name"),
                ["id"] = exchange.Path.Text + "/ipConfigurations/" + address.Text("name"),
                ["etag"] = etag,
                ["type"] = Type + "/ipConfigurations",
                ["properties"] = properties,
            };
        }).ToArray());

    private static JsonArray Connections(Exchange exchange, JsonObject sent, JsonObject? before, string kind, string etag)
    {
        JsonArray all = new();
        foreach (JsonObject connection in (sent.At("properties", kind) as JsonArray ?? new JsonArray()).OfType<JsonObject>())
        {
            string? name = connection.Text("name");
            JsonObject? known = (before.At("properties", kind) as JsonArray)?.OfType<JsonObject>().FirstOrDefault(other => other.Text("name") == name);
            JsonObject properties = new() { ["provisioningState"] = "Succeeded", ["privateLinkServiceId"] = connection.Text("properties", "privateLinkServiceId") };
            if (connection.At("properties", "groupIds") is JsonNode groups) properties["groupIds"] = groups.DeepClone();
            if (connection.Text("properties", "requestMessage") is string message) properties["requestMessage"] = message;
            properties["privateLinkServiceConnectionState"] = known.At("properties", "privateLinkServiceConnectionState")?.DeepClone()
                ?? (kind == Kinds[0]
                    ? PrivateEndpointConnections.State("Approved", "Auto-Approved")
                    : new JsonObject { ["status"] = "Pending", ["description"] = string.Empty, ["actionsRequired"] = string.Empty });
            all.Add(new JsonObject
            {
                ["name"] = name,
                ["id"] = $"{exchange.Path.Text}/{kind}/{name}",
                ["etag"] = etag,
                ["properties"] = properties,
                ["type"] = $"{Type}/{kind}",
            });
        }

        return all;
    }

    private static void Provisioned(EstateResource endpoint)
    {
        JsonObject properties = endpoint.Properties;
        properties["provisioningState"] = "Succeeded";
        string? target = (properties[Kinds[0]] as JsonArray)?.OfType<JsonObject>().Select(connection => connection.Text("properties", "privateLinkServiceId")).FirstOrDefault();
        if (target is null || ArmPath.Parse(target).Is("Microsoft.Network/privateLinkServices")) return;
        string name = target.Substring(target.LastIndexOf('/') + 1);
        string zone = ArmPath.Parse(target).Is(KnownTypes.Server) ? ".postgres.database.azure.com" : ".blob.core.windows.net";
        properties["customDnsConfigs"] = new JsonArray(new JsonObject { ["fqdn"] = name + zone, ["ipAddresses"] = new JsonArray("10.0.0.4") });
    }

    private static SandboxResponse PutGroup(Exchange exchange, EstateResource? there)
    {
        ArmPath path = exchange.Path;
        string etag = Etags.Weak(exchange);
        string server = (exchange.Estate.Find(path.Root)!.Body.At("properties", Kinds[0]) as JsonArray)?.OfType<JsonObject>()
            .Select(connection => connection.Text("properties", "privateLinkServiceId") ?? string.Empty).FirstOrDefault() ?? "server";
        string host = server.Substring(server.LastIndexOf('/') + 1);
        JsonArray configs = new();
        foreach (JsonObject sent in (exchange.Body.At("properties", "privateDnsZoneConfigs") as JsonArray ?? new JsonArray()).OfType<JsonObject>())
        {
            string zone = sent.Text("properties", "privateDnsZoneId") ?? string.Empty;
            configs.Add(new JsonObject
            {
                ["name"] = sent.Text("name"),
                ["id"] = path.Text + "/privateDnsZoneConfigs/" + sent.Text("name"),
                ["etag"] = etag,
                ["type"] = ZoneGroups + "/privateDnsZoneConfigs",
                ["properties"] = new JsonObject
                {
                    ["provisioningState"] = "Updating",
                    ["privateDnsZoneId"] = zone,
                    ["recordSets"] = !IsOfPrivateLink(zone) ? new JsonArray() : new JsonArray(new JsonObject
                    {
                        ["recordType"] = "A",
                        ["recordSetName"] = host,
                        ["fqdn"] = host + "." + zone.Substring(zone.LastIndexOf('/') + 1),
                        ["ttl"] = 10,
                        ["provisioningState"] = "Updating",
                        ["ipAddresses"] = new JsonArray("10.0.0.4"),
                    }),
                },
            });
        }

        JsonObject body = new()
        {
            ["name"] = path.Name,
            ["id"] = path.Text,
            ["etag"] = etag,
            ["type"] = ZoneGroups,
            ["properties"] = new JsonObject { ["provisioningState"] = "Updating", ["privateDnsZoneConfigs"] = configs },
        };
        EstateResource made = exchange.Estate.Put(path.Text, ZoneGroups, path.Name, body);
        RelatedOperation operation = exchange.RelatedOperations.Start(TimeSpan.FromSeconds(10), () => PlainResources.Provisioned(made.Body));
        return Reply.Resource(there is null ? 201 : 200, made).WithNetworkStatus(exchange, operation, "westeurope", 10);
    }

    /// <summary>Whether records are put into a zone: not into one of any other name (recorded).</summary>
    private static bool IsOfPrivateLink(string zone) => zone.IndexOf("/privatelink.", StringComparison.OrdinalIgnoreCase) >= 0;

    private static SandboxResponse Delete(Exchange exchange, EstateResource? there)
    {
        if (there is null) return Reply.Empty(204);
        RelatedOperation operation = exchange.RelatedOperations.Start(
            TimeSpan.FromSeconds(10),
            () =>
            {
                foreach (EstateResource connection in exchange.Estate.OfType(KnownTypes.Server + "/privateEndpointConnections"))
                {
                    if (ArmPath.Same(connection.Body.Text("properties", "privateEndpoint", "id"), there.Id)) exchange.Estate.Remove(connection.Id);
                }

                exchange.Estate.Remove(there.Id);
            });
        string location = Locations.Code(there.Body.Text("location") ?? "westeurope");
        return Reply.Empty(202).WithNetworkStatus(exchange, operation, location, 10).WithNetworkResult(exchange, operation, location);
    }
}
