using System;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using PgSecurity.Core.Snapshots;

namespace PgSecurity.Core.Postures.Recognition;

/// <summary>What a server's body does not say although it looks whole.</summary>
internal static class ServerBody
{
    private const string OldApi =
        "the body is of an API version before 2022-03, which does not have this property; read the server with 2025-08-01";

    private const string BeforeAutoGrow =
        "the body is of an API version before 2023-03, which does not show storage auto-grow; read the server with 2025-08-01";

    private const string Stub =
        "a list of replicas shows stubs, whose values are not the replica's own; read the replica by its own id";

    private const string CreateMode = "createMode";

    private const string Password = "administratorLoginPassword";

    private static readonly string[] NotInOldApi = { "authConfig", "dataEncryption", "replicationRole" };

    /// <summary>
    /// The server as a resource. Two kinds of body would be believed wrongly: one of the 2021 API, where properties
    /// are missing that the server has, which are marked as unknown; and the stub of a replica as
    /// <c>…/replicas</c> lists it (no SKU, no storage), of which only what identifies it is kept.
    /// </summary>
    public static Resource ToResource(ServerId id, JsonElement body, string? gap)
    {
        if (HasPassword(body)) body = WithoutPassword(body);
        if (gap is not null && !id.IsSingleServer) body = WithoutCreateMode(body);
        if (id.IsSingleServer || gap is not null) return new Resource(id.Value, id.ResourceType, id.Name, body, gap);
        if (IsStub(body)) return new Resource(id.Value, id.ResourceType, id.Name, Identity(id, body), Stub);
        if (IsOfOldApi(body)) body = MarkOldApi(body);
        if (HidesAutoGrow(body)) body = MarkAutoGrow(body);
        return new Resource(id.Value, id.ResourceType, id.Name, body);
    }

    /// <summary>The service never answers with a password; a request that was kept, or a hand-written body, may hold one.</summary>
    private static bool HasPassword(JsonElement body) =>
        ArmJson.TryGet(body, "properties", out JsonElement properties) && ArmJson.Text(properties, Password) is not null;

    private static JsonElement WithoutPassword(JsonElement body)
    {
        JsonObject copy = JsonObject.Create(body)!;
        JsonObject properties = copy.Where(member => Same(member.Key, "properties")).Select(member => member.Value).OfType<JsonObject>().First();
        properties[properties.Select(member => member.Key).First(name => Same(name, Password))] = ArmJson.Unknown(Secrets.Reason);
        return ArmJson.Element(copy);
    }

    /// <summary>
    /// How a server is made is written and never shown (write-only in the type definition of 2025-08-01): in a body that
    /// lacks properties it is not one of those that may be there.
    /// </summary>
    private static JsonElement WithoutCreateMode(JsonElement body)
    {
        if (!ArmJson.TryGet(body, "properties", out JsonElement properties) || ArmJson.Has(properties, CreateMode)) return body;
        JsonObject copy = JsonObject.Create(body)!;
        JsonObject? copied = copy.Where(member => Same(member.Key, "properties")).Select(member => member.Value).OfType<JsonObject>().FirstOrDefault();
        if (copied is null) return body;
        copied[CreateMode] = null;
        return ArmJson.Element(copy);
    }

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    private static bool IsStub(JsonElement body) =>
        ArmJson.TryGet(body, "sku", out JsonElement sku)
        && ArmJson.TryGet(sku, "name", out JsonElement name)
        && name.ValueKind == JsonValueKind.String
        && name.ValueEquals("")
        && ArmJson.TryGet(body, "properties", out JsonElement properties)
        && ArmJson.TryGet(properties, "storage", out JsonElement storage)
        && ArmJson.TryGet(storage, "storageSizeGB", out JsonElement size)
        && size.ValueKind == JsonValueKind.Number
        && size.TryGetInt32(out int gigabytes)
        && gigabytes == 0;

    private static JsonElement Identity(ServerId id, JsonElement body)
    {
        JsonObject properties = new();
        foreach (string name in new[] { "replicationRole", "sourceServerResourceId" })
        {
            if (ArmJson.Text(body, "properties", name) is string text) properties[name] = text;
        }

        JsonObject stub = new()
        {
            ["id"] = id.Value,
            ["type"] = id.ResourceType,
            ["name"] = id.Name,
            ["properties"] = properties,
        };
        if (ArmJson.Text(body, "location") is string location) stub["location"] = location;
        return ArmJson.Element(stub);
    }

    private static bool IsOfOldApi(JsonElement body)
    {
        if (!ArmJson.TryGet(body, "properties", out JsonElement properties)) return false;
        foreach (string name in NotInOldApi)
        {
            if (ArmJson.Has(properties, name)) return false;
        }

        return true;
    }

    private static JsonElement MarkOldApi(JsonElement body)
    {
        JsonObject marked = JsonObject.Create(body)!;
        foreach (var member in marked)
        {
            if (!Same(member.Key, "properties")) continue;
            foreach (string name in NotInOldApi)
            {
                ((JsonObject)member.Value!)[name] = ArmJson.Unknown(OldApi);
            }

            break;
        }

        return ArmJson.Element(marked);
    }

    /// <summary>An answer of the service (only those have a state) of an API version that shows less of the storage.</summary>
    private static bool HidesAutoGrow(JsonElement body) =>
        ArmJson.TryGet(body, "properties", out JsonElement properties)
        && ArmJson.Has(properties, "state")
        && !ArmJson.Has(properties, "replica")
        && ArmJson.TryGet(properties, "storage", out JsonElement storage)
        && storage.ValueKind == JsonValueKind.Object
        && !ArmJson.Has(storage, "autoGrow");

    private static JsonElement MarkAutoGrow(JsonElement body)
    {
        JsonObject marked = JsonObject.Create(body)!;
        JsonObject properties = marked.Where(member => Same(member.Key, "properties")).Select(member => member.Value).OfType<JsonObject>().First();
        JsonObject storage = properties.Where(member => Same(member.Key, "storage")).Select(member => member.Value).OfType<JsonObject>().First();
        storage["autoGrow"] = ArmJson.Unknown(BeforeAutoGrow);
        return ArmJson.Element(marked);
    }
}
