using System.Linq;
using System.Text.Json.Nodes;
using PgSecurity.Sandbox.Estate;
using PgSecurity.Sandbox.Gateways;

namespace PgSecurity.Sandbox.Related;

/// <summary>Locks at any scope. A listing at a scope has those at it, above it and below it, as recorded.</summary>
internal sealed class Locks : IProvider
{
    public bool Answers(Exchange exchange) => exchange.Path.Is(LockGuard.Type);

    public SandboxResponse Answer(Exchange exchange)
    {
        ArmPath path = exchange.Path;
        if (!path.IsResource)
        {
            return exchange.List(exchange.Estate.OfType(LockGuard.Type).Where(held => Concerns(ArmPath.Parse(held.Id).Scope, path.Scope)));
        }

        EstateResource? there = exchange.Estate.Find(path.Text);
        switch (exchange.Method)
        {
            case "GET":
                return there is null ? Reply.Error(404, "LockNotFound", $"The lock '{path.Name}' could not be found.") : Reply.Resource(200, there);
            case "PUT":
                return Put(exchange, there);
            case "DELETE":
                if (there is null) return Reply.Empty(204);
                exchange.Estate.Remove(path.Text);
                return Reply.Empty(200);
            default:
                return Reply.Error(405, "MethodNotAllowed", "The method is not allowed for a lock.");
        }
    }

    private static bool Concerns(string scope, string asked) => ArmPath.IsAtOrBelow(scope, asked) || ArmPath.IsAtOrBelow(asked, scope);

    private static SandboxResponse Put(Exchange exchange, EstateResource? there)
    {
        SandboxResponse? missing = ScopeExists.Check(exchange);
        if (missing is not null) return missing;
        JsonObject? sent = exchange.Body?.Find("properties") as JsonObject;
        string? level = new[] { "CanNotDelete", "ReadOnly", "NotSpecified" }.FirstOrDefault(known => ArmPath.Same(known, sent.Text("level")));
        if (level is null) return Reply.Error(400, "InvalidLock", "The lock level must be CanNotDelete or ReadOnly.");
        ArmPath path = exchange.Path;
        JsonObject properties = new() { ["level"] = level };
        if (sent.Text("notes") is { Length: > 0 } notes) properties["notes"] = notes;
        JsonObject body = new() { ["properties"] = properties, ["id"] = path.Text, ["type"] = LockGuard.Type, ["name"] = path.Name };
        return Reply.Resource(there is null ? 201 : 200, exchange.Estate.Put(path.Text, LockGuard.Type, path.Name, body));
    }
}
