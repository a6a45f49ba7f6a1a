using System.Linq;
using System.Text.Json.Nodes;
using PgSecurity.Sandbox.Estate;

namespace PgSecurity.Sandbox.Gateways;

/// <summary>
/// What an older API version does not show: members that came with a later one, as recorded traffic of versions from
/// 2018 to 2025 has them. Whatever the version, the estate keeps all of them.
/// </summary>
internal static class OlderShapes
{
    private const string Capabilities = "Microsoft.DBforPostgreSQL/locations/capabilities";
    private const string ServerCapabilities = KnownTypes.Server + "/capabilities";
    private const string StorageSizes = "supportedServerEditions.supportedStorageEditions.supportedStorageMb.";

    private static readonly (string Type, string Since, string Path)[] Members =
    {
        (KnownTypes.Server, "2022-12-01", "systemData"),
        (KnownTypes.Server, "2022-12-01", "properties.authConfig"),
        (KnownTypes.Server, "2022-12-01", "properties.dataEncryption"),
        (KnownTypes.Server, "2022-12-01", "properties.replicationRole"),
        (KnownTypes.Server, "2022-12-01", "properties.replicaCapacity"),
        (KnownTypes.Server, "2023-03-01", "properties.backup.earliestRestoreDate"),
        (KnownTypes.Server, "2023-03-01", "properties.storage.autoGrow"),
        (KnownTypes.Server, "2023-06-01", "properties.storage.iops"),
        (KnownTypes.Server, "2023-06-01", "properties.storage.tier"),
        (KnownTypes.Server, "2023-06-01", "properties.storage.type"),
        (KnownTypes.Server, "2023-06-01", "properties.replica"),
        (KnownTypes.Server, "2023-06-01", "properties.privateEndpointConnections"),
        (Capabilities, "2024-01-01", "supportedFeatures"),
        (Capabilities, "2024-01-01", "indexTuningSupported"),
        (Capabilities, "2024-01-01", "supportedServerVersions.supportedFeatures"),
        (Capabilities, "2024-01-01", "supportedServerEditions.supportedServerSkus.supportedFeatures"),
        (Capabilities, "2023-12-01", "supportedServerEditions.supportedStorageEditions.reason"),
        (Capabilities, "2023-12-01", StorageSizes + "maximumStorageSizeMb"),
        (Capabilities, "2023-12-01", StorageSizes + "supportedMaximumIops"),
        (Capabilities, "2023-12-01", StorageSizes + "supportedThroughput"),
        (Capabilities, "2023-12-01", StorageSizes + "supportedMaximumThroughput"),
        ("Microsoft.Security/pricings", "2024-01-01", "properties.enforce"),
        ("Microsoft.Security/pricings", "2024-01-01", "properties.resourcesCoverageStatus"),
        ("Microsoft.KeyVault/vaults", "2023-01-01", "properties.publicNetworkAccess"),
        ("Microsoft.Network/virtualNetworks", "2024-03-01", "properties.privateEndpointVNetPolicies"),
        ("Microsoft.Network/privateEndpoints", "2025-01-01", "properties.ipVersionType"),
        ("Microsoft.Network/privateDnsZones", "2024-06-01", "properties.internalId"),
    };

    /// <summary>An answer in the shape of the version that was asked for.</summary>
    internal static SandboxResponse Of(Exchange exchange, SandboxResponse response)
    {
        string type = ArmPath.Same(exchange.Path.Type, ServerCapabilities) ? Capabilities : exchange.Path.Type;
        string[][] gone = Members
            .Where(member => ArmPath.Same(member.Type, type) && ApiVersions.IsBefore(exchange.ApiVersion, member.Since))
            .Select(member => member.Path.Split('.'))
            .ToArray();
        if (gone.Length == 0 || response.Status is not (200 or 201) || response.Json is not JsonObject body) return response;

        foreach (string[] path in gone)
        {
            Drop(body["value"] is JsonArray list ? list : body, path, 0);
        }

        return Reply.With(response, body);
    }

    private static void Drop(JsonNode? from, string[] path, int at)
    {
        if (from is JsonArray items)
        {
            foreach (JsonNode? item in items) Drop(item, path, at);
        }
        else if (from is JsonObject body)
        {
            if (at == path.Length - 1) body.Remove(path[at]);
            else Drop(body[path[at]], path, at + 1);
        }
    }
}
