using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PgSecurity.Sandbox.Estate;
using PgSecurity.Sandbox.Operations;

namespace PgSecurity.Sandbox.Servers;

/// <summary>Requests of servers themselves: list, read, create, change, delete.</summary>
internal sealed class ServerRequests
{
    private static readonly Regex NameForm = new("^[a-zA-Z0-9]+(-[a-zA-Z0-9]+)*$", RegexOptions.CultureInvariant);
    private static readonly TimeSpan UnseenAtFirst = TimeSpan.FromSeconds(30);
    private readonly ServerLedger _ledger;
    private readonly ServerCreation _creation;

    internal ServerRequests(ServerLedger ledger)
    {
        _ledger = ledger;
        _creation = new ServerCreation(ledger);
    }

    internal SandboxResponse List(Exchange exchange)
    {
        if (exchange.Method != "GET") return MethodNotAllowed(exchange);
        List<EstateResource> servers = exchange.Estate.OfType(KnownTypes.Server, exchange.Path.Scope).Where(Exists).ToList();
        foreach (EstateResource server in servers)
        {
            exchange.Operations.Touch(server.Id);
            FirstBackup.Take(exchange, server.Id, _ledger);
            Refresh(exchange, server);
        }

        return exchange.List(servers);
    }

    internal SandboxResponse Answer(Exchange exchange)
    {
        EstateResource? server = exchange.Estate.Find(exchange.Path.Text);
        return exchange.Method switch
        {
            "GET" => Get(exchange, server),
            "PUT" when server is null || !Exists(server) => _creation.Create(exchange, NameForm),
            "PUT" => Update(exchange, server),
            "PATCH" when server is not null => Update(exchange, server),
            "DELETE" => Delete(exchange, server),
            "PATCH" => NotFound(exchange),
            _ => MethodNotAllowed(exchange),
        };
    }

    private SandboxResponse Get(Exchange exchange, EstateResource? server)
    {
        if (server is null || !Exists(server) || IsUnseen(exchange, server)) return NotFound(exchange);
        Refresh(exchange, server);
        return Reply.Resource(200, server);
    }

    /// <summary>A server that is being made is not there at first, while its operation already runs.</summary>
    private bool IsUnseen(Exchange exchange, EstateResource server) =>
        exchange.Quirks.NotFoundWhileCreating
        && ArmPath.Same(server.Body.Text("properties", "state"), "Provisioning")
        && _ledger.Of(server.Id).CreateStarted is DateTimeOffset started
        && exchange.Operations.GroupOf(server.Id).Now - started < UnseenAtFirst;

    /// <summary>Puts the private endpoint connections into the server's body, as the service shows them.</summary>
    private static void Refresh(Exchange exchange, EstateResource server)
    {
        JsonObject properties = server.Properties;
        if (!string.IsNullOrEmpty(properties.Text("network", "delegatedSubnetResourceId"))) return;
        IReadOnlyList<EstateResource> connections = exchange.Estate.Collection(server.Id + "/privateEndpointConnections");

        // A server of before private endpoints does not have the member at all (recorded).
        if (connections.Count == 0 && !properties.Has("privateEndpointConnections")) return;
        properties.Set("privateEndpointConnections", new JsonArray(connections.Select(connection => (JsonNode?)connection.Body.DeepClone()).ToArray()));
    }

    private SandboxResponse Update(Exchange exchange, EstateResource server)
    {
        string location = server.Body.Text("location") ?? "West Europe";
        JsonObject request = exchange.Body ?? new JsonObject();
        string state = server.Body.Text("properties", "state") ?? "Ready";
        OperationFailure? failure = state is "Stopped" or "Disabled"
            ? new OperationFailure("ServerStoppedError", $"Cannot complete the operation because the server '{server.Name}' is stopped.")
            : ServerChange.Apply(exchange, server.Body.Copy(), request, new ServerMemory { HiddenLogin = _ledger.Of(server.Id).HiddenLogin });
        OperationKind kind = ReplicaPromotion.KindOf(request) ?? OperationKinds.UpdateServer;
        if (failure is not null) return exchange.Refuse(kind, server.Id, location, failure);

        string? primary = server.Body.Text("properties", "sourceServerResourceId");
        string version = server.Body.Text("properties", "version") ?? string.Empty;
        return exchange.Begin(
            kind,
            server.Id,
            location,
            () =>
            {
                ServerStates.Set(server.Body, "Ready");
                ServerChange.Apply(exchange, server.Body, request, _ledger.Of(server.Id));
                ServerStates.Set(server.Body, "Ready");
                ReplicaPromotion.Finish(exchange, server, primary);
                if (server.Body.Text("properties", "version") is string now && now != version) ParameterCatalogue.Move(exchange, server, now);
            },
            started: () => ServerStates.Set(server.Body, "Updating"),
            rollback: () => ServerStates.Set(server.Body, "Ready"));
    }

    private SandboxResponse Delete(Exchange exchange, EstateResource? server)
    {
        if (server is null || !Exists(server)) return Reply.Empty(204);
        bool isReplica = ArmPath.Same(server.Body.Text("properties", "replicationRole"), "AsyncReplica");
        string before = server.Body.Text("properties", "state") ?? "Ready";
        return exchange.Begin(
            isReplica ? OperationKinds.DropReplica : OperationKinds.DropServer,
            server.Id,
            server.Body.Text("location") ?? "West Europe",
            () => Dropped(exchange, server),
            started: () => ServerStates.Set(server.Body, "Dropping"),
            rollback: () => ServerStates.Set(server.Body, before));
    }

    private void Dropped(Exchange exchange, EstateResource server)
    {
        foreach (EstateResource replica in exchange.Estate.OfType(KnownTypes.Server))
        {
            if (ArmPath.Same(replica.Body.Text("properties", "sourceServerResourceId"), server.Id)) Free(replica);
        }

        ServerStates.Set(server.Body, "Ready");
        _ledger.Dropped[server.Id] = server.Body.Copy();
        _ledger.Forget(server.Id);
        exchange.Estate.Refusals.Forget(server.Id);
        DelegatedSubnet.Leave(exchange, server);
        exchange.Estate.Remove(server.Id);
    }

    /// <summary>A replica whose primary is gone stands alone.</summary>
    private static void Free(EstateResource replica)
    {
        JsonObject properties = replica.Properties;
        properties.Drop("sourceServerResourceId");
        properties.Set("replicationRole", "Primary");
        properties.Set("replicaCapacity", 5);
        properties.Object("replica")["role"] = "Primary";
        properties.Object("replica")["capacity"] = 5;
    }

    private static bool Exists(EstateResource server) => server.Type == KnownTypes.Server;

    private static SandboxResponse NotFound(Exchange exchange) =>
        Reply.ResourceNotFound(KnownTypes.Server + "/" + exchange.Path.Name, exchange.Path.ResourceGroup);

    private static SandboxResponse MethodNotAllowed(Exchange exchange) =>
        Reply.Error(405, "MethodNotAllowed", $"The method {exchange.Method} is not allowed for '{exchange.Path.Text}'.");
}
