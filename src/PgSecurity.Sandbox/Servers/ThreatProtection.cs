using System.Text.Json.Nodes;
using PgSecurity.Sandbox.Estate;
using PgSecurity.Sandbox.Operations;

namespace PgSecurity.Sandbox.Servers;

/// <summary>The server's own Defender state: one resource, <c>Default</c>, which is always there.</summary>
internal sealed class ThreatProtection : ServerChild
{
    public override string Segment => "advancedThreatProtectionSettings";

    protected override OperationKind? Upsert => OperationKinds.UpsertThreatProtection;

    protected override SandboxResponse List(Exchange exchange, EstateResource server) =>
        exchange.List(new JsonNode[] { Setting(exchange, server) });

    protected override SandboxResponse Get(Exchange exchange, EstateResource server) =>
        IsDefault(exchange) ? Reply.Json(200, Setting(exchange, server)) : Missing(exchange);

    protected override OperationFailure? Plan(Exchange exchange, EstateResource server, JsonObject? current, out JsonObject properties)
    {
        string? sent = (exchange.Body?.Find("properties") as JsonObject).Text("state");
        string? state = ArmPath.Same(sent, "Enabled") ? "Enabled" : ArmPath.Same(sent, "Disabled") ? "Disabled" : null;
        properties = new JsonObject { ["state"] = state, ["creationTime"] = exchange.Stamp };
        if (!IsDefault(exchange)) return ServerEnums.InvalidValue("threatProtectionName");
        return state is null ? ServerEnums.InvalidValue("state") : null;
    }

    private static bool IsDefault(Exchange exchange) => ArmPath.Same(exchange.Path.Name, "Default");

    private JsonObject Setting(Exchange exchange, EstateResource server)
    {
        string id = IdOf(server, "Default");
        return exchange.Estate.Find(id)?.Body.Copy() ?? BodyOf(
            id,
            "Default",
            new JsonObject { ["state"] = "Disabled", ["creationTime"] = "0001-01-01T00:00:00Z" });
    }
}
