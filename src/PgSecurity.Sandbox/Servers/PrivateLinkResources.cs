using System.Text.Json.Nodes;
using PgSecurity.Sandbox.Estate;

namespace PgSecurity.Sandbox.Servers;

/// <summary>What a private endpoint may connect to: one group, <c>postgresqlServer</c> (recorded).</summary>
internal sealed class PrivateLinkResources : ServerChild
{
    public override string Segment => "privateLinkResources";

    protected override SandboxResponse List(Exchange exchange, EstateResource server) =>
        exchange.List(new JsonNode[] { Group(server) });

    protected override SandboxResponse Get(Exchange exchange, EstateResource server) =>
        ArmPath.Same(exchange.Path.Name, "postgresqlServer") ? Reply.Json(200, Group(server)) : Missing(exchange);

    private JsonObject Group(EstateResource server) => BodyOf(
        IdOf(server, "postgresqlServer"),
        "postgresqlServer",
        new JsonObject
        {
            ["groupId"] = "postgresqlServer",
            ["requiredMembers"] = new JsonArray("postgresqlServer"),
            ["requiredZoneNames"] = new JsonArray("privatelink.postgres.database.azure.com"),
        });
}
