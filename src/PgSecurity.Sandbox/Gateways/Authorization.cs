using System.Linq;
using PgSecurity.Sandbox.Estate;

namespace PgSecurity.Sandbox.Gateways;

/// <summary>ARM's refusal of an action that the identity does not have.</summary>
internal static class Authorization
{
    internal static SandboxResponse Forbidden(string caller, string method, ArmPath path, string? because = null) =>
        Reply.Error(
            403,
            "AuthorizationFailed",
            $"The client '{caller}' with object id '{caller}' does not have authorization to perform action '{Action(method, path)}' "
            + $"over scope '{path.Text}' or the scope is invalid. If access was recently granted, please refresh your credentials."
            + (because is null ? string.Empty : $" (The snapshot behind this sandbox does not hold it: {because})"));

    /// <summary>The action that a request takes, as role definitions name it.</summary>
    internal static string Action(string method, ArmPath path)
    {
        if (path.Namespace is null)
        {
            return "Microsoft.Resources/subscriptions/" + (path.ResourceGroup is null ? string.Empty : "resourceGroups/") + Verb(method);
        }

        bool isAction = method == "POST" && !path.IsResource;
        return isAction
            ? path.Namespace + "/" + string.Join("/", path.Types.Take(path.Types.Count)) + "/action"
            : path.Type + "/" + Verb(method);
    }

    private static string Verb(string method) => method switch
    {
        "GET" or "HEAD" => "read",
        "DELETE" => "delete",
        "POST" => "action",
        _ => "write",
    };
}
