using System.Linq;
using System.Text.Json.Nodes;
using PgSecurity.Sandbox.Estate;
using PgSecurity.Sandbox.Gateways;
using PgSecurity.Sandbox.Operations;

namespace PgSecurity.Sandbox.Servers;

/// <summary>
/// Promotion of a replica: it stands alone, or it and its primary change places. Names of operations and what is seen
/// afterwards are recorded (azure-cli, June 2026); <c>replicationRole: None</c> is how older API versions ask for the first.
/// </summary>
internal static class ReplicaPromotion
{
    private const string Switchover = "Switchover";

    /// <summary>The operation of a PATCH that asks for a promotion; null for any other.</summary>
    internal static OperationKind? KindOf(JsonObject request) => ModeOf(request) switch
    {
        null => null,
        Switchover => OperationKinds.SwitchOver,
        _ => OperationKinds.PromoteReplica,
    };

    /// <summary>Promotes a server's body, or says why not.</summary>
    internal static OperationFailure? Apply(Exchange exchange, JsonObject server, JsonObject patch)
    {
        if (ModeOf(patch) is not string mode) return null;
        JsonObject properties = server.Object("properties");
        bool isReplica = ArmPath.Same(properties.Text("replicationRole"), "AsyncReplica");
        if (!isReplica) return patch.At("properties", "replica") is null ? null : ServerEnums.InvalidValue("replica");
        if (mode == Switchover && exchange.Quirks.SwitchoverNeedsSource && string.IsNullOrEmpty(patch.Text("properties", "sourceServerResourceId")))
        {
            return new OperationFailure("MissingRequiredParameter", "sourceServerResourceId is required for a switchover.");
        }

        SetRole(properties, "Primary");
        properties.Drop("sourceServerResourceId");
        return null;
    }

    /// <summary>After a switchover: the former primary follows, the other replicas and the virtual endpoints move along.</summary>
    /// <param name="exchange">The request.</param>
    /// <param name="promoted">The new primary.</param>
    /// <param name="formerPrimary">The id of the server that it replicated.</param>
    internal static void Finish(Exchange exchange, EstateResource promoted, string? formerPrimary)
    {
        if (ModeOf(exchange.Body ?? new JsonObject()) != Switchover || formerPrimary is null) return;
        foreach (EstateResource other in exchange.Estate.OfType(KnownTypes.Server).ToArray())
        {
            if (other.Id == promoted.Id) continue;
            bool isFormer = ArmPath.Same(other.Id, formerPrimary);
            if (!isFormer && !ArmPath.Same(other.Body.Text("properties", "sourceServerResourceId"), formerPrimary)) continue;
            if (isFormer) SetRole(other.Properties, "AsyncReplica");
            other.Properties.Set("sourceServerResourceId", promoted.Id);
        }

        foreach (EstateResource endpoint in exchange.Estate.Collection(formerPrimary + "/virtualendpoints").ToArray())
        {
            string id = promoted.Id + "/virtualendpoints/" + endpoint.Name;
            JsonObject body = endpoint.Body.Copy();
            body["id"] = id;
            exchange.Estate.Remove(endpoint.Id);
            exchange.Estate.Put(id, endpoint.Type, endpoint.Name, body);
        }
    }

    private static string? ModeOf(JsonObject request)
    {
        string? mode = request.Text("properties", "replica", "promoteMode");
        if (ArmPath.Same(mode, Switchover)) return Switchover;
        return mode is not null || ArmPath.Same(request.Text("properties", "replicationRole"), "None") ? "Standalone" : null;
    }

    private static void SetRole(JsonObject properties, string role)
    {
        properties.Object("replica")["role"] = role;
        properties.Set("replicationRole", role);
        if (role != "Primary") return;
        properties.Object("replica")["capacity"] = 5;
        properties.Set("replicaCapacity", 5);
    }
}
