using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using PgSecurity.Sandbox.Estate;
using PgSecurity.Sandbox.Operations;

namespace PgSecurity.Sandbox.Servers;

/// <summary>
/// Entra administrators. Those of a primary are those of its replicas (recorded), where they cannot be written. They are
/// addressed by object id and named by principal name (recorded), cannot be changed in place, and are refused for minutes
/// after a change of the authentication.
/// </summary>
internal sealed class Administrators : ServerChild
{
    private readonly ServerLedger _ledger;

    internal Administrators(ServerLedger ledger) => _ledger = ledger;

    public override string Segment => "administrators";

    protected override OperationKind? Upsert => OperationKinds.UpsertAdministrator;

    protected override OperationKind? Drop => OperationKinds.DropAdministrator;

    public override SandboxResponse Answer(Exchange exchange, EstateResource server)
    {
        // The code is not recorded; that the listing is an error while Entra authentication is off is.
        if (exchange.Method == "GET" && !EntraIsOn(server))
        {
            return Reply.Error(400, "AadAuthNotEnabled", $"Microsoft Entra authentication is not enabled for server '{server.Name}'.");
        }

        return base.Answer(exchange, server);
    }

    protected override SandboxResponse List(Exchange exchange, EstateResource server) =>
        exchange.List(Own(exchange, server).Select(administrator => Seen(administrator, server)));

    protected override SandboxResponse Get(Exchange exchange, EstateResource server)
    {
        EstateResource? found = Own(exchange, server).FirstOrDefault(administrator => ArmPath.Same(administrator.Name, exchange.Path.Name));
        return found is null ? Missing(exchange) : Reply.Json(200, Seen(found, server));
    }

    protected override string NameOf(string segment, JsonObject properties) => properties.Text("principalName") ?? segment;

    protected override OperationFailure? Plan(Exchange exchange, EstateResource server, JsonObject? current, out JsonObject properties)
    {
        JsonObject? sent = exchange.Body?.Find("properties") as JsonObject;
        string objectId = exchange.Path.Name;
        properties = new JsonObject
        {
            ["principalType"] = sent.Text("principalType") ?? "Unknown",
            ["principalName"] = sent.Text("principalName"),
            ["objectId"] = objectId,
            ["tenantId"] = sent.Text("tenantId") is { Length: > 0 } tenant ? tenant : exchange.Options.TenantId,
        };
        OperationFailure? failure = PlanDrop(exchange, server);
        if (failure is not null) return failure;
        if (!Guid.TryParse(objectId, out _)) return ServerEnums.InvalidValue("objectId");
        if (string.IsNullOrEmpty(sent.Text("principalName"))) return ServerEnums.InvalidValue("principalName");
        bool differs = current is not null
            && !(ArmPath.Same(current.Text("principalName"), sent.Text("principalName")) && ArmPath.Same(current.Text("principalType"), sent.Text("principalType")));
        return differs
            ? new OperationFailure(
                "AadAuthPrincipalUpdateNotSupported",
                "Updating an existing principal isn't supported. Drop and recreate the principal.")
            : null;
    }

    protected override OperationFailure? PlanDrop(Exchange exchange, EstateResource server)
    {
        if (ArmPath.Same(server.Body.Text("properties", "replicationRole"), "AsyncReplica"))
        {
            return new OperationFailure("InvalidParameterValue", $"Administrators cannot be changed on the read replica '{server.Name}'.");
        }

        if (!EntraIsOn(server))
        {
            return new OperationFailure("AadAuthNotEnabled", $"Microsoft Entra authentication is not enabled for server '{server.Name}'.");
        }

        DateTimeOffset now = exchange.Operations.GroupOf(server.Id).Now;
        return _ledger.Of(server.Id).AuthenticationChanged is DateTimeOffset changed
            && now - changed < exchange.Quirks.AdministratorsRefusedAfterAuthChange
                ? new OperationFailure(
                    "AadAuthOperationCannotBePerformedWhenServerIsNotAccessible",
                    $"The server '{server.Name}' is not accessible to perform Azure AD Principal operation.")
                : null;
    }

    private static bool EntraIsOn(EstateResource server) =>
        ArmPath.Same(server.Body.Text("properties", "authConfig", "activeDirectoryAuth"), "Enabled");

    private IEnumerable<EstateResource> Own(Exchange exchange, EstateResource server)
    {
        IReadOnlyList<EstateResource> own = exchange.Estate.Collection(CollectionOf(server));
        string? source = server.Body.Text("properties", "sourceServerResourceId");
        return own.Count > 0 || string.IsNullOrEmpty(source) ? own : exchange.Estate.Collection(source + "/" + Segment);
    }

    private JsonObject Seen(EstateResource administrator, EstateResource server)
    {
        JsonObject body = administrator.Body.Copy();
        body["id"] = IdOf(server, administrator.Name);
        return body;
    }
}
