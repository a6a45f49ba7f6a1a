using System;
using System.Linq;
using System.Text.Json.Nodes;
using PgSecurity.Sandbox.Estate;
using PgSecurity.Sandbox.Related;

namespace PgSecurity.Sandbox.Vaults;

/// <summary>Key vaults: written at once; a deleted one can be recovered; purge protection cannot be switched off.</summary>
internal sealed class VaultRequests : IProvider
{
    internal const string Type = "Microsoft.KeyVault/vaults";
    internal const string DeletedType = "Microsoft.KeyVault/locations/deletedVaults";

    private static readonly string[] Optional =
    {
        "enabledForDiskEncryption", "enabledForTemplateDeployment", "enableRbacAuthorization", "enablePurgeProtection",
    };

    public bool Answers(Exchange exchange) => exchange.Path.Is(Type);

    public SandboxResponse Answer(Exchange exchange)
    {
        ArmPath path = exchange.Path;
        if (!path.IsResource) return exchange.List(exchange.Estate.OfType(Type, path.Scope));
        EstateResource? there = exchange.Estate.Find(path.Text);
        return exchange.Method switch
        {
            "GET" => there is null ? NotFound(path) : Reply.Resource(200, there),
            "PUT" => Put(exchange, there),
            "PATCH" => there is null ? NotFound(path) : Patch(exchange, there),
            "DELETE" => there is null ? Reply.Empty(204) : Delete(exchange, there),
            _ => Reply.Error(405, "MethodNotAllowed", "The method is not allowed for a vault."),
        };
    }

    private static SandboxResponse NotFound(ArmPath path) => Reply.ResourceNotFound(Type + "/" + path.Name, path.ResourceGroup);

    private static SandboxResponse Put(Exchange exchange, EstateResource? there)
    {
        ArmPath path = exchange.Path;
        JsonObject? sent = exchange.Body?.Find("properties") as JsonObject;
        bool recovers = ArmPath.Same(sent.Text("createMode"), "recover");
        EstateResource? deleted = exchange.Estate.OfType(DeletedType).FirstOrDefault(vault => ArmPath.Same(vault.Name, path.Name));
        if (there is null && deleted is not null && !recovers)
        {
            return Reply.Error(
                409,
                "ConflictError",
                $"A vault with the same name already exists in deleted state. You need to either recover or purge existing key vault '{path.Name}'.");
        }

        if (there is null && deleted is not null && !ArmPath.Same(deleted.Body.Text("properties", "vaultId"), path.Text))
        {
            return Reply.Error(
                400,
                "InvalidResourceGroupForRecovery",
                $"The deleted vault '{path.Name}' can be recovered only where it was: {deleted.Body.Text("properties", "vaultId")}.");
        }

        SandboxResponse? refusal = CheckPurgeProtection(there, sent);
        if (refusal is not null) return refusal;
        if (deleted is not null) exchange.Estate.Remove(deleted.Id);
        return Reply.Resource(200, exchange.Estate.Put(path.Text, Type, path.Name, Body(exchange, sent, there?.Body)));
    }

    private static SandboxResponse? CheckPurgeProtection(EstateResource? there, JsonObject? sent)
    {
        bool isOn = (there?.Body).IsTrue("properties", "enablePurgeProtection");
        bool turnsOff = sent.Find("enablePurgeProtection") is JsonValue value && value.GetValueKind() == System.Text.Json.JsonValueKind.False;
        return isOn && turnsOff
            ? Reply.Error(
                400,
                "BadRequest",
                "The property \"enablePurgeProtection\" cannot be set to false. Enabling the purge protection for a vault is an irreversible action.")
            : null;
    }

