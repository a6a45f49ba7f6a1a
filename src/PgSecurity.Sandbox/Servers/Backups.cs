using System.Text.Json.Nodes;
using PgSecurity.Sandbox.Estate;
using PgSecurity.Sandbox.Operations;

namespace PgSecurity.Sandbox.Servers;

/// <summary>Backups: the automatic ones of the snapshot, and those that are asked for here.</summary>
internal sealed class Backups : ServerChild
{
    public override string Segment => "backups";

    protected override OperationKind? Upsert => OperationKinds.CreateBackup;

    protected override OperationKind? Drop => OperationKinds.DropBackup;

    protected override OperationFailure? Plan(Exchange exchange, EstateResource server, JsonObject? current, out JsonObject properties)
    {
        properties = new JsonObject
        {
            ["backupType"] = "Customer On-Demand",
            ["source"] = "Customer Initiated",
            ["completedTime"] = ServerShape.LocalTime(exchange.Operations.GroupOf(server.Id).Now),
        };
        return ArmPath.Same(server.Body.Text("sku", "tier"), "Burstable")
            ? new OperationFailure("InvalidParameterValue", "On-demand backups are not supported for burstable servers.")
            : null;
    }
}
