using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using PgSecurity.Sandbox.Estate;

namespace PgSecurity.Sandbox.Vaults;

/// <summary>
/// A vault's data plane, as far as keys concern servers: a key and its rotation policy. It spells actions <c>Rotate</c>
/// and <c>Notify</c> where ARM spells them <c>rotate</c> and <c>notify</c>, and asks for a token of its own.
/// </summary>
internal sealed class KeyDataPlane : IProvider
{
    public bool Answers(Exchange exchange) => ArmPath.IsAtOrBelow(exchange.Path.Text, "/_vault");

    public SandboxResponse Answer(Exchange exchange)
    {
        string[] segments = exchange.Path.Text.Trim('/').Split('/');
        string host = segments.Length > 1 ? segments[1] : string.Empty;
        if (!exchange.Request.Headers.ContainsKey("Authorization")) return Challenge(exchange, host);
        if (segments.Length < 4 || !ArmPath.Same(segments[2], "keys")) return Error(404, "NotFound", "The resource was not found.");
        EstateResource? key = Find(exchange, host.Split('.')[0], segments[3]);
        if (key is null) return Error(404, "KeyNotFound", $"A key with (name/id) {segments[3]} was not found in this key vault.");

        string address = $"https://{host}/keys/{key.Name}";
        bool isPolicy = segments.Length > 4 && ArmPath.Same(segments[4], "rotationpolicy");
        if (!isPolicy) return exchange.Method == "GET" ? Reply.Json(200, Key(key)) : Error(405, "MethodNotAllowed", "The method is not allowed for a key.");
        switch (exchange.Method)
        {
            case "GET":
                return Reply.Json(200, Policy(key, address));
            case "PUT":
                return Put(exchange, key, address);
            default:
                return Error(405, "MethodNotAllowed", "The method is not allowed for a rotation policy.");
        }
    }

    private static EstateResource? Find(Exchange exchange, string vault, string key) =>
        exchange.Estate.OfType(VaultKeys.Type).Concat(exchange.Estate.OfType("Microsoft.KeyVault/managedHSMs/keys"))
            .FirstOrDefault(candidate =>
            {
                ArmPath path = ArmPath.Parse(candidate.Id);
                return ArmPath.Same(path.Names[0], vault) && ArmPath.Same(path.Name, key);
            });

    private static JsonObject Key(EstateResource key) => new()
    {
        ["key"] = new JsonObject
        {
            ["kid"] = key.Body.Text("properties", "keyUriWithVersion"),
            ["kty"] = key.Body.Text("properties", "kty"),
            ["key_ops"] = key.Body.At("properties", "keyOps")?.DeepClone(),
        },
        ["attributes"] = key.Body.At("properties", "attributes")?.DeepClone(),
    };

    private static JsonObject Policy(EstateResource key, string address)
    {
        JsonObject? kept = key.Body.At("properties", "rotationPolicy") as JsonObject;
        JsonArray actions = new();
        foreach (JsonObject action in (kept.Find("lifetimeActions") as JsonArray ?? DefaultActions()).OfType<JsonObject>())
        {
            string type = action.Text("action", "type") ?? "notify";
            actions.Add(new JsonObject
            {
                ["trigger"] = action.Find("trigger")?.DeepClone(),
                ["action"] = new JsonObject { ["type"] = ArmPath.Same(type, "rotate") ? "Rotate" : "Notify" },
            });
        }

        JsonObject attributes = new();
        if (kept.At("attributes", "expiryTime") is JsonNode expiry) attributes["expiryTime"] = expiry.DeepClone();
        foreach (string name in new[] { "created", "updated" })
        {
            if (kept.At("attributes", name) is JsonNode time) attributes[name] = time.DeepClone();
        }

        // A policy that nobody has set has neither id nor attributes (recorded).
        return kept is null
            ? new JsonObject { ["lifetimeActions"] = actions, ["attributes"] = null }
            : new JsonObject { ["id"] = address + "/rotationpolicy", ["lifetimeActions"] = actions, ["attributes"] = attributes };
    }

    private static JsonArray DefaultActions() => new(new JsonObject
    {
        ["trigger"] = new JsonObject { ["timeBeforeExpiry"] = "P30D" },
        ["action"] = new JsonObject { ["type"] = "notify" },
    });

    private static SandboxResponse Put(Exchange exchange, EstateResource key, string address)
    {
        JsonArray actions = new();
        foreach (JsonObject action in (exchange.Body?.Find("lifetimeActions") as JsonArray ?? new JsonArray()).OfType<JsonObject>())
        {
            string type = action.Text("action", "type") ?? string.Empty;
            if (!ArmPath.Same(type, "Rotate") && !ArmPath.Same(type, "Notify")) return Error(400, "BadParameter", $"Property has invalid value: lifetimeActions.action.type '{type}'");
            actions.Add(new JsonObject
            {
                ["trigger"] = action.Find("trigger")?.DeepClone(),
                ["action"] = new JsonObject { ["type"] = type.ToLowerInvariant() },
            });
        }

        long now = exchange.Now.ToUnixTimeSeconds();
        JsonObject attributes = new() { ["created"] = now, ["updated"] = now };
        if (exchange.Body.At("attributes", "expiryTime") is JsonNode expiry) attributes["expiryTime"] = expiry.DeepClone();
        key.Properties["rotationPolicy"] = new JsonObject { ["attributes"] = attributes, ["lifetimeActions"] = actions };
        return Reply.Json(200, Policy(key, address));
    }

    private static SandboxResponse Challenge(Exchange exchange, string host)
    {
        SandboxResponse response = Error(401, "Unauthorized", "AKV10000: Request is missing a Bearer or PoP token.");
        string resource = host.IndexOf(".managedhsm.", StringComparison.OrdinalIgnoreCase) > 0 ? "https://managedhsm.azure.net" : "https://vault.azure.net";
        response.Headers["WWW-Authenticate"] = $"Bearer authorization=\"https://login.windows.net/{exchange.Options.TenantId}\", resource=\"{resource}\"";
        return response;
    }

    private static SandboxResponse Error(int status, string code, string message) => Reply.Error(status, code, message);
}
