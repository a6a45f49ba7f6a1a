using System.Text.Json.Nodes;
using PgSecurity.Sandbox.Estate;
using PgSecurity.Sandbox.Operations;

namespace PgSecurity.Sandbox.Related;

/// <summary>Polls of operations on private DNS zones: 202 while in progress, 200 at the end (recorded).</summary>
internal sealed class PrivateDnsOperations : IProvider
{
    public bool Answers(Exchange exchange) =>
        exchange.Method == "GET"
        && (exchange.Path.Is("Microsoft.Network/privateDnsOperationStatuses") || exchange.Path.Is("Microsoft.Network/privateDnsOperationResults"));

    public SandboxResponse Answer(Exchange exchange)
    {
        exchange.RelatedOperations.Settle();
        RelatedOperation? operation = exchange.RelatedOperations.Find(exchange.Path.Name);
        if (operation is null) return Reply.Error(404, "OperationNotFound", $"Operation {exchange.Path.Name} could not be found.");
        return operation.IsDone
            ? Reply.Json(200, new JsonObject { ["status"] = "Succeeded" })
            : Reply.Json(202, new JsonObject { ["status"] = "InProgress" }).WithDnsAddresses(exchange, operation);
    }
}
