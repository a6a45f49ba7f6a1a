using System.Linq;
using System.Text.Json.Nodes;
using PgSecurity.Sandbox.Gateways;

namespace PgSecurity.Sandbox.Servers;

/// <summary>
/// What a region offers, in the shape of recorded traffic. Sizes are a choice of those that the service has, not all.
/// </summary>
internal static class Capabilities
{
    private static readonly (string Name, int Cores, int Iops, int Memory)[] Burstable =
    {
        ("Standard_B1ms", 1, 640, 2048), ("Standard_B2s", 2, 1280, 2048), ("Standard_B2ms", 2, 1920, 4096), ("Standard_B4ms", 4, 2880, 4096),
    };

    private static readonly (string Name, int Cores, int Iops, int Memory)[] GeneralPurpose =
    {
        ("Standard_D2s_v3", 2, 3200, 4096), ("Standard_D4s_v3", 4, 6400, 4096), ("Standard_D2ds_v4", 2, 3200, 4096),
        ("Standard_D2ds_v5", 2, 3750, 4096), ("Standard_D4ds_v5", 4, 6400, 4096), ("Standard_D8ds_v5", 8, 12800, 4096),
    };

    private static readonly (string Name, int Cores, int Iops, int Memory)[] MemoryOptimized =
    {
        ("Standard_E2ds_v4", 2, 3200, 8192), ("Standard_E2ds_v5", 2, 3750, 8192), ("Standard_E4ds_v5", 4, 6400, 8192),
    };

    private static readonly (int Gigabytes, string Tier, int Iops)[] Disks =
    {
        (32, "P4", 120), (64, "P6", 240), (128, "P10", 500), (256, "P15", 1100), (512, "P20", 2300), (1024, "P30", 5000),
    };

    internal static SandboxResponse Answer(Exchange exchange)
    {
        JsonObject all = All();
        if (ApiVersions.IsBefore(exchange.ApiVersion, ApiVersions.Newest)) all["indexTuningSupported"] = "Enabled";
        if (ApiVersions.IsBefore(exchange.ApiVersion, "2024-08-02")) all["restricted"] = "Disabled";
        return exchange.List(new JsonNode[] { all });
    }

    private static JsonObject All() => new()
    {
        ["name"] = "FlexibleServerCapabilities",
        ["supportedServerEditions"] = new JsonArray(
            Edition("Burstable", "Standard_B1ms", 32, Burstable),
            Edition("GeneralPurpose", "Standard_D4ds_v5", 64, GeneralPurpose),
            Edition("MemoryOptimized", "Standard_E4ds_v5", 128, MemoryOptimized)),
        ["supportedServerVersions"] = new JsonArray(ServerShape.Versions.Select(version => (JsonNode?)Version(version)).ToArray()),
        ["supportedFastProvisioningEditions"] = new JsonArray(new JsonObject
        {
            ["supportedTier"] = "Burstable",
            ["supportedSku"] = "standard_b1ms",
            ["supportedStorageGb"] = 32,
            ["supportedServerVersions"] = "16",
            ["serverCount"] = 0,
        }),
        ["supportedFeatures"] = new JsonArray(
            new[] { "FastProvisioning", "ZoneRedundantHa", "GeoBackup", "ZoneRedundantHaAndGeoBackup", "StorageAutoGrowth", "OnlineResize" }
                .Select(name => (JsonNode?)new JsonObject { ["name"] = name, ["status"] = "Enabled" }).ToArray()),
        ["fastProvisioningSupported"] = "Enabled",
        ["geoBackupSupported"] = "Enabled",
        ["zoneRedundantHaSupported"] = "Enabled",
        ["zoneRedundantHaAndGeoBackupSupported"] = "Enabled",
        ["storageAutoGrowthSupported"] = "Enabled",
        ["onlineResizeSupported"] = "Enabled",
    };

    private static JsonObject Edition(string name, string defaultSku, int defaultGigabytes, (string Name, int Cores, int Iops, int Memory)[] sizes) => new()
    {
        ["supportedServerSkus"] = new JsonArray(sizes.Select(size => (JsonNode?)new JsonObject
        {
            ["supportedFeatures"] = new JsonArray(),
            ["name"] = size.Name,
            ["vCores"] = size.Cores,
            ["supportedIops"] = size.Iops,
            ["supportedMemoryPerVcoreMb"] = size.Memory,
            ["supportedZones"] = new JsonArray("1", "2", "3"),
            ["supportedHaMode"] = new JsonArray("SameZone", "ZoneRedundant"),
        }).ToArray()),
        ["name"] = name,
        ["defaultSkuName"] = defaultSku,
        ["supportedStorageEditions"] = new JsonArray(
            new JsonObject
            {
                ["name"] = "ManagedDisk",
                ["defaultStorageSizeMb"] = defaultGigabytes * 1024,
                ["supportedStorageMb"] = new JsonArray(Disks.Select(disk => (JsonNode?)new JsonObject
                {
                    ["supportedIops"] = disk.Iops,
                    ["storageSizeMb"] = disk.Gigabytes * 1024,
                    ["defaultIopsTier"] = disk.Tier,
                    ["supportedIopsTiers"] = new JsonArray(new JsonObject { ["name"] = disk.Tier, ["iops"] = disk.Iops }),
                }).ToArray()),
            },
            new JsonObject
            {
                ["name"] = "ManagedDiskV2",
                ["defaultStorageSizeMb"] = defaultGigabytes * 1024,
                ["supportedStorageMb"] = new JsonArray(new JsonObject
                {
                    ["supportedIops"] = 3000,
                    ["supportedMaximumIops"] = 80000,
                    ["storageSizeMb"] = 32768,
                    ["maximumStorageSizeMb"] = 67108864,
                    ["supportedThroughput"] = 125,
                    ["supportedMaximumThroughput"] = 1200,
                    ["defaultIopsTier"] = "None",
                    ["supportedIopsTiers"] = new JsonArray(new JsonObject { ["name"] = "None", ["iops"] = 0 }),
                }),
            },
            new JsonObject
            {
                ["name"] = "UltraDisk",
                ["defaultStorageSizeMb"] = defaultGigabytes * 1024,
                ["supportedStorageMb"] = new JsonArray(),
                ["reason"] = "Specified Storage Edition not supported in this region.",
            }),
    };

    private static JsonObject Version(string version) => new()
    {
        ["supportedFeatures"] = new JsonArray(),
        ["name"] = version,
        ["supportedVersionsToUpgrade"] = new JsonArray(
            ServerShape.Versions.Where(other => string.CompareOrdinal(other, version) > 0).Select(other => (JsonNode?)JsonValue.Create(other)).ToArray()),
    };
}
