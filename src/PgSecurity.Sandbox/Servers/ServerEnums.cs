using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using PgSecurity.Sandbox.Estate;
using PgSecurity.Sandbox.Operations;

namespace PgSecurity.Sandbox.Servers;

/// <summary>
/// The values that a server's properties may have, in the spelling that the service answers with: it takes
/// <c>enabled</c> and gives <c>Enabled</c> (recorded). Values: API 2025-08-01.
/// </summary>
internal static class ServerEnums
{
    private static readonly string[] OnOff = { "Enabled", "Disabled" };

    private static readonly (string[] Path, string[] Values)[] All =
    {
        (new[] { "sku", "tier" }, new[] { "Burstable", "GeneralPurpose", "MemoryOptimized" }),
        (new[] { "identity", "type" }, new[] { "None", "UserAssigned", "SystemAssigned", "SystemAssigned,UserAssigned" }),
        (new[] { "properties", "network", "publicNetworkAccess" }, OnOff),
        (new[] { "properties", "authConfig", "activeDirectoryAuth" }, OnOff),
        (new[] { "properties", "authConfig", "passwordAuth" }, OnOff),
        (new[] { "properties", "backup", "geoRedundantBackup" }, OnOff),
        (new[] { "properties", "storage", "autoGrow" }, OnOff),
        (new[] { "properties", "storage", "type" }, new[] { string.Empty, "Premium_LRS", "PremiumV2_LRS", "UltraSSD_LRS" }),
        (new[] { "properties", "dataEncryption", "type" }, new[] { "SystemManaged", "AzureKeyVault" }),
        (new[] { "properties", "highAvailability", "mode" }, new[] { "Disabled", "SameZone", "ZoneRedundant" }),
        (new[] { "properties", "maintenanceWindow", "customWindow" }, OnOff),
        (new[] { "properties", "createMode" }, new[] { "Default", "Create", "Update", "PointInTimeRestore", "GeoRestore", "Replica", "ReviveDropped" }),
        (new[] { "properties", "version" }, ServerShape.Versions.ToArray()),
        (new[] { "properties", "replica", "role" }, new[] { "None", "Primary", "AsyncReplica", "GeoAsyncReplica" }),
        (new[] { "properties", "replica", "promoteMode" }, new[] { "Standalone", "Switchover" }),
        (new[] { "properties", "replica", "promoteOption" }, new[] { "Planned", "Forced" }),
        (new[] { "properties", "replicationRole" }, new[] { "None", "Primary", "AsyncReplica", "GeoAsyncReplica" }),
    };

    /// <summary>Puts every value of a request into the service's spelling, or says which one there is not.</summary>
    internal static OperationFailure? Normalize(JsonObject request)
    {
        foreach ((string[] path, string[] values) in All)
        {
            if (request.At(path.Take(path.Length - 1).ToArray()) is not JsonObject container) continue;
            string name = path[path.Length - 1];
            if (container.Find(name) is not JsonValue value) continue;
            string? text = value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
            string? known = values.FirstOrDefault(candidate => ArmPath.Same(candidate, text));
            if (known is null) return InvalidValue(name);
            container.Set(name, known);
        }

        return null;
    }

    /// <summary>The failure of a value that there is not.</summary>
    internal static OperationFailure InvalidValue(string parameter) =>
        new("InvalidParameterValue", $"Invalid value given for parameter {parameter}. Specify a valid parameter value.");
}
