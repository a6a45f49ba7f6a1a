using System;
using System.Linq;
using PgSecurity.Sandbox.Estate;

namespace PgSecurity.Sandbox.Gateways;

/// <summary>Refuses what a lock forbids: ReadOnly any change, CanNotDelete a deletion, at the lock's scope and below.</summary>
internal static class LockGuard
{
    internal const string Type = "Microsoft.Authorization/locks";

    internal static SandboxResponse? Check(Exchange exchange)
    {
        if (exchange.Method is "GET" or "HEAD" || exchange.Path.Is(Type)) return null;
        if (exchange.Path.ResourceGroup is null && exchange.Method == "POST") return null;
        bool deletes = exchange.Method == "DELETE";
        string[] scopes = exchange.Estate.OfType(Type)
            .Where(held => Forbids(held, deletes))
            .Select(held => ArmPath.Parse(held.Id).Scope)
            .Where(scope => ArmPath.IsAtOrBelow(exchange.Path.Text, scope) || (deletes && ArmPath.IsAtOrBelow(scope, exchange.Path.Text)))
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .ToArray();
        if (scopes.Length == 0) return null;
        return Reply.Gateway(
            409,
            "ScopeLocked",
            $"The scope '{exchange.Path.Text}' cannot perform {(deletes ? "delete" : "write")} operation because following scope(s) are "
            + $"locked: '{string.Join(",", scopes)}'. Please remove the lock and try again.");
    }

    private static bool Forbids(EstateResource held, bool deletes)
    {
        string? level = held.Body.Text("properties", "level");
        return ArmPath.Same(level, "ReadOnly") || (deletes && ArmPath.Same(level, "CanNotDelete"));
    }
}
