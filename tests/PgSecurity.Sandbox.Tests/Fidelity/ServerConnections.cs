using System.Text.Json.Nodes;
using PgSecurity.Sandbox.Estate;

namespace PgSecurity.Sandbox.Tests.Fidelity;

/// <summary>The private endpoint connections in a server's body: the service chooses their names.</summary>
internal static class ServerConnections
{
    internal static JsonArray? Connections(this JsonNode? server) =>
        (server as JsonObject).At("properties", "privateEndpointConnections") as JsonArray;
}
