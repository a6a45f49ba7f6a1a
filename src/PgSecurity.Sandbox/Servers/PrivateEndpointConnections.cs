using System.Linq;
using System.Text.Json.Nodes;
using PgSecurity.Sandbox.Estate;
using PgSecurity.Sandbox.Operations;

namespace PgSecurity.Sandbox.Servers;

/// <summary>Private endpoint connections: approved, rejected and removed here, made by private endpoints.</summary>
internal sealed class PrivateEndpointConnections : ServerChild
{
    public override string Segment => "privateEndpointConnections";

    protected override OperationKind? Upsert => OperationKinds.UpsertConnection;

    protected override OperationKind? Drop => OperationKinds.DropConnection;

    protected override OperationFailure? Plan(Exchange exchange, EstateResource server, JsonObject? current, out JsonObject properties)
    {
        properties = current is null ? new JsonObject() : current.Copy();
        if (exchange.Options.ServersWithoutPrivateLink.Contains(server.Id))
        {
            return new OperationFailure(
                "PrivateEndpointFeatureNotSupportedOnServer",
                $"The private endpoint feature is not supported on server '{server.Name}'.");
        }

        if (current is null) return new OperationFailure("ResourceNotFound", $"The private endpoint connection '{exchange.Path.Name}' was not found.");
        JsonObject? state = exchange.Body.At("properties", "privateLinkServiceConnectionState") as JsonObject;
        string? status = new[] { "Approved", "Rejected", "Pending" }.FirstOrDefault(known => ArmPath.Same(known, state.Text("status")));
        if (status is null) return ServerEnums.InvalidValue("status");
        properties["privateLinkServiceConnectionState"] = State(status, state.Text("description") ?? string.Empty);
        return null;
    }

    protected override void Dropped(Exchange exchange, EstateResource server, string id)
    {
        if (exchange.Estate.Find(id)?.Body.Text("properties", "privateEndpoint", "id") is string endpoint
            && exchange.Estate.Find(endpoint) is EstateResource there)
        {
            Related.PrivateEndpoints.SetConnection(there, server.Id, State("Disconnected", string.Empty));
        }

        exchange.Estate.Remove(id);
    }

    /// <summary>The state of a connection, in the form that both of its ends have.</summary>
    internal static JsonObject State(string status, string description)
    {
        JsonObject state = new() { ["status"] = status };
        if (description.Length > 0) state["description"] = description;
        state["actionsRequired"] = "None";
        return state;
    }

    /// <summary>Makes the connection of a private endpoint, approved at once as it is where its maker may do so.</summary>
    internal static string Connect(Exchange exchange, EstateResource server, string endpointId, string status)
    {
        string name = ArmPath.Parse(endpointId).Name + "." + exchange.NewGuid();
        string id = server.Id + "/privateEndpointConnections/" + name;
        const string Type = KnownTypes.Server + "/privateEndpointConnections";
        exchange.Estate.Put(
            id,
            Type,
            name,
            new JsonObject
            {
                ["properties"] = new JsonObject
                {
                    ["privateEndpoint"] = new JsonObject { ["id"] = endpointId },
                    ["privateLinkServiceConnectionState"] = State(status, status == "Approved" ? "Auto-Approved" : string.Empty),
                    ["groupIds"] = new JsonArray("postgresqlServer"),
                    ["provisioningState"] = "Succeeded",
                },
                ["id"] = id,
                ["name"] = name,
                ["type"] = Type,
            });
        return id;
    }
}
