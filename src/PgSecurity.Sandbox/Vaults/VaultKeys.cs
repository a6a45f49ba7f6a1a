using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using PgSecurity.Sandbox.Estate;

namespace PgSecurity.Sandbox.Vaults;

/// <summary>
/// Keys over ARM: a PUT makes one that is not there and changes none that is; a list leaves the rotation policy out.
/// </summary>
internal sealed class VaultKeys : IProvider
{
    internal const string Type = "Microsoft.KeyVault/vaults/keys";

    public bool Answers(Exchange exchange) => exchange.Path.Is(Type) || exchange.Path.Is(Type + "/versions");

    public SandboxResponse Answer(Exchange exchange)
    {
        ArmPath path = exchange.Path;
        EstateResource? vault = exchange.Estate.Find(path.Root);
        if (vault is null) return Reply.ResourceNotFound("Microsoft.KeyVault/vaults/" + path.Names[0], path.ResourceGroup);
        if (path.Types.Count == 2 && !path.IsResource) return exchange.List(exchange.Estate.Collection(path.Text).Select(Listed));

        EstateResource? key = exchange.Estate.Find($"{path.Root}/{path.Types[1]}/{path.Names[1]}");
        if (path.Types.Count == 3) return Versions(exchange, key);
        return exchange.Method switch
        {
            "GET" => key is null ? NotFound(path) : Reply.Resource(200, key),
            "PUT" => key is not null ? Reply.Resource(200, key) : Create(exchange, vault),
            _ => Reply.Error(405, "MethodNotAllowed", "The method is not allowed for a key."),
        };
    }

    private static SandboxResponse NotFound(ArmPath path) => Reply.Error(404, "KeyNotFound", $"A key with (name/id) {path.Names[1]} was not found in this key vault.");

    private static SandboxResponse Versions(Exchange exchange, EstateResource? key)
    {
        if (key is null) return NotFound(exchange.Path);
        JsonObject version = Listed(key);
        string address = key.Body.Text("properties", "keyUriWithVersion") ?? string.Empty;
        string name = address.Substring(address.LastIndexOf('/') + 1);
        version["id"] = key.Id + "/versions/" + name;
        version["name"] = name;
        version["type"] = Type + "/versions";
        return exchange.Path.IsResource && !ArmPath.Same(exchange.Path.Name, name) ? NotFound(exchange.Path)
            : exchange.Path.IsResource ? Reply.Json(200, version)
            : exchange.List(new JsonNode[] { version });
    }

    private static JsonObject Listed(EstateResource key)
    {
        JsonObject copy = key.Body.Copy();
        copy.Object("properties").Drop("rotationPolicy");
        return copy;
    }

    private static SandboxResponse Create(Exchange exchange, EstateResource vault)
    {
        ArmPath path = exchange.Path;
        JsonObject? sent = exchange.Body?.Find("properties") as JsonObject;
        string kind = sent.Text("kty") ?? "RSA";
        string uri = $"https://{path.Names[0]}.vault.azure.net/keys/{path.Name}";
        long now = exchange.Now.ToUnixTimeSeconds();
        JsonObject attributes = new() { ["enabled"] = !(sent.At("attributes", "enabled") is JsonValue off && off.GetValueKind() == System.Text.Json.JsonValueKind.False) };
        foreach (string name in new[] { "nbf", "exp" })
        {
            if (sent.At("attributes", name) is JsonNode value) attributes[name] = value.DeepClone();
        }

        attributes["created"] = now;
        attributes["updated"] = now;
        attributes["recoveryLevel"] = vault.Body.IsTrue("properties", "enablePurgeProtection") ? "Recoverable" : "Recoverable+Purgeable";
        attributes["exportable"] = false;
        JsonObject properties = new()
        {
            ["attributes"] = attributes,
            ["kty"] = kind,
            ["keyOps"] = sent.Find("keyOps")?.DeepClone() ?? new JsonArray("encrypt", "decrypt", "sign", "verify", "wrapKey", "unwrapKey"),
            ["keySize"] = sent.Whole("keySize") ?? 2048,
            ["keyUri"] = uri,
            ["keyUriWithVersion"] = uri + "/" + string.Concat(exchange.NewGuid().Split('-')),
        };
        if (sent.Find("rotationPolicy") is JsonNode policy) properties["rotationPolicy"] = policy.DeepClone();
        JsonObject body = new()
        {
            ["id"] = path.Text,
            ["name"] = path.Name,
            ["type"] = Type,
            ["location"] = Locations.Code(vault.Body.Text("location") ?? "westeurope"),
            ["properties"] = properties,
        };
        return Reply.Resource(200, exchange.Estate.Put(path.Text, Type, path.Name, body));
    }
}
