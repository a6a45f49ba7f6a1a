using System.Text.Json.Nodes;
using PgSecurity.Sandbox.Estate;

namespace PgSecurity.Sandbox.Servers;

/// <summary>A server's <c>storage</c>: what goes with its size, by the kind of its disk.</summary>
internal static class StorageShape
{
    private static readonly (int Gigabytes, string Tier, int Iops)[] Disks =
    {
        (32, "P4", 120), (64, "P6", 240), (128, "P10", 500), (256, "P15", 1100), (512, "P20", 2300), (1024, "P30", 5000),
        (2048, "P40", 7500), (4096, "P50", 7500), (8192, "P60", 16000), (16384, "P70", 18000), (32767, "P80", 20000),
    };

    /// <summary>Premium SSD 128 GB, what a server has of which nothing is said.</summary>
    internal static JsonObject Default() => new()
    {
        ["type"] = string.Empty, ["iops"] = 500, ["tier"] = "P10", ["storageSizeGB"] = 128, ["autoGrow"] = "Disabled",
    };

    /// <summary>Sets the size, and with it tier and operations a second where the kind of disk ties them to it.</summary>
    internal static void SetSize(JsonObject storage, int gigabytes)
    {
        storage["storageSizeGB"] = gigabytes;
        if (IsRatedApart(storage.Text("type"))) return;
        foreach ((int size, string tier, int iops) in Disks)
        {
            if (size < gigabytes) continue;
            storage["tier"] = tier;
            storage["iops"] = iops;
            return;
        }
    }

    /// <summary>
    /// Sets the kind of disk. One that is rated apart from its size starts with 3,000 operations and 125 MB a second, and
    /// a new server of that kind shows no tier; one restored from a server with a tier keeps showing it. Recorded
    /// (azure-cli, November 2024).
    /// </summary>
    internal static void SetKind(JsonObject storage, string kind, bool keepsTier)
    {
        bool starts = IsRatedApart(kind) && !IsRatedApart(storage.Text("type"));
        storage["type"] = kind;
        if (!starts) return;
        storage["iops"] = 3000;
        storage["throughput"] = 125;
        if (!keepsTier) storage.Drop("tier");
    }

    private static bool IsRatedApart(string? kind) => ArmPath.Same(kind, "PremiumV2_LRS") || ArmPath.Same(kind, "UltraSSD_LRS");
}