    private static JsonObject Body(Exchange exchange, JsonObject? sent, JsonObject? before)
    {
        ArmPath path = exchange.Path;
        JsonObject? old = before.Find("properties") as JsonObject;
        JsonObject properties = new()
        {
            ["sku"] = (sent.Find("sku") ?? old.Find("sku"))?.DeepClone(),
            ["tenantId"] = sent.Text("tenantId") ?? exchange.Options.TenantId,
            ["accessPolicies"] = (sent.Find("accessPolicies") ?? old.Find("accessPolicies"))?.DeepClone() ?? new JsonArray(),
            ["enabledForDeployment"] = sent.IsTrue("enabledForDeployment"),
        };
        foreach (string name in Optional)
        {
            if ((sent.Find(name) ?? old.Find(name)) is JsonNode value) properties[name] = value.DeepClone();
        }

        if (ShownRules(sent.Find("networkAcls") ?? old.Find("networkAcls")) is JsonObject rules) properties["networkAcls"] = rules;
        properties["enableSoftDelete"] = true;

        // Shown when it was sent, or when nothing was said of soft delete (recorded).
        int? retention = sent.Whole("softDeleteRetentionInDays") ?? old.Whole("softDeleteRetentionInDays") ?? (sent.Has("enableSoftDelete") ? null : 90);
        if (retention is int days) properties["softDeleteRetentionInDays"] = days;
        properties["vaultUri"] = $"https://{path.Name}.vault.azure.net/";
        properties["provisioningState"] = "Succeeded";
        properties["publicNetworkAccess"] = sent.Text("publicNetworkAccess") ?? old.Text("publicNetworkAccess") ?? "Enabled";
        JsonObject body = new()
        {
            ["id"] = path.Text,
            ["name"] = path.Name,
            ["type"] = Type,
            ["location"] = exchange.Body.Text("location") ?? before.Text("location"),
            ["tags"] = exchange.Body.Find("tags")?.DeepClone() ?? before.Find("tags")?.DeepClone() ?? new JsonObject(),
            ["systemData"] = SystemData.New(exchange),
            ["properties"] = properties,
        };
        if (string.CompareOrdinal(exchange.ApiVersion, "2021") < 0) body.Remove("systemData");
        return body;
    }

    /// <summary>
    /// Network rules as a vault shows them: with both lists, and not at all where they say no more than that everybody is
    /// let in (recorded).
    /// </summary>
    private static JsonObject? ShownRules(JsonNode? rules)
    {
        if (rules is not JsonObject sent) return null;
        JsonArray addresses = sent.Find("ipRules") as JsonArray ?? new JsonArray();
        JsonArray networks = sent.Find("virtualNetworkRules") as JsonArray ?? new JsonArray();
        string bypass = sent.Text("bypass") ?? "AzureServices";
        string action = sent.Text("defaultAction") ?? "Allow";
        bool saysNothing = ArmPath.Same(action, "Allow") && ArmPath.Same(bypass, "AzureServices") && addresses.Count == 0 && networks.Count == 0;
        return saysNothing
            ? null
            : new JsonObject { ["bypass"] = bypass, ["defaultAction"] = action, ["ipRules"] = addresses.DeepClone(), ["virtualNetworkRules"] = networks.DeepClone() };
    }

    private static SandboxResponse Patch(Exchange exchange, EstateResource there)
    {
        JsonObject? sent = exchange.Body?.Find("properties") as JsonObject;
        SandboxResponse? refusal = CheckPurgeProtection(there, sent);
        if (refusal is not null) return refusal;
        if (sent is not null) there.Properties.Merge(sent);
        if (exchange.Body?.Find("tags") is JsonObject tags) there.Body["tags"] = tags.DeepClone();
        return Reply.Resource(200, there);
    }

    private static SandboxResponse Delete(Exchange exchange, EstateResource there)
    {
        exchange.Estate.Remove(there.Id);
        string location = Locations.Code(there.Body.Text("location") ?? "westeurope");
        string id = $"/subscriptions/{exchange.Path.Subscription}/providers/Microsoft.KeyVault/locations/{location}/deletedVaults/{there.Name}";
        exchange.Estate.Put(
            id,
            DeletedType,
            there.Name,
            new JsonObject
            {
                ["id"] = id,
                ["name"] = there.Name,
                ["type"] = "Microsoft.KeyVault/deletedVaults",
                ["properties"] = new JsonObject
                {
                    ["vaultId"] = there.Id,
                    ["location"] = location,
                    ["tags"] = there.Body.Find("tags")?.DeepClone() ?? new JsonObject(),
                    ["deletionDate"] = exchange.Stamp,
                    ["scheduledPurgeDate"] = exchange.Stamp,
                },
            });
        return Reply.Empty(200);
    }
}
