using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using PgSecurity.Sandbox.Estate;

namespace PgSecurity.Sandbox.Related;

/// <summary>
/// Role definitions: the custom ones of the estate, and the built-in roles that concern flexible servers and their keys.
/// A custom one lives at the subscription, wherever it was made (recorded).
/// </summary>
internal sealed class RoleDefinitions : IProvider
{
    private const string Type = "Microsoft.Authorization/roleDefinitions";

    private static readonly (string Id, string Name, string[] Actions, string[] DataActions)[] BuiltIn =
    {
        ("acdd72a7-3385-48ef-bd42-f606fba81ae7", "Reader", new[] { "*/read" }, Array.Empty<string>()),
        ("b24988ac-6180-42a0-ab88-20f7382dd24c", "Contributor", new[] { "*" }, Array.Empty<string>()),
        ("8e3af657-a8ff-443c-a75c-2fe8c4bcb635", "Owner", new[] { "*" }, Array.Empty<string>()),
        ("749f88d5-cbae-40b8-bcfc-e573ddc772fa", "Monitoring Contributor", new[] { "*/read", "Microsoft.Insights/DiagnosticSettings/*" }, Array.Empty<string>()),
        ("92aaf0da-9dab-42b6-94a3-d43ce8d16293", "Log Analytics Contributor", new[] { "*/read", "Microsoft.OperationalInsights/*" }, Array.Empty<string>()),
        (
            "e147488a-f6f5-4113-8e2d-b22465e65bf6",
            "Key Vault Crypto Service Encryption User",
            new[] { "Microsoft.EventGrid/eventSubscriptions/write", "Microsoft.EventGrid/eventSubscriptions/read", "Microsoft.EventGrid/eventSubscriptions/delete" },
            new[] { "Microsoft.KeyVault/vaults/keys/read", "Microsoft.KeyVault/vaults/keys/wrap/action", "Microsoft.KeyVault/vaults/keys/unwrap/action" }),
    };

    /// <summary>Whether a path is that of a built-in role, which is the same for everybody, whatever a snapshot knows.</summary>
    internal static bool IsBuiltIn(ArmPath path) => path.Is(Type) && path.IsResource && BuiltIn.Any(role => ArmPath.Same(role.Id, path.Name));

    public bool Answers(Exchange exchange) => exchange.Path.Is(Type);

    public SandboxResponse Answer(Exchange exchange)
    {
        ArmPath path = exchange.Path;
        if (!path.IsResource) return Reply.Json(200, new JsonObject { ["value"] = new JsonArray(Filtered(exchange).Select(role => (JsonNode?)role.DeepClone()).ToArray()) });
        JsonObject? there = Find(exchange, path.Name);
        switch (exchange.Method)
        {
            case "GET":
                return there is null
                    ? Reply.Error(404, "RoleDefinitionDoesNotExist", $"The specified role definition with ID '{path.Name}' does not exist.")
                    : Reply.Json(200, there);
            case "PUT":
                return Put(exchange);
            case "DELETE":
                if (there is null) return Reply.Empty(204);
                exchange.Estate.Remove(there.Text("id")!);
                return Reply.Json(200, there);
            default:
                return Reply.Error(405, "MethodNotAllowed", "The method is not allowed for a role definition.");
        }
    }

    private static IEnumerable<JsonNode> Filtered(Exchange exchange)
    {
        string filter = exchange.Query.TryGetValue("$filter", out string? text) ? text : string.Empty;
        string? name = filter.StartsWith("roleName eq '", StringComparison.OrdinalIgnoreCase) ? filter.Substring(13).TrimEnd('\'') : null;
        return All(exchange).Where(role => name is null || ArmPath.Same(role.Text("properties", "roleName"), name));
    }

    private static JsonObject? Find(Exchange exchange, string name) =>
        All(exchange).FirstOrDefault(role => ArmPath.Same(role.Text("name"), name));

    private static IEnumerable<JsonObject> All(Exchange exchange)
    {
        JsonObject[] own = exchange.Estate.OfType(Type).Select(role => role.Body).ToArray();
        return own.Concat(BuiltIn
            .Where(role => !own.Any(body => ArmPath.Same(body.Text("name"), role.Id)))
            .Select(role => Body(
                Root(exchange) + role.Id,
                role.Id,
                Properties(role.Name, "BuiltInRole", role.Actions, role.DataActions, exchange, isBuiltIn: true))));
    }

    private static string Root(Exchange exchange) =>
        (exchange.Path.Subscription is string subscription ? "/subscriptions/" + subscription : string.Empty) + "/providers/" + Type + "/";

    private static JsonObject Properties(string name, string kind, string[] actions, string[] dataActions, Exchange exchange, bool isBuiltIn) => new()
    {
        ["roleName"] = name,
        ["type"] = kind,
        ["description"] = string.Empty,
        ["assignableScopes"] = new JsonArray("/"),
        ["permissions"] = new JsonArray(new JsonObject
        {
            ["actions"] = new JsonArray(actions.Select(action => (JsonNode?)JsonValue.Create(action)).ToArray()),
            ["notActions"] = new JsonArray(),
            ["dataActions"] = new JsonArray(dataActions.Select(action => (JsonNode?)JsonValue.Create(action)).ToArray()),
            ["notDataActions"] = new JsonArray(),
        }),
        ["createdOn"] = "2015-02-02T21:55:09.8806423Z",
        ["updatedOn"] = "2021-11-11T20:13:28.3061853Z",
        ["createdBy"] = isBuiltIn ? null : exchange.Options.CallerObjectId,
        ["updatedBy"] = isBuiltIn ? null : exchange.Options.CallerObjectId,
    };

    private static JsonObject Body(string id, string name, JsonObject properties) => new()
    {
        ["properties"] = properties,
        ["id"] = id,
        ["type"] = Type,
        ["name"] = name,
    };

    private static SandboxResponse Put(Exchange exchange)
    {
        JsonObject? sent = exchange.Body?.Find("properties") as JsonObject;
        if (sent.Text("roleName") is not { Length: > 0 } roleName)
        {
            return Reply.Error(400, "RoleDefinitionNameInvalid", "The role definition needs a roleName.");
        }

        JsonObject properties = Properties(roleName, "CustomRole", Array.Empty<string>(), Array.Empty<string>(), exchange, isBuiltIn: false);
        properties["description"] = sent.Text("description");
        properties["assignableScopes"] = sent.Find("assignableScopes")?.DeepClone();
        properties["permissions"] = Permissions(sent.Find("permissions") as JsonArray);
        properties["createdBy"] = null;
        string id = Root(exchange) + exchange.Path.Name;
        EstateResource made = exchange.Estate.Put(id, Type, exchange.Path.Name, Body(id, exchange.Path.Name, properties));
        SandboxResponse response = Reply.Resource(201, made);
        properties["createdBy"] = exchange.Options.CallerObjectId;
        return response;
    }

    private static JsonArray Permissions(JsonArray? sent)
    {
        JsonArray all = new();
        foreach (JsonObject permission in (sent ?? new JsonArray()).OfType<JsonObject>())
        {
            JsonObject whole = new();
            foreach (string name in new[] { "actions", "notActions", "dataActions", "notDataActions" })
            {
                whole[name] = permission.Find(name)?.DeepClone() ?? new JsonArray();
            }

            all.Add(whole);
        }

        return all;
    }
}
