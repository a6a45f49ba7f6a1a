using System;
using PgSecurity.Sandbox.Estate;
using PgSecurity.Sandbox.Related;

namespace PgSecurity.Sandbox.Gateways;

/// <summary>Refuses to answer where the snapshot behind the sandbox does not know the answer (<see cref="Refusals"/>).</summary>
internal static class SnapshotGuard
{
    // What the service itself answered, and what it would answer again.
    private const string Stopped = "400 ServerStoppedError";

    internal static SandboxResponse? Check(Exchange exchange)
    {
        ArmPath path = exchange.Path;
        if (exchange.Method != "GET" || path.Namespace is null || path.Types.Count == 0) return null;
        string? reason = Reason(exchange, path);
        if (reason?.StartsWith(Stopped, StringComparison.Ordinal) == true) return Reply.Error(400, "ServerStoppedError", $"The server '{path.Names[0]}' is stopped.");
        return reason is null ? null : Authorization.Forbidden(exchange.Options.CallerObjectId, exchange.Method, path, reason);
    }

    private static string? Reason(Exchange exchange, ArmPath path)
    {
        Refusals refusals = exchange.Estate.Refusals;
        if (path.Is(KnownTypes.Server)) return path.IsResource ? refusals.Of(KnownTypes.Server, path.Text) : null;

        if (RoleDefinitions.IsBuiltIn(path)) return null;
        string type = KnownTypes.Spelling(path.Type);
        bool ofServer = ArmPath.Same(path.Namespace, "Microsoft.DBforPostgreSQL") && path.Types.Count > 1;
        if (!path.IsResource) return refusals.Of(type, ofServer ? path.Root : path.Scope);
        return exchange.Estate.Find(path.Text) is null ? refusals.Of(type, ofServer ? path.Root : ScopeOf(path)) : null;
    }

    /// <summary>What extends a resource is unknown only where that resource's are; of all others it cannot be told whose they are.</summary>
    private static string ScopeOf(ArmPath path) => ArmPath.Parse(path.Scope).IsResource ? path.Scope : string.Empty;
}
