using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using PgSecurity.Sandbox.Estate;
using PgSecurity.Sandbox.Gateways;
using PgSecurity.Sandbox.Operations;

namespace PgSecurity.Sandbox.Servers;

/// <summary>
/// A PATCH of a server, or a PUT of one that exists: what it changes, what it drops without a word and why it fails.
/// It is tried on a copy when the request comes, and on the server itself when its operation ends.
/// </summary>
internal sealed class ServerChange
{
    private readonly Exchange _exchange;
    private readonly JsonObject _server;
    private readonly JsonObject _patch;
    private readonly ServerMemory _memory;

    private ServerChange(Exchange exchange, JsonObject server, JsonObject patch, ServerMemory memory)
    {
        _exchange = exchange;
        _server = server;
        _patch = patch;
        _memory = memory;
    }

    private JsonObject Properties => _server.Object("properties");

    private string Name => _server.Text("name") ?? string.Empty;

    /// <summary>Changes a server's body, or says why not; then the body is of no use.</summary>
    internal static OperationFailure? Apply(Exchange exchange, JsonObject server, JsonObject request, ServerMemory memory)
    {
        JsonObject patch = request.Copy();
        OperationFailure? failure = ServerEnums.Normalize(patch);
        return failure ?? new ServerChange(exchange, server, patch, memory).Apply();
    }

    private OperationFailure? Apply()
    {
        if (_patch.Find("properties") is null) _patch["properties"] = new JsonObject();
        OperationFailure? failure = Sku() ?? Identity() ?? Login() ?? Authentication() ?? Network() ?? Storage() ?? Backup()
            ?? Encryption() ?? HighAvailability() ?? Placement() ?? Version() ?? ReplicaPromotion.Apply(_exchange, _server, _patch);
        if (failure is not null) return failure;
        if (Sent("maintenanceWindow") is JsonObject window) Properties.Object("maintenanceWindow").Merge(window);
        if (Sent("cluster") is JsonObject cluster) Properties.Object("cluster").Merge(cluster);
        if (_patch.Find("tags") is JsonObject tags) _server["tags"] = tags.DeepClone();
        return null;
    }

    private JsonObject? Sent(string name) => _patch.At("properties", name) as JsonObject;

    private OperationFailure? Sku()
    {
        if (_patch.Find("sku") is not JsonObject sku) return null;
        string? name = sku.Text("name") ?? _server.Text("sku", "name");
        string? tier = sku.Text("tier") ?? _server.Text("sku", "tier");
        if (name is null || TierOf(name) is string natural && !ArmPath.Same(natural, tier))
        {
            return new OperationFailure(
                "ServerEditionIncompatibleWithSkuSize",
                "The requested server edition is incompatible with requested Sku Size. Please refer https://learn.microsoft.com/en-us/"
                + "azure/postgresql/flexible-server/concepts-compute-storage#compute-tiers-vcores-and-server-types.");
        }

        bool leavesBurstable = ArmPath.Same(_server.Text("sku", "tier"), "Burstable") && !ArmPath.Same(tier, "Burstable");
        bool wantsHa = Sent("highAvailability").Text("mode") is string mode && !ArmPath.Same(mode, "Disabled");
        if (_exchange.Quirks.TierAndHighAvailabilityTogetherFail && leavesBurstable && wantsHa)
        {
            return BurstableHasNoHighAvailability();
        }

        _server.Object("sku").Merge(sku);
        return null;
    }

