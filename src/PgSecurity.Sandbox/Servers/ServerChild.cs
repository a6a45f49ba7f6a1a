using System;
using System.Text.Json.Nodes;
using PgSecurity.Sandbox.Estate;
using PgSecurity.Sandbox.Operations;

namespace PgSecurity.Sandbox.Servers;

/// <summary>
/// A child collection that is listed, read, and written by operations: what its kinds have in common. A child answers
/// with <c>properties</c>, <c>id</c>, <c>name</c> and <c>type</c>, in this order, as recorded.
/// </summary>
internal abstract class ServerChild : IServerChild
{
    public abstract string Segment { get; }

    /// <summary>The full type.</summary>
    protected string Type => KnownTypes.Server + "/" + Segment;

    /// <summary>The kind of a PUT or PATCH; null where there is none.</summary>
    protected virtual OperationKind? Upsert => null;

    /// <summary>The kind of a PATCH, where it differs from that of a PUT.</summary>
    protected virtual OperationKind? Update => Upsert;

    /// <summary>The kind of a DELETE; null where there is none.</summary>
    protected virtual OperationKind? Drop => null;

    /// <summary>Whether PATCH is known besides PUT.</summary>
    protected virtual bool Patches => false;

    public virtual SandboxResponse Answer(Exchange exchange, EstateResource server)
    {
        ArmPath path = exchange.Path;
        if (path.Types.Count > 2) return NotAllowed(exchange);
        if (path.Names.Count == 1) return exchange.Method == "GET" ? List(exchange, server) : NotAllowed(exchange);
        return exchange.Method switch
        {
            "GET" => Get(exchange, server),
            "PUT" when Upsert is not null => Put(exchange, server),
            "PATCH" when Upsert is not null && Patches => Put(exchange, server),
            "DELETE" when Drop is not null => Delete(exchange, server),
            _ => NotAllowed(exchange),
        };
    }

    protected virtual SandboxResponse List(Exchange exchange, EstateResource server) =>
        exchange.List(exchange.Estate.Collection(CollectionOf(server)));

    protected virtual SandboxResponse Get(Exchange exchange, EstateResource server) =>
        exchange.Estate.Find(exchange.Path.Text) is EstateResource child ? Reply.Resource(200, child) : Missing(exchange);

    /// <summary>Why a write is refused, or null; and the properties that it leaves.</summary>
    protected virtual OperationFailure? Plan(Exchange exchange, EstateResource server, JsonObject? current, out JsonObject properties)
    {
        properties = exchange.Body is JsonObject body && body.Find("properties") is JsonObject sent ? sent.Copy() : new JsonObject();
        return null;
    }

    /// <summary>Why a deletion is refused; null where it is not.</summary>
    protected virtual OperationFailure? PlanDrop(Exchange exchange, EstateResource server) => null;

    /// <summary>The id of a child, in the server's own spelling.</summary>
    protected string IdOf(EstateResource server, string name) => CollectionOf(server) + "/" + name;

    /// <summary>What a child's <c>name</c> says: the last segment, but for administrators.</summary>
    protected virtual string NameOf(string segment, JsonObject properties) => segment;

    protected string CollectionOf(EstateResource server) => server.Id + "/" + Segment;

    protected static string LocationOf(EstateResource server) => server.Body.Text("location") ?? "West Europe";

    protected static SandboxResponse NotAllowed(Exchange exchange) =>
        Reply.Error(405, "MethodNotAllowed", $"The method {exchange.Method} is not allowed for '{exchange.Path.Text}'.");

    protected SandboxResponse Missing(Exchange exchange) =>
        Reply.Error(
            404,
            "ResourceNotFound",
            $"The requested resource of type '{Type}' with name '{exchange.Path.Name}' was not found.");

    protected SandboxResponse Put(Exchange exchange, EstateResource server)
    {
        string name = exchange.Path.Name;
        string id = IdOf(server, name);
        string location = LocationOf(server);
        OperationFailure? failure = NotRunning(server)
            ?? Plan(exchange, server, exchange.Estate.Find(id)?.Properties, out _);
        OperationKind kind = exchange.Method == "PATCH" ? Update! : Upsert!;
        if (failure is not null) return Refuse(exchange, server, kind, failure);
        return exchange.Begin(
            kind,
            server.Id,
            location,
            () =>
            {
                EstateResource? there = exchange.Estate.Find(id);
                if (Plan(exchange, server, there?.Properties, out JsonObject properties) is not null) return;
                Store(exchange, server, id, name, properties);
            });
    }

    protected void Store(Exchange exchange, EstateResource server, string id, string name, JsonObject properties) =>
        exchange.Estate.Put(id, Type, name, BodyOf(id, NameOf(name, properties), properties));

    protected JsonObject BodyOf(string id, string name, JsonObject properties) => new()
    {
        ["properties"] = properties,
        ["id"] = id,
        ["name"] = name,
        ["type"] = Type,
    };

    private SandboxResponse Delete(Exchange exchange, EstateResource server)
    {
        string id = IdOf(server, exchange.Path.Name);
        if (exchange.Estate.Find(id) is null) return Reply.Empty(204);
        OperationFailure? failure = NotRunning(server) ?? PlanDrop(exchange, server);
        if (failure is not null) return Refuse(exchange, server, Drop!, failure);
        return exchange.Begin(Drop!, server.Id, LocationOf(server), () => Dropped(exchange, server, id));
    }

    /// <summary>What a deletion does.</summary>
    protected virtual void Dropped(Exchange exchange, EstateResource server, string id) => exchange.Estate.RemoveLeaf(id);

    protected static SandboxResponse Refuse(Exchange exchange, EstateResource server, OperationKind kind, OperationFailure failure) =>
        exchange.Refuse(kind, server.Id, LocationOf(server), failure);

    /// <summary>The failure of a write on a server that is stopped or out of reach.</summary>
    protected static OperationFailure? NotRunning(EstateResource server)
    {
        string? state = server.Body.Text("properties", "state");
        if (ArmPath.Same(state, "Stopped") || ArmPath.Same(state, "Disabled"))
        {
            return new OperationFailure("ServerStoppedError", $"Cannot complete the operation because the server '{server.Name}' is stopped.");
        }

        return ArmPath.Same(state, "Inaccessible")
            ? new OperationFailure("ServerIsNotReady", $"The server '{server.Name}' is inaccessible: its encryption key cannot be used.")
            : null;
    }
}
