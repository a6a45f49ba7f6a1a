using PgSecurity.Sandbox.Estate;

namespace PgSecurity.Sandbox.Related;

/// <summary>Whether what an extension resource extends is there.</summary>
internal static class ScopeExists
{
    /// <summary>The 404 of a scope that is not there; null where it is, or cannot be told for a type the sandbox does not keep.</summary>
    internal static SandboxResponse? Check(Exchange exchange)
    {
        ArmPath scope = ArmPath.Parse(exchange.Path.Scope);
        if (!scope.IsResource || !ArmPath.Same(scope.Namespace, "Microsoft.DBforPostgreSQL")) return null;
        return exchange.Estate.Find(scope.Root) is null
            ? Reply.ResourceNotFound(scope.Namespace + "/" + scope.Types[0] + "/" + scope.Names[0], scope.ResourceGroup)
            : null;
    }
}