    private OperationFailure? Identity()
    {
        if (_patch.Find("identity") is not JsonObject identity) return null;
        JsonObject current = _server.Find("identity") is JsonObject there ? there.Copy() : new JsonObject();
        JsonObject map = current.Object("userAssignedIdentities");
        if (identity.Find("userAssignedIdentities") is JsonObject sent)
        {
            foreach (KeyValuePair<string, JsonNode?> entry in sent)
            {
                if (entry.Value is null) map.Drop(entry.Key);
                else if (!map.Has(entry.Key)) map[entry.Key] = PrincipalOf(entry.Key);
            }
        }

        string type = identity.Text("type") ?? current.Text("type") ?? "UserAssigned";
        if (UsedKeyIdentities().FirstOrDefault(used => !map.Has(used)) is string missing)
        {
            return new OperationFailure(
                "CMKInvalidEncryptionParameters",
                $"The identity '{missing}' is used for data encryption and cannot be removed from the server.");
        }

        bool system = type.IndexOf("SystemAssigned", StringComparison.OrdinalIgnoreCase) >= 0;
        if (map.Count == 0 && !system)
        {
            _server.Drop("identity");
            return null;
        }

        JsonObject result = new();
        if (map.Count > 0) result["userAssignedIdentities"] = map.DeepClone();
        if (system) result["principalId"] = current.Text("principalId") ?? Exchange.GuidOf(_server.Text("id") + "/identity");
        result["type"] = system ? (map.Count > 0 ? "SystemAssigned,UserAssigned" : "SystemAssigned") : "UserAssigned";
        result["tenantId"] = _exchange.Options.TenantId;
        PlaceIdentity(result);
        return null;
    }

    /// <summary>An identity stands behind the size in the body, as recorded.</summary>
    private void PlaceIdentity(JsonObject identity)
    {
        if (_server.ContainsKey("identity"))
        {
            _server["identity"] = identity;
            return;
        }

        KeyValuePair<string, JsonNode?>[] members = _server.ToArray();
        _server.Clear();
        foreach (KeyValuePair<string, JsonNode?> member in members)
        {
            _server[member.Key] = member.Value;
            if (member.Key == "sku") _server["identity"] = identity;
        }

        if (!_server.ContainsKey("identity")) _server["identity"] = identity;
    }

    private IEnumerable<string> UsedKeyIdentities()
    {
        JsonObject? encryption = Properties.Find("dataEncryption") as JsonObject;
        JsonObject? sent = Sent("dataEncryption");
        foreach (string member in new[] { "primaryUserAssignedIdentityId", "geoBackupUserAssignedIdentityId" })
        {
            string? used = sent.Text(member) ?? encryption.Text(member);
            if (!string.IsNullOrEmpty(used)) yield return used!;
        }
    }

    private JsonObject PrincipalOf(string identityId)
    {
        JsonObject? identity = _exchange.Estate.Find(identityId)?.Body;
        return new JsonObject
        {
            ["principalId"] = identity.Text("properties", "principalId") ?? Exchange.GuidOf(identityId + "/principal"),
            ["clientId"] = identity.Text("properties", "clientId") ?? Exchange.GuidOf(identityId + "/client"),
        };
    }

    private OperationFailure? Login()
    {
        if (_patch.Text("properties", "administratorLogin") is not { Length: > 0 } login) return null;
        string? fixedLogin = Properties.Text("administratorLogin") ?? _memory.HiddenLogin;
        if (fixedLogin is not null && !string.Equals(fixedLogin, login, StringComparison.Ordinal))
        {
            return new OperationFailure("InvalidParameterValue", "The administrator login of a server cannot be changed once it is set.");
        }

        return null;
    }

    private OperationFailure? Authentication()
    {
        if (Sent("authConfig") is not JsonObject sent) return null;
        JsonObject auth = Properties.Object("authConfig");
        string before = auth.ToJsonString();
        string entra = sent.Text("activeDirectoryAuth") ?? auth.Text("activeDirectoryAuth") ?? "Disabled";
        string password = sent.Text("passwordAuth") ?? auth.Text("passwordAuth") ?? "Enabled";
        if (entra == "Disabled" && password == "Disabled") return ServerEnums.InvalidValue("authConfig");

        string? login = _patch.Text("properties", "administratorLogin") is { Length: > 0 } name
            ? name
            : Properties.Text("administratorLogin") ?? _memory.HiddenLogin;
        bool turnsOn = password == "Enabled" && ArmPath.Same(auth.Text("passwordAuth"), "Disabled");
        if (turnsOn && (login is null || string.IsNullOrEmpty(_patch.Text("properties", "administratorLoginPassword"))))
        {
            return new OperationFailure(
                "EngineCredentialsNotProvided",
                "Administrator login and password must be provided to enable password authentication.");
        }

        auth["activeDirectoryAuth"] = entra;
        auth["passwordAuth"] = password;
        if (entra == "Disabled") auth.Drop("tenantId");
        else auth["tenantId"] = sent.Text("tenantId") is { Length: > 0 } tenant ? tenant : auth.Text("tenantId") ?? _exchange.Options.TenantId;
        ShowLogin(password == "Enabled", login);
        if (auth.ToJsonString() != before) _memory.AuthenticationChanged = _exchange.Operations.GroupOf(_server.Text("id")!).Now;
        return null;
    }

