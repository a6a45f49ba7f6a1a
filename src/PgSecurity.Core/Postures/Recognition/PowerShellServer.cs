using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PgSecurity.Core.Postures.Recognition;

/// <summary>
/// A server as <c>Get-AzPostgreSqlFlexibleServer</c> gives it, in ARM's own shape. Both modules that have that cmdlet
/// are understood: Az.PostgreSql, whose objects are of API 2021-06-01 and know neither authentication nor encryption,
/// and Az.PostgreSqlFlexibleServer. What an object lacks, or leaves empty, is unknown; only an empty reference to
/// another resource says that there is none.
/// </summary>
internal static class PowerShellServer
{
    private static readonly Dictionary<string, string> Paths = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Location"] = "location",
        ["Tag"] = "tags",
        ["Kind"] = "kind",
        ["SkuName"] = "sku.name",
        ["SkuTier"] = "sku.tier",
        ["IdentityType"] = "identity.type",
        ["IdentityPrincipalId"] = "identity.principalId",
        ["IdentityTenantId"] = "identity.tenantId",
        ["IdentityUserAssignedIdentity"] = "identity.userAssignedIdentities",
        ["State"] = "properties.state",
        ["Version"] = "properties.version",
        ["MinorVersion"] = "properties.minorVersion",
        ["FullyQualifiedDomainName"] = "properties.fullyQualifiedDomainName",
        ["AdministratorLogin"] = "properties.administratorLogin",
        ["AuthConfigActiveDirectoryAuth"] = "properties.authConfig.activeDirectoryAuth",
        ["AuthConfigPasswordAuth"] = "properties.authConfig.passwordAuth",
        ["AuthConfigTenantId"] = "properties.authConfig.tenantId",
        ["AvailabilityZone"] = "properties.availabilityZone",
        ["BackupEarliestRestoreDate"] = "properties.backup.earliestRestoreDate",
        ["BackupGeoRedundantBackup"] = "properties.backup.geoRedundantBackup",
        ["BackupRetentionDay"] = "properties.backup.backupRetentionDays",
        ["ClusterSize"] = "properties.cluster.clusterSize",
        ["DataEncryptionType"] = "properties.dataEncryption.type",
        ["DataEncryptionPrimaryKeyUri"] = "properties.dataEncryption.primaryKeyURI",
        ["DataEncryptionPrimaryUserAssignedIdentityId"] = "properties.dataEncryption.primaryUserAssignedIdentityId",
        ["DataEncryptionPrimaryEncryptionKeyStatus"] = "properties.dataEncryption.primaryEncryptionKeyStatus",
        ["DataEncryptionGeoBackupKeyUri"] = "properties.dataEncryption.geoBackupKeyURI",
        ["DataEncryptionGeoBackupUserAssignedIdentityId"] = "properties.dataEncryption.geoBackupUserAssignedIdentityId",
        ["DataEncryptionGeoBackupEncryptionKeyStatus"] = "properties.dataEncryption.geoBackupEncryptionKeyStatus",
        ["HighAvailabilityMode"] = "properties.highAvailability.mode",
        ["HighAvailabilityState"] = "properties.highAvailability.state",
        ["HighAvailabilityStandbyAvailabilityZone"] = "properties.highAvailability.standbyAvailabilityZone",
        ["MaintenanceWindowCustomWindow"] = "properties.maintenanceWindow.customWindow",
        ["MaintenanceWindowDayOfWeek"] = "properties.maintenanceWindow.dayOfWeek",
        ["MaintenanceWindowStartHour"] = "properties.maintenanceWindow.startHour",
        ["MaintenanceWindowStartMinute"] = "properties.maintenanceWindow.startMinute",
        ["NetworkPublicNetworkAccess"] = "properties.network.publicNetworkAccess",
        ["NetworkDelegatedSubnetResourceId"] = "properties.network.delegatedSubnetResourceId",
        ["NetworkPrivateDnsZoneArmResourceId"] = "properties.network.privateDnsZoneArmResourceId",
        ["PrivateEndpointConnection"] = "properties.privateEndpointConnections",
        ["ReplicaCapacity"] = "properties.replicaCapacity",
        ["ReplicaReplicationState"] = "properties.replica.replicationState",
        ["ReplicaRole"] = "properties.replica.role",
        ["ReplicationRole"] = "properties.replicationRole",
        ["SourceServerResourceId"] = "properties.sourceServerResourceId",
        ["StorageAutoGrow"] = "properties.storage.autoGrow",
        ["StorageIop"] = "properties.storage.iops",
        ["StorageSizeGb"] = "properties.storage.storageSizeGB",
        ["StorageThroughput"] = "properties.storage.throughput",
        ["StorageTier"] = "properties.storage.tier",
        ["StorageType"] = "properties.storage.type",
    };

    private static readonly HashSet<string> NoneWhenEmpty = new(StringComparer.OrdinalIgnoreCase)
    {
        "NetworkDelegatedSubnetResourceId", "NetworkPrivateDnsZoneArmResourceId", "SourceServerResourceId",
        "DataEncryptionPrimaryKeyUri", "DataEncryptionPrimaryUserAssignedIdentityId", "DataEncryptionGeoBackupKeyUri",
        "DataEncryptionGeoBackupUserAssignedIdentityId",
    };

    private static readonly HashSet<string> Structured = new(StringComparer.OrdinalIgnoreCase)
    {
        "Tag", "IdentityUserAssignedIdentity", "PrivateEndpointConnection",
    };

    /// <summary>Whether an object is of that kind: it has a name that only the flattened objects have.</summary>
    public static bool Is(JsonElement body)
    {
        foreach (JsonProperty member in body.EnumerateObject())
        {
            if (Paths.TryGetValue(member.Name, out string? path)
                && path.IndexOf(".", StringComparison.Ordinal) > 0
                && char.IsUpper(member.Name[0]))
            {
                return true;
            }
        }

        return false;
    }

    public static JsonObject ToArm(JsonElement body)
    {
        JsonObject server = new() { ["properties"] = new JsonObject() };
        foreach (JsonProperty member in body.EnumerateObject())
        {
            if (Paths.TryGetValue(member.Name, out string? path)) Place(server, path, member);
        }

        return server;
    }

    private static void Place(JsonObject server, string path, JsonProperty member)
    {
        JsonElement value = member.Value;
        bool empty = value.ValueKind == JsonValueKind.Null || (value.ValueKind == JsonValueKind.String && value.ValueEquals(""));
        if (empty && !NoneWhenEmpty.Contains(member.Name)) return;

        // Enumerations of the older module are structures, which do not always become text in JSON.
        bool structure = value.ValueKind is JsonValueKind.Object or JsonValueKind.Array;
        JsonNode? node = empty ? null
            : structure && !Structured.Contains(member.Name) ? ArmJson.Unknown("the object holds a structure in place of the value")
            : string.Equals(member.Name, "PrivateEndpointConnection", StringComparison.OrdinalIgnoreCase) ? Connections(value)
            : ArmJson.Node(value);
        string[] parts = path.Split('.');
        JsonObject container = server;
        for (int index = 0; index < parts.Length - 1; index++)
        {
            if (container[parts[index]] is not JsonObject next)
            {
                next = new JsonObject();
                container[parts[index]] = next;
            }

            container = next;
        }

        container[parts[parts.Length - 1]] = node;
    }

    private static JsonNode Connections(JsonElement value)
    {
        JsonArray connections = new();
        if (value.ValueKind != JsonValueKind.Array) return ArmJson.Unknown("the object holds no list");
        foreach (JsonElement connection in value.EnumerateArray())
        {
            if (connection.ValueKind != JsonValueKind.Object) continue;
            connections.Add(new JsonObject
            {
                ["id"] = ArmJson.Text(connection, "Id"),
                ["name"] = ArmJson.Text(connection, "Name"),
                ["type"] = FacetTypes.PrivateEndpointConnections,
                ["properties"] = new JsonObject
                {
                    ["privateEndpoint"] = new JsonObject { ["id"] = ArmJson.Text(connection, "PrivateEndpointId") },
                    ["privateLinkServiceConnectionState"] = State(ArmJson.Text(connection, "PrivateLinkServiceConnectionStateStatus")),
                    ["provisioningState"] = ArmJson.Text(connection, "ProvisioningState"),
                },
            });
        }

        return connections;
    }

    private static JsonObject State(string? status) => new()
    {
        ["status"] = status is null ? ArmJson.Unknown("the object does not say the connection's state") : status,
    };
}
