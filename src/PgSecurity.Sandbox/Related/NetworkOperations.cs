using System.Text.Json.Nodes;
using PgSecurity.Sandbox.Estate;
using PgSecurity.Sandbox.Operations;

namespace PgSecurity.Sandbox.Related;

/// <summary>Polls of operations of the network provider, and of managed HSMs.</summary>
internal sealed class NetworkOperations : IProvider
{
    public bool Answers(Exchange exchange) =>
        exchange.Method == "GET"
        && (exchange.Path.Is("Microsoft.Network/locations/operations")
            || exchange.Path.Is("Microsoft.Network/locations/operationResults")
            || exchange.Path.Is("Microsoft.KeyVault/locations/managedHsmOperationResults"));

    public SandboxResponse Answer(Exchange exchange)
    {
        exchange.RelatedOperations.Settle();
        ArmPath path = exchange.Path;
        RelatedOperation? operation = exchange.RelatedOperations.Find(path.Name);
        if (operation is null) return Reply.Error(404, "OperationNotFound", $"Operation {path.Name} could not be found.");
        if (ArmPath.Same(path.Types[1], "operations"))
        {
            return Reply.Json(200, new JsonObject { ["status"] = operation.IsDone ? "Succeeded" : "InProgress" });
        }

        if (ArmPath.Same(path.Types[1], "managedHsmOperationResults"))
        {
            return operation.IsDone
                ? Reply.Empty(200)
                : Reply.Empty(202).WithResultAt(exchange, $"providers/Microsoft.KeyVault/locations/{path.Names[0]}/managedHsmOperationResults", operation, 10);
        }

        return Reply.Empty(operation.IsDone ? 204 : 202)
            .WithNetworkStatus(exchange, operation, path.Names[0], 10)
            .WithNetworkResult(exchange, operation, path.Names[0]);
    }
}