    private void ShowLogin(bool shown, string? login)
    {
        if (!shown)
        {
            _memory.HiddenLogin = login;
            Properties.Drop("administratorLogin");
        }
        else if (login is not null)
        {
            Properties["administratorLogin"] = login;
        }
    }

    private OperationFailure? Network()
    {
        if (Sent("network") is not JsonObject sent) return null;
        JsonObject network = Properties.Object("network");
        bool inVirtualNetwork = !string.IsNullOrEmpty(network.Text("delegatedSubnetResourceId"));
        if (inVirtualNetwork && ArmPath.Same(sent.Text("publicNetworkAccess"), "Enabled"))
        {
            return new OperationFailure(
                "ConflictingPublicNetworkAccessAndVirtualNetworkConfiguration",
                "Conflicting configuration is detected between Public Network Access and Virtual Network arguments. "
                + "Public Network Access is not supported along with Virtual Network feature.");
        }

        string? subnet = sent.Text("delegatedSubnetResourceId");
        if (!string.IsNullOrEmpty(subnet) && !ArmPath.Same(subnet, network.Text("delegatedSubnetResourceId")))
        {
            return new OperationFailure("InvalidParameterValue", "The delegated subnet of a server can be chosen only when it is created.");
        }

        network.Merge(sent);
        return null;
    }

    private OperationFailure? Storage()
    {
        if (Sent("storage") is not JsonObject sent) return null;
        JsonObject storage = Properties.Object("storage");
        int before = storage.Whole("storageSizeGB") ?? 0;
        int size = sent.Whole("storageSizeGB") ?? before;
        if (size < before)
        {
            return new OperationFailure("InvalidParameterValue", $"The storage of server '{Name}' cannot be made smaller.");
        }

        bool grows = size > before;
        bool retentionToo = Sent("backup").Whole("backupRetentionDays") is int days && days != Properties.Whole("backup", "backupRetentionDays");
        if (sent.Text("type") is string kind) StorageShape.SetKind(storage, kind, keepsTier: true);
        storage.Merge(sent);
        if (grows) StorageShape.SetSize(storage, size);
        if (grows && retentionToo && _exchange.Quirks.StorageDropsRetention) Sent("backup")!.Drop("backupRetentionDays");
        return null;
    }

    private OperationFailure? Backup()
    {
        if (Sent("backup") is not JsonObject sent) return null;
        JsonObject backup = Properties.Object("backup");
        if (sent.Whole("backupRetentionDays") is int days and (< 7 or > 35)) return ServerEnums.InvalidValue("backupRetentionDays");
        if (sent.Text("geoRedundantBackup") is string geo && !ArmPath.Same(geo, backup.Text("geoRedundantBackup") ?? "Disabled"))
        {
            return new OperationFailure(
                "InvalidParameterValue",
                "Geo-redundant backup can be chosen only when a server is created.");
        }

        sent.Drop("earliestRestoreDate");
        backup.Merge(sent);
        return null;
    }

