using System;
using System.Text.Json.Nodes;
using PgSecurity.Sandbox.Estate;
using PgSecurity.Sandbox.Operations;
using PgSecurity.Sandbox.Related;

namespace PgSecurity.Sandbox.Vaults;

/// <summary>Vaults that were deleted: shown, listed and purged.</summary>
internal sealed class DeletedVaults : IProvider
{
    private const string Purge = VaultRequests.DeletedType + "/purge";
    private const string Results = "Microsoft.KeyVault/locations/operationResults";

    public bool Answers(Exchange exchange) =>
        exchange.Path.Is(VaultRequests.DeletedType)
        || exchange.Path.Is("Microsoft.KeyVault/deletedVaults")
        || exchange.Path.Is(Purge)
        || exchange.Path.Is(Results);

    public SandboxResponse Answer(Exchange exchange)
    {
        exchange.RelatedOperations.Settle();
        ArmPath path = exchange.Path;
        if (path.Is("Microsoft.KeyVault/deletedVaults")) return exchange.List(exchange.Estate.OfType(VaultRequests.DeletedType, path.Scope));
        if (path.Is(Results)) return Poll(exchange);
        string id = path.Is(Purge) ? path.Parent : path.Text;
        EstateResource? deleted = exchange.Estate.Find(id);
        if (deleted is null)
        {
            return Reply.Error(
                404,
                "DeletedVaultNotFound",
                $"The specified deleted vault '{id.Substring(id.LastIndexOf('/') + 1)}' does not exist. Ensure that the vault was indeed deleted and that it is in "
                + "recoverable state. If soft delete was not enabled then the vault is permanently deleted.");
        }

        if (!path.Is(Purge)) return Reply.Resource(200, deleted);
        RelatedOperation operation = exchange.RelatedOperations.Start(TimeSpan.FromSeconds(5), () => exchange.Estate.Remove(deleted.Id));
        return Reply.Empty(202).WithResultAt(exchange, $"providers/Microsoft.KeyVault/locations/{path.Names[0]}/operationResults", operation, 5);
    }

    private static SandboxResponse Poll(Exchange exchange)
    {
        RelatedOperation? operation = exchange.RelatedOperations.Find(exchange.Path.Name);
        if (operation is null) return Reply.Error(404, "OperationNotFound", "The operation was not found.");
        return operation.IsDone
            ? Reply.Json(200, new JsonObject
            {
                ["createdDateTime"] = exchange.Now.UtcDateTime.ToString("u", System.Globalization.CultureInfo.InvariantCulture),
                ["lastActionDateTime"] = exchange.Now.UtcDateTime.ToString("u", System.Globalization.CultureInfo.InvariantCulture),
                ["status"] = "Succeeded",
            })
            : Reply.Empty(202).WithResultAt(exchange, $"providers/Microsoft.KeyVault/locations/{exchange.Path.Names[0]}/operationResults", operation, 5);
    }
}
