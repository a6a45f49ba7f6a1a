using System.Text.Json.Nodes;
using PgSecurity.Sandbox.Estate;

namespace PgSecurity.Sandbox.Related;

/// <summary>Role assignments at any scope, in the shape of API 2022-04-01.</summary>
internal sealed class RoleAssignments : IProvider
{
    private const string Type = "Microsoft.Authorization/roleAssignments";

    public bool Answers(Exchange exchange) => exchange.Path.Is(Type);

    public SandboxResponse Answer(Exchange exchange)
    {
        ArmPath path = exchange.Path;
        if (!path.IsResource) return exchange.List(ScopeFilter.At(exchange, Type));
        EstateResource? there = exchange.Estate.Find(path.Text);
        switch (exchange.Method)
        {
            case "GET":
                return there is null
                    ? Reply.Error(404, "RoleAssignmentNotFound", $"The role assignment '{path.Name}' is not found.")
                    : Reply.Resource(200, there);
            case "PUT":
                return Put(exchange, there);
            case "DELETE":
                if (there is null) return Reply.Empty(204);
                exchange.Estate.Remove(path.Text);
                return Reply.Resource(200, there);
            default:
                return Reply.Error(405, "MethodNotAllowed", "The method is not allowed for a role assignment.");
        }
    }

    private static SandboxResponse Put(Exchange exchange, EstateResource? there)
    {
        JsonObject? sent = exchange.Body?.Find("properties") as JsonObject;
        string? principal = sent.Text("principalId");
        string? role = sent.Text("roleDefinitionId");
        if (string.IsNullOrEmpty(principal) || string.IsNullOrEmpty(role))
        {
            return Reply.Error(400, "InvalidCreateRoleAssignmentRequest", "The request to create role assignment is not valid.");
        }

        if (there is not null && !ArmPath.Same(there.Body.Text("properties", "principalId"), principal))
        {
            return Reply.Error(409, "RoleAssignmentUpdateNotPermitted", "Tenant ID, application ID, principal ID, and scope are not allowed to be updated.");
        }

        foreach (EstateResource other in exchange.Estate.Collection(exchange.Path.Parent))
        {
            bool same = ArmPath.Same(other.Body.Text("properties", "principalId"), principal)
                && ArmPath.Same(other.Body.Text("properties", "roleDefinitionId"), role)
                && !ArmPath.Same(other.Name, exchange.Path.Name);
            if (same) return Reply.Error(409, "RoleAssignmentExists", "The role assignment already exists.");
        }

        ArmPath path = exchange.Path;
        JsonObject properties = new()
        {
            ["roleDefinitionId"] = role,
            ["principalId"] = principal,
            ["principalType"] = sent.Text("principalType") ?? "ServicePrincipal",
            ["scope"] = path.Scope.Length == 0 ? "/" : path.Scope,
            ["condition"] = sent.Text("condition"),
            ["conditionVersion"] = sent.Text("conditionVersion"),
            ["createdOn"] = exchange.Stamp,
            ["updatedOn"] = exchange.Stamp,
            ["createdBy"] = null,
            ["updatedBy"] = exchange.Options.CallerObjectId,
            ["delegatedManagedIdentityResourceId"] = null,
            ["description"] = sent.Text("description"),
        };
        JsonObject body = new() { ["properties"] = properties, ["id"] = path.Text, ["type"] = Type, ["name"] = path.Name };
        EstateResource made = exchange.Estate.Put(path.Text, Type, path.Name, body);
        SandboxResponse response = Reply.Resource(there is null ? 201 : 200, made);
        properties["createdBy"] = exchange.Options.CallerObjectId;
        return response;
    }
}