    private OperationFailure? Encryption()
    {
        if (Sent("dataEncryption") is not JsonObject sent) return null;
        JsonObject encryption = Properties.Object("dataEncryption");
        string type = encryption.Text("type") ?? "SystemManaged";
        if (sent.Text("type") is string wanted && !ArmPath.Same(wanted, type))
        {
            return new OperationFailure(
                "CMKInvalidEncryptionParameters",
                "The mode of data encryption can be chosen only when a server is created.");
        }

        if (ArmPath.Same(type, "SystemManaged")) return null;
        bool hasPrimary = sent.Text("primaryKeyURI") is not null && sent.Text("primaryUserAssignedIdentityId") is not null;
        if (_exchange.Quirks.GeoKeyNeedsPrimaryKey && !hasPrimary)
        {
            sent.Drop("geoBackupKeyURI");
            sent.Drop("geoBackupUserAssignedIdentityId");
        }

        OperationFailure? failure = EncryptionRules.Check(_exchange, sent, _server);
        if (failure is not null) return failure;
        sent.Drop("primaryEncryptionKeyStatus");
        sent.Drop("geoBackupEncryptionKeyStatus");
        encryption.Merge(sent);
        return null;
    }

    private OperationFailure? HighAvailability()
    {
        if (Sent("highAvailability") is not JsonObject sent) return null;
        JsonObject current = Properties.Object("highAvailability");
        string before = current.Text("mode") ?? "Disabled";
        string mode = sent.Text("mode") ?? before;
        if (mode != "Disabled" && ArmPath.Same(_server.Text("sku", "tier"), "Burstable")) return BurstableHasNoHighAvailability();
        if (mode != "Disabled" && mode != before && FabricMirroring())
        {
            return new OperationFailure("InvalidParameterValue", "High availability is not supported while Fabric mirroring is enabled.");
        }

        if (mode == before && mode != "Disabled"
            && sent.Text("standbyAvailabilityZone") is string zone
            && !ArmPath.Same(zone, current.Text("standbyAvailabilityZone")))
        {
            return new OperationFailure("InvalidParameterValue", "The standby availability zone can be changed only by a failover.");
        }

        current["mode"] = mode;
        if (mode == "Disabled") current.Drop("standbyAvailabilityZone");
        else if (mode != before) current["standbyAvailabilityZone"] = sent.Text("standbyAvailabilityZone") ?? StandbyZone(mode);
        return null;
    }

    private string StandbyZone(string mode)
    {
        string zone = Properties.Text("availabilityZone") ?? "1";
        if (mode == "SameZone") return zone;
        return zone == "2" ? "1" : "2";
    }

    private bool FabricMirroring() =>
        ArmPath.Same(
            _exchange.Estate.Find(_server.Text("id") + "/configurations/azure.fabric_mirror_enabled")?.Body.Text("properties", "value"),
            "on");

    private OperationFailure BurstableHasNoHighAvailability() =>
        new(string.Empty, $"High availiability not supported for burstable server [{Name}].");

    private OperationFailure? Placement()
    {
        string? zone = _patch.Text("properties", "availabilityZone");
        if (string.IsNullOrEmpty(zone) || ArmPath.Same(zone, Properties.Text("availabilityZone"))) return null;
        return new OperationFailure("InvalidParameterValue", "The availability zone of a server can be chosen only when it is created.");
    }

    private OperationFailure? Version()
    {
        if (_patch.Text("properties", "version") is not string version) return null;
        string current = Properties.Text("version") ?? ServerShape.DefaultVersion;
        if (version == current) return null;
        if (int.Parse(version, System.Globalization.CultureInfo.InvariantCulture) < int.Parse(current, System.Globalization.CultureInfo.InvariantCulture))
        {
            return ServerEnums.InvalidValue("version");
        }

        Properties["version"] = version;
        Properties["minorVersion"] = ServerShape.MinorVersionOf(version);
        return null;
    }

    /// <summary>The tier that a size belongs to; null where its name does not tell.</summary>
    internal static string? TierOf(string sku)
    {
        string size = sku.StartsWith("Standard_", StringComparison.OrdinalIgnoreCase) ? sku.Substring(9) : sku;
        return size.Length == 0 ? null : char.ToUpperInvariant(size[0]) switch
        {
            'B' => "Burstable",
            'D' => "GeneralPurpose",
            'E' or 'M' => "MemoryOptimized",
            _ => null,
        };
    }
}
