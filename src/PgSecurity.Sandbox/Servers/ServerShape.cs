using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json.Nodes;
using PgSecurity.Sandbox.Estate;

namespace PgSecurity.Sandbox.Servers;

/// <summary>
/// The body of a server as the service answers it: order of members, defaults and spellings of recorded traffic
/// (azure-cli 2025, azure-service-operator 2026).
/// </summary>
internal static class ServerShape
{
    /// <summary>The version that a server gets when none is asked for.</summary>
    internal const string DefaultVersion = "17";

    private static readonly Dictionary<string, string> MinorVersions = new(StringComparer.Ordinal)
    {
        ["11"] = "22", ["12"] = "22", ["13"] = "23", ["14"] = "20", ["15"] = "15", ["16"] = "12", ["17"] = "8", ["18"] = "4",
    };

    /// <summary>The versions there are.</summary>
    internal static IEnumerable<string> Versions => MinorVersions.Keys;

    /// <summary>The newest minor version of a major one.</summary>
    internal static string MinorVersionOf(string version) => MinorVersions.TryGetValue(version, out string? minor) ? minor : "0";

    /// <summary>Whether there is such a major version.</summary>
    internal static bool IsVersion(string version) => MinorVersions.ContainsKey(version);

    /// <summary>A new server with nothing but defaults.</summary>
    internal static JsonObject New(string id, string name, string location, string createdAt) => new()
    {
        ["sku"] = new JsonObject { ["name"] = "Standard_D4ds_v5", ["tier"] = "GeneralPurpose" },
        ["systemData"] = new JsonObject { ["createdAt"] = createdAt },
        ["properties"] = new JsonObject
        {
            ["replica"] = new JsonObject { ["role"] = "Primary", ["capacity"] = 5 },
            ["storage"] = StorageShape.Default(),
            ["network"] = new JsonObject { ["publicNetworkAccess"] = "Enabled" },
            ["privateEndpointConnections"] = new JsonArray(),
            ["dataEncryption"] = new JsonObject { ["type"] = "SystemManaged" },
            ["authConfig"] = new JsonObject { ["activeDirectoryAuth"] = "Disabled", ["passwordAuth"] = "Enabled" },
            ["fullyQualifiedDomainName"] = name + ".postgres.database.azure.com",
            ["version"] = DefaultVersion,
            ["state"] = "Provisioning",
            ["availabilityZone"] = "1",
            ["backup"] = new JsonObject { ["backupRetentionDays"] = 7, ["geoRedundantBackup"] = "Disabled" },
            ["highAvailability"] = new JsonObject { ["mode"] = "Disabled", ["state"] = string.Empty },
            ["maintenanceWindow"] = new JsonObject { ["customWindow"] = "Disabled", ["dayOfWeek"] = 0, ["startHour"] = 0, ["startMinute"] = 0 },
            ["replicationRole"] = "Primary",
            ["replicaCapacity"] = 5,
        },
        ["location"] = Locations.Name(location),
        ["id"] = id,
        ["name"] = name,
        ["type"] = KnownTypes.Server,
    };

    /// <summary>The stub that <c>/replicas</c> gives of a replica, whatever it really has. Recorded (upgrade session).</summary>
    internal static JsonObject ReplicaStub(JsonObject replica) => new()
    {
        ["sku"] = new JsonObject { ["name"] = string.Empty },
        ["systemData"] = replica.Find("systemData")?.DeepClone() ?? new JsonObject(),
        ["properties"] = new JsonObject
        {
            ["replica"] = new JsonObject { ["role"] = "AsyncReplica", ["replicationState"] = "Active" },
            ["storage"] = new JsonObject { ["storageSizeGB"] = 0, ["autoGrow"] = "Disabled" },
            ["network"] = new JsonObject { ["publicNetworkAccess"] = "Disabled" },
            ["dataEncryption"] = new JsonObject { ["type"] = "SystemManaged" },
            ["state"] = replica.Text("properties", "state") ?? "Ready",
            ["sourceServerResourceId"] = replica.Text("properties", "sourceServerResourceId"),
            ["backup"] = new JsonObject { ["geoRedundantBackup"] = "Disabled" },
            ["maintenanceWindow"] = new JsonObject { ["customWindow"] = "Disabled", ["dayOfWeek"] = 0, ["startHour"] = 0, ["startMinute"] = 0 },
            ["replicationRole"] = "AsyncReplica",
        },
        ["location"] = Locations.Code(replica.Text("location") ?? string.Empty),
        ["id"] = replica.Text("id"),
        ["name"] = replica.Text("name"),
        ["type"] = KnownTypes.Server,
    };

    /// <summary>A time in the form of <c>earliestRestoreDate</c> and <c>completedTime</c>.</summary>
    internal static string LocalTime(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff", CultureInfo.InvariantCulture) + "+00:00";
}
