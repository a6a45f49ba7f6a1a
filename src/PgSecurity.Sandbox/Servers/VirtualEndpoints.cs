using System.Text.Json.Nodes;
using PgSecurity.Sandbox.Estate;
using PgSecurity.Sandbox.Operations;

namespace PgSecurity.Sandbox.Servers;

/// <summary>Virtual endpoints: one name for the writer and one for the reader of a group. They belong to the primary.</summary>
internal sealed class VirtualEndpoints : ServerChild
{
    public override string Segment => "virtualendpoints";

    protected override OperationKind? Upsert => OperationKinds.UpsertVirtualEndpoint;

    protected override OperationKind? Update => OperationKinds.UpdateVirtualEndpoint;

    protected override OperationKind? Drop => OperationKinds.DropVirtualEndpoint;

    protected override bool Patches => true;

    public override SandboxResponse Answer(Exchange exchange, EstateResource server)
    {
        // Read from the wrong node it is a 400 (terraform-provider-azurerm#30789); the code is not reported.
        bool isReplica = ArmPath.Same(server.Body.Text("properties", "replicationRole"), "AsyncReplica");
        return exchange.Method == "GET" && isReplica
            ? Reply.Error(400, "InvalidParameterValue", $"Virtual endpoints are not available on the read replica '{server.Name}'.")
            : base.Answer(exchange, server);
    }

    protected override OperationFailure? Plan(Exchange exchange, EstateResource server, JsonObject? current, out JsonObject properties)
    {
        string name = exchange.Path.Name;
        JsonObject? sent = exchange.Body?.Find("properties") as JsonObject;
        JsonArray members = sent.Find("members") as JsonArray ?? current.Find("members") as JsonArray ?? new JsonArray(server.Name);
        properties = new JsonObject
        {
            ["endpointType"] = "ReadWrite",
            ["virtualEndpoints"] = new JsonArray(
                name + ".writer.postgres.database.azure.com",
                name + ".reader.postgres.database.azure.com"),
            ["members"] = members.DeepClone(),
        };
        return PlanDrop(exchange, server);
    }

    protected override OperationFailure? PlanDrop(Exchange exchange, EstateResource server) =>
        ArmPath.Same(server.Body.Text("properties", "state"), "Ready")
            ? null
            : new OperationFailure(
                "VirtualEndpointOwnerServerNotInReadyState",
                $"Server {server.Name} should be in Ready state to create/update/drop virtual endpoint\"");
}
