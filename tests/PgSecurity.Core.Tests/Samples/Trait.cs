using System.Linq;

namespace PgSecurity.Core.Tests.Samples;

/// <summary>
/// Single traits of servers, most of them mistakes, as changes in the words of docs/control-format.md. A server's story is
/// a list of them.
/// </summary>
internal static class Trait
{
    // What the portal gives somebody who only ever clicks "Next".
    public const string CreatedInThePortal = """
        { "server": { "identity": null, "sku": { "name": "Standard_D2ds_v5" }, "properties": {
            "network": { "publicNetworkAccess": "Enabled" }, "privateEndpointConnections": [],
            "authConfig": { "activeDirectoryAuth": "Disabled", "passwordAuth": "Enabled", "tenantId": null },
            "dataEncryption": { "type": "SystemManaged", "primaryKeyURI": null, "primaryUserAssignedIdentityId": null,
              "primaryEncryptionKeyStatus": null, "geoBackupKeyURI": null, "geoBackupUserAssignedIdentityId": null, "geoBackupEncryptionKeyStatus": null },
            "backup": { "backupRetentionDays": 7, "geoRedundantBackup": "Disabled", "earliestRestoreDate": "2026-11-17T04:00:00.0000000+00:00" },
            "highAvailability": { "mode": "Disabled", "state": "NotEnabled", "standbyAvailabilityZone": null },
            "storage": { "storageSizeGB": 128, "tier": "P10", "iops": 500, "autoGrow": "Disabled" },
            "maintenanceWindow": { "customWindow": "Disabled", "dayOfWeek": 0, "startHour": 0, "startMinute": 0 } } },
          "facets": { "Microsoft.DBforPostgreSQL/flexibleServers/administrators": [], "Microsoft.DBforPostgreSQL/flexibleServers/replicas": [],
            "Microsoft.DBforPostgreSQL/flexibleServers/virtualendpoints": [], "Microsoft.Authorization/locks": [],
            "Microsoft.Insights/diagnosticSettings": [], "Microsoft.Insights/metricAlerts": [], "Microsoft.OperationalInsights/workspaces": [],
            "Microsoft.KeyVault/vaults": [], "Microsoft.KeyVault/vaults/keys": [], "Microsoft.Network/privateEndpoints": [],
            "Microsoft.Network/privateDnsZones": [], "Microsoft.Network/virtualNetworks/subnets": [],
            "Microsoft.DataProtection/backupVaults/backupInstances": [], "Microsoft.Authorization/policyAssignments": [] },
          "resources": { "Microsoft.DBforPostgreSQL/flexibleServers/advancedThreatProtectionSettings": { "Default": { "properties": { "state": "Disabled", "creationTime": "0001-01-01T00:00:00Z" } } } } }
        """;

    public const string EntraBesidePasswords = """
        { "server": { "properties": { "authConfig": { "activeDirectoryAuth": "Enabled", "passwordAuth": "Enabled", "tenantId": "6b0f8a52-93c4-4e1d-a7f6-1c2d3e4f5a6b" } } } }
        """;

    public const string PasswordsOnly = """
        { "server": { "properties": { "authConfig": { "activeDirectoryAuth": "Disabled", "passwordAuth": "Enabled", "tenantId": null } } },
          "facets": { "Microsoft.DBforPostgreSQL/flexibleServers/administrators": [] } }
        """;

    public const string Md5Passwords = """
        { "parameters": { "password_encryption": "md5", "azure.accepted_password_auth_method": "md5,scram-sha-256", "shared_preload_libraries": "pg_cron,pg_stat_statements,pgaudit" } }
        """;

    public const string NoEntraAdministrator = """{ "facets": { "Microsoft.DBforPostgreSQL/flexibleServers/administrators": [] } }""";

    public const string AdministratorsByName = """
        { "facets": { "Microsoft.DBforPostgreSQL/flexibleServers/administrators": [
          { "name": "11c0a9f2-7d3b-4a15-8e64-0f9e8d7c6b5a", "properties": { "principalType": "User", "principalName": "adele.vance@contoso.com", "objectId": "11c0a9f2-7d3b-4a15-8e64-0f9e8d7c6b5a", "tenantId": "6b0f8a52-93c4-4e1d-a7f6-1c2d3e4f5a6b" } },
          { "name": "22d1bae3-8e4c-4b26-9f75-1a0f9e8d7c6b", "properties": { "principalType": "User", "principalName": "alex.wilber@contoso.com", "objectId": "22d1bae3-8e4c-4b26-9f75-1a0f9e8d7c6b", "tenantId": "6b0f8a52-93c4-4e1d-a7f6-1c2d3e4f5a6b" } },
          { "name": "33e2cbf4-9f5d-4c37-a086-2b1a0f9e8d7c", "properties": { "principalType": "User", "principalName": "diego.siciliani@contoso.com", "objectId": "33e2cbf4-9f5d-4c37-a086-2b1a0f9e8d7c", "tenantId": "6b0f8a52-93c4-4e1d-a7f6-1c2d3e4f5a6b" } },
          { "name": "44f3dc05-a06e-4d48-b197-3c2b1a0f9e8d", "properties": { "principalType": "User", "principalName": "grady.archie@contoso.com", "objectId": "44f3dc05-a06e-4d48-b197-3c2b1a0f9e8d", "tenantId": "6b0f8a52-93c4-4e1d-a7f6-1c2d3e4f5a6b" } },
          { "name": "5504ed16-b17f-4e59-82a8-4d3c2b1a0f9e", "properties": { "principalType": "User", "principalName": "isaiah.langer@contoso.com", "objectId": "5504ed16-b17f-4e59-82a8-4d3c2b1a0f9e", "tenantId": "6b0f8a52-93c4-4e1d-a7f6-1c2d3e4f5a6b" } },
          { "name": "6615fe27-c280-4f6a-93b9-5e4d3c2b1a0f", "properties": { "principalType": "User", "principalName": "johanna.lorenz@contoso.com", "objectId": "6615fe27-c280-4f6a-93b9-5e4d3c2b1a0f", "tenantId": "6b0f8a52-93c4-4e1d-a7f6-1c2d3e4f5a6b" } } ] } }
        """;

    public const string Public = """
        { "server": { "properties": { "network": { "publicNetworkAccess": "Enabled" } } } }
        """;

    public const string PublicOnly = """
        { "server": { "properties": { "network": { "publicNetworkAccess": "Enabled" }, "privateEndpointConnections": [] } },
          "facets": { "Microsoft.Network/privateEndpoints": [], "Microsoft.Network/privateDnsZones": [], "Microsoft.Network/virtualNetworks/subnets": [] } }
        """;

    public const string OpenToAzure = """
        { "resources": { "Microsoft.DBforPostgreSQL/flexibleServers/firewallRules": { "AllowAllAzureServicesAndResourcesWithinAzureIps_2023-5-4_10-12-44": { "properties": { "startIpAddress": "0.0.0.0", "endIpAddress": "0.0.0.0" } } } } }
        """;

    public const string OpenToTheInternet = """
        { "resources": { "Microsoft.DBforPostgreSQL/flexibleServers/firewallRules": { "AllowAll_2024-2-20_9-1-13": { "properties": { "startIpAddress": "0.0.0.0", "endIpAddress": "255.255.255.255" } } } } }
        """;

    public const string OpenInTwoHalves = """
        { "resources": { "Microsoft.DBforPostgreSQL/flexibleServers/firewallRules": {
          "lower": { "properties": { "startIpAddress": "1.0.0.0", "endIpAddress": "127.255.255.255" } },
          "upper": { "properties": { "startIpAddress": "128.0.0.0", "endIpAddress": "254.255.255.255" } } } } }
        """;

    public const string WideRule = """
        { "resources": { "Microsoft.DBforPostgreSQL/flexibleServers/firewallRules": { "partner-network": { "properties": { "startIpAddress": "203.0.0.0", "endIpAddress": "203.0.255.255" } } } } }
        """;

    public const string OfficeRule = """
        { "resources": { "Microsoft.DBforPostgreSQL/flexibleServers/firewallRules": { "office": { "properties": { "startIpAddress": "198.51.100.16", "endIpAddress": "198.51.100.23" } } } } }
        """;

    public const string PendingEndpoint = """
        { "server": { "properties": { "privateEndpointConnections": [ { "name": "pe-partner.5e4d3c2b-1a0f-4e9d-8c7b-6a5f4e3d2c1b", "properties": {
            "privateEndpoint": { "id": "/subscriptions/8d4b2a6c-1e3f-4709-b5c8-d9e0f1a2b3c4/resourceGroups/rg-network-prod/providers/Microsoft.Network/privateEndpoints/pe-partner" },
            "groupIds": ["postgresqlServer"], "privateLinkServiceConnectionState": { "status": "Pending", "description": "Please approve", "actionsRequired": "None" }, "provisioningState": "Succeeded" } } ] } } }
        """;

    public const string NoManagedIdentity = """{ "server": { "identity": null } }""";

    public const string SystemManagedKey = """
        { "server": { "properties": { "dataEncryption": { "type": "SystemManaged", "primaryKeyURI": null, "primaryUserAssignedIdentityId": null,
            "primaryEncryptionKeyStatus": null, "geoBackupKeyURI": null, "geoBackupUserAssignedIdentityId": null, "geoBackupEncryptionKeyStatus": null } } },
          "facets": { "Microsoft.KeyVault/vaults": [], "Microsoft.KeyVault/vaults/keys": [] } }
        """;

    public const string NoGeoKey = """
        { "server": { "properties": { "dataEncryption": { "geoBackupKeyURI": null, "geoBackupUserAssignedIdentityId": null, "geoBackupEncryptionKeyStatus": null } } } }
        """;

    public const string KeyRevoked = """
        { "server": { "properties": { "state": "Inaccessible", "dataEncryption": { "primaryEncryptionKeyStatus": "Invalid" } } } }
        """;

    public const string TlsCapped = """{ "parameters": { "ssl_min_protocol_version": "TLSv1.2", "ssl_max_protocol_version": "TLSv1.2" } }""";

    public const string Tls12 = """{ "parameters": { "ssl_min_protocol_version": "TLSv1.2" } }""";

    public const string PlainConnections = """{ "parameters": { "require_secure_transport": "off" } }""";

    public const string NotConfidential = """{ "server": { "sku": { "name": "Standard_D4ds_v5" } } }""";

    public const string NoMasking = """{ "parameters": { "azure.extensions": "pgaudit,pgcrypto", "shared_preload_libraries": "credcheck,pg_stat_statements,pgaudit" } }""";

    public const string NothingLogged = """
        { "parameters": { "log_connections": "off", "log_disconnections": "off", "log_checkpoints": "off", "pgaudit.log": "none", "log_line_prefix": "%t-%c- ",
            "logfiles.download_enable": "off", "logfiles.retention_days": "3" },
          "facets": { "Microsoft.Insights/diagnosticSettings": [], "Microsoft.OperationalInsights/workspaces": [] } }
        """;

    public const string DebugLogging = """
        { "parameters": { "log_statement": "all", "log_min_messages": "debug1", "log_error_verbosity": "verbose", "log_duration": "on", "log_hostname": "on",
            "debug_print_plan": "on", "debug_print_parse": "on", "debug_print_rewritten": "on", "pgaudit.log_parameter": "on",
            "log_parameter_max_length_on_error": "-1", "log_min_duration_statement": "0" } }
        """;

    public const string LogsToTheServerOnly = """
        { "parameters": { "logfiles.download_enable": "on", "logfiles.retention_days": "1" },
          "facets": { "Microsoft.Insights/diagnosticSettings": [], "Microsoft.OperationalInsights/workspaces": [] } }
        """;

    public const string DiagnosticsSwitchedOff = """
        { "facets": { "Microsoft.Insights/diagnosticSettings": [ { "name": "to-log-analytics", "properties": {
            "workspaceId": "/subscriptions/5a7c9e1b-3d5f-4821-96a4-b8c0d2e4f6a8/resourceGroups/rg-monitoring-prod/providers/Microsoft.OperationalInsights/workspaces/log-contoso-security",
            "logs": [ { "category": "PostgreSQLLogs", "enabled": false }, { "category": "PostgreSQLFlexSessions", "enabled": true } ],
            "metrics": [ { "category": "AllMetrics", "enabled": true } ] } } ] } }
        """;

    public const string PgauditNotLoaded = """{ "parameters": { "shared_preload_libraries": "pg_cron,pg_stat_statements", "pgaudit.log": "ddl,role" } }""";

    public const string PgauditWaitsForRestart = """
        { "parameters": { "shared_preload_libraries": { "value": "pg_stat_statements,pgaudit", "isConfigPendingRestart": true } } }
        """;

    public const string AuditWithoutDdl = """{ "parameters": { "pgaudit.log": "all,-ddl", "pgaudit.log_client": "on" } }""";

    public const string NoThrottling = """{ "parameters": { "connection_throttle.enable": "off" } }""";

    public const string StorageReachesOut = """{ "parameters": { "azure_storage.allow_network_access": "on", "azure_storage.public_account_access": "on", "azure.extensions": "azure_storage,dblink,postgres_fdw,plv8,pgaudit" } }""";

    public const string ServerThreatProtectionOff = """
        { "resources": { "Microsoft.DBforPostgreSQL/flexibleServers/advancedThreatProtectionSettings": { "Default": { "properties": { "state": "Disabled" } } } } }
        """;

    public const string ShortRetention = """{ "server": { "properties": { "backup": { "backupRetentionDays": 7, "geoRedundantBackup": "Disabled" } } } }""";

    public const string NoRecentBackup = """
        { "facets": { "Microsoft.DBforPostgreSQL/flexibleServers/backups": [ { "name": "backup_638978083114650813", "properties": { "backupType": "Full", "source": "Automatic", "completedTime": "2026-11-12T22:14:32.4650813+00:00" } } ] } }
        """;

    public const string NoReplica = """
        { "facets": { "Microsoft.DBforPostgreSQL/flexibleServers/replicas": [], "Microsoft.DBforPostgreSQL/flexibleServers/virtualendpoints": [] } }
        """;

    public const string NoHighAvailability = """{ "server": { "properties": { "highAvailability": { "mode": "Disabled", "state": "NotEnabled", "standbyAvailabilityZone": null } } } }""";

    public const string SameZone = """{ "server": { "properties": { "highAvailability": { "mode": "SameZone", "state": "Healthy", "standbyAvailabilityZone": "1" } } } }""";

    public const string FixedStorage = """{ "server": { "properties": { "storage": { "autoGrow": "Disabled" } } } }""";

    public const string BackupsUnwatched = """
        { "facets": { "Microsoft.Insights/metricAlerts": [], "Microsoft.DataProtection/backupVaults/backupInstances": [] } }
        """;

    public const string AnyMaintenanceWindow = """{ "server": { "properties": { "maintenanceWindow": { "customWindow": "Disabled", "dayOfWeek": 0, "startHour": 0, "startMinute": 0 } } } }""";

    public const string NoLock = """{ "facets": { "Microsoft.Authorization/locks": [] } }""";

    public const string Burstable = """
        { "server": { "sku": { "name": "Standard_B2s", "tier": "Burstable" }, "properties": {
            "highAvailability": { "mode": "Disabled", "state": "NotEnabled", "standbyAvailabilityZone": null } } } }
        """;

    public const string MemoryOptimized = """{ "server": { "sku": { "name": "Standard_E8ds_v5", "tier": "MemoryOptimized" } } }""";

    public const string Stopped = """
        { "server": { "properties": { "state": "Stopped" } },
          "unavailable": { "Microsoft.DBforPostgreSQL/flexibleServers/configurations": "400 ServerStoppedError: the server is stopped",
            "Microsoft.DBforPostgreSQL/flexibleServers/administrators": "400 ServerStoppedError: the server is stopped",
            "Microsoft.DBforPostgreSQL/flexibleServers/databases": "400 ServerStoppedError: the server is stopped" } }
        """;

    public const string Refused = """
        { "unavailable": { "Microsoft.Insights/diagnosticSettings": "403 AuthorizationFailed: missing Microsoft.Insights/diagnosticSettings/read",
            "Microsoft.Insights/activityLogAlerts": "403 AuthorizationFailed: missing Microsoft.Insights/activityLogAlerts/read",
            "Microsoft.Authorization/roleAssignments": "403 AuthorizationFailed: missing Microsoft.Authorization/roleAssignments/read",
            "Microsoft.Authorization/roleEligibilityScheduleInstances": "403 AuthorizationFailed: missing Microsoft.Authorization/roleEligibilityScheduleInstances/read",
            "Microsoft.Authorization/roleDefinitions": "which roles are assigned is not known: 403 AuthorizationFailed: missing Microsoft.Authorization/roleAssignments/read",
            "Microsoft.KeyVault/vaults/keys": "403 Forbidden: missing Microsoft.KeyVault/vaults/keys/read",
            "Microsoft.Security/pricings": "403 AuthorizationFailed: missing Microsoft.Security/pricings/read" } }
        """;

    public const string Throttled = """
        { "unavailable": { "Microsoft.DBforPostgreSQL/flexibleServers/configurations": "429 TooManyRequests: no answer after 6 attempts" } }
        """;

    public const string ManyOwners = """
        { "resources": { "Microsoft.Authorization/roleAssignments": {
          "61a2b3c4-d5e6-4f70-8192-a3b4c5d6e7f8": { "properties": { "roleDefinitionId": "/providers/Microsoft.Authorization/roleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635", "principalId": "11c0a9f2-7d3b-4a15-8e64-0f9e8d7c6b5a", "principalType": "User", "scope": "$subscription" } },
          "72b3c4d5-e6f7-4081-92a3-b4c5d6e7f809": { "properties": { "roleDefinitionId": "/providers/Microsoft.Authorization/roleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635", "principalId": "22d1bae3-8e4c-4b26-9f75-1a0f9e8d7c6b", "principalType": "User", "scope": "$subscription" } },
          "83c4d5e6-f708-4192-a3b4-c5d6e7f8091a": { "properties": { "roleDefinitionId": "/providers/Microsoft.Authorization/roleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635", "principalId": "33e2cbf4-9f5d-4c37-a086-2b1a0f9e8d7c", "principalType": "User", "scope": "$subscription" } },
          "94d5e6f7-0819-42a3-b4c5-d6e7f8091a2b": { "properties": { "roleDefinitionId": "/providers/Microsoft.Authorization/roleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635", "principalId": "44f3dc05-a06e-4d48-b197-3c2b1a0f9e8d", "principalType": "User", "scope": "$subscription" } },
          "a5e6f708-192a-43b4-85d6-e7f8091a2b3c": { "properties": { "roleDefinitionId": "/providers/Microsoft.Authorization/roleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c", "principalId": "5504ed16-b17f-4e59-82a8-4d3c2b1a0f9e", "principalType": "User", "scope": "$subscription" } },
          "b6f70819-2a3b-44c5-96e7-f8091a2b3c4d": { "properties": { "roleDefinitionId": "/providers/Microsoft.Authorization/roleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c", "principalId": "6615fe27-c280-4f6a-93b9-5e4d3c2b1a0f", "principalType": "User", "scope": "$subscription" } },
          "c708192a-3b4c-45d6-a7f8-091a2b3c4d5e": { "properties": { "roleDefinitionId": "/providers/Microsoft.Authorization/roleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c", "principalId": "77260f38-d391-4a7b-84ca-6f5e4d3c2b1a", "principalType": "ServicePrincipal", "scope": "$subscription" } } } } }
        """;

    public const string WildcardRole = """
        { "resources": { "Microsoft.Authorization/roleDefinitions": { "d8192a3b-4c5d-46e7-b809-1a2b3c4d5e6f": {
            "id": "$subscription/providers/Microsoft.Authorization/roleDefinitions/d8192a3b-4c5d-46e7-b809-1a2b3c4d5e6f",
            "properties": { "roleName": "Analytics database everything", "type": "CustomRole", "description": "", "assignableScopes": ["$subscription"],
              "permissions": [ { "actions": ["Microsoft.DBforPostgreSQL/*"], "notActions": [], "dataActions": [], "notDataActions": [] } ] } } },
          "Microsoft.Authorization/roleAssignments": { "e92a3b4c-5d6e-47f8-8a1b-2c3d4e5f6071": {
            "id": "$subscription/providers/Microsoft.Authorization/roleAssignments/e92a3b4c-5d6e-47f8-8a1b-2c3d4e5f6071",
            "properties": { "roleDefinitionId": "$subscription/providers/Microsoft.Authorization/roleDefinitions/d8192a3b-4c5d-46e7-b809-1a2b3c4d5e6f", "principalId": "88371049-e4a2-4b8c-95db-706f5e4d3c2b", "principalType": "Group", "scope": "$subscription" } } } } }
        """;

    public const string DeletedPrincipal = """
        { "resources": { "Microsoft.Authorization/roleAssignments": { "fa3b4c5d-6e7f-4809-9b2c-3d4e5f607182": {
            "properties": { "roleDefinitionId": "/providers/Microsoft.Authorization/roleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c", "principalId": "99482150-f5b3-4c9d-a6ec-81706f5e4d3c", "principalType": "Unknown", "scope": "$subscription" } } } } }
        """;

    public const string NothingEligible = """{ "facets": { "Microsoft.Authorization/roleEligibilityScheduleInstances": [] } }""";

    public const string NoDefender = """
        { "resources": { "Microsoft.Security/pricings": { "OpenSourceRelationalDatabases": { "properties": { "pricingTier": "Free", "enablementTime": null } } } } }
        """;

    public const string NoAlerts = """
        { "facets": { "Microsoft.Insights/activityLogAlerts": [], "Microsoft.Insights/metricAlerts": [], "Microsoft.Insights/actionGroups": [] } }
        """;

    public const string AlertsOnServersOnly = """
        { "resources": { "Microsoft.Insights/activityLogAlerts": { "pg-firewallrules-write": null, "pg-firewallrules-delete": null, "pg-configurations-write": null,
            "pg-administrators-write": null, "pg-administrators-delete": { "properties": { "enabled": false } } } } }
        """;

    public const string NobodyReceivesAlerts = """
        { "resources": { "Microsoft.Insights/actionGroups": { "ag-security": { "properties": { "emailReceivers": [] } } } } }
        """;

    public const string ShortWorkspaceRetention = """
        { "resources": { "Microsoft.OperationalInsights/workspaces": { "log-contoso-security": { "properties": { "retentionInDays": 30 } } } } }
        """;

    /// <summary>Not a change of its own: the server parameters are those that the service delivers.</summary>
    public const string AsDelivered = """{ "parameters": "as delivered" }""";

    public const string Md5Accepted = """{ "parameters": { "azure.accepted_password_auth_method": "md5,scram-sha-256", "password_encryption": "md5" } }""";

    public const string ConnectionsAsList = """{ "parameters": { "log_connections": "receipt,authentication,authorization" } }""";

    public const string PinnedKey = """
        { "server": { "properties": { "dataEncryption": { "primaryKeyURI": "https://kv-$short.vault.azure.net/keys/key-$short/4f6a8c0e2b4d4f6a8c0e2b4d4f6a8c0e" } } } }
        """;

    public const string KeyAboutToExpire = """
        { "resources": { "Microsoft.KeyVault/vaults/keys": { "key-$short": { "properties": { "attributes": { "exp": 1798156800 }, "rotationPolicy": { "lifetimeActions": [] } } } } } }
        """;

    public const string KeyDisabled = """
        { "resources": { "Microsoft.KeyVault/vaults/keys": { "key-$short": { "properties": { "attributes": { "enabled": false, "exp": null }, "rotationPolicy": null } } } } }
        """;

    public const string OpenVault = """
        { "resources": { "Microsoft.KeyVault/vaults": { "kv-$short": { "properties": { "enablePurgeProtection": null, "softDeleteRetentionInDays": 7,
            "publicNetworkAccess": "Enabled", "networkAcls": { "bypass": "AzureServices", "defaultAction": "Allow", "ipRules": [], "virtualNetworkRules": [] } } } } } }
        """;

    /// <summary>Sixty rules of one address each.</summary>
    public static string RulePerStore { get; } =
        "{ \"resources\": { \"Microsoft.DBforPostgreSQL/flexibleServers/firewallRules\": {"
        + string.Join(",", Enumerable.Range(1, 60).Select(store => string.Format(
            System.Globalization.CultureInfo.InvariantCulture,
            "\"store-{0:000}\": {{ \"properties\": {{ \"startIpAddress\": \"198.51.100.{1}\", \"endIpAddress\": \"198.51.100.{1}\" }} }}",
            store,
            store * 4)))
        + "} } }";

    public const string RejectedEndpoint = """
        { "server": { "properties": { "privateEndpointConnections": [
          { "name": "pe-contoso-payments.7d3c1e5a-2b4f-4a68-8c9d-0e1f2a3b4c5d", "properties": { "privateEndpoint": { "id": "$subscription/resourceGroups/rg-network-prod/providers/Microsoft.Network/privateEndpoints/pe-contoso-payments" },
            "groupIds": ["postgresqlServer"], "privateLinkServiceConnectionState": { "status": "Approved", "description": "", "actionsRequired": "None" }, "provisioningState": "Succeeded" } },
          { "name": "pe-agency.8e4d2f6b-3c50-4b79-9dae-1f203b4c5d6e", "properties": { "privateEndpoint": { "id": "$subscription/resourceGroups/rg-agency/providers/Microsoft.Network/privateEndpoints/pe-agency" },
            "groupIds": ["postgresqlServer"], "privateLinkServiceConnectionState": { "status": "Rejected", "description": "Contract ended", "actionsRequired": "None" }, "provisioningState": "Succeeded" } } ] } } }
        """;

    public const string RuleOfPrivateAddresses = """
        { "resources": { "Microsoft.DBforPostgreSQL/flexibleServers/firewallRules": { "vpn": { "properties": { "startIpAddress": "10.20.0.0", "endIpAddress": "10.20.255.255" } } } } }
        """;

    public const string ServiceEndpoint = """
        { "resources": { "Microsoft.Network/privateEndpoints": { "pe-contoso-payments": { "properties": {
            "subnet": { "id": "$subscription/resourceGroups/rg-network-prod/providers/Microsoft.Network/virtualNetworks/vnet-prod/subnets/snet-app" } } } } },
          "facets": { "Microsoft.Network/virtualNetworks/subnets": [ { "id": "$subscription/resourceGroups/rg-network-prod/providers/Microsoft.Network/virtualNetworks/vnet-prod/subnets/snet-app",
            "name": "snet-app", "properties": { "addressPrefix": "10.60.2.0/24", "delegations": [], "serviceEndpoints": [ { "service": "Microsoft.Sql", "locations": ["uksouth"], "provisioningState": "Succeeded" } ] } } ] } }
        """;

    public const string WeakPasswordRules = """
        { "parameters": { "shared_preload_libraries": "credcheck,pg_stat_statements,pgaudit", "credcheck.password_min_length": "6", "credcheck.password_min_digit": "0",
            "credcheck.password_min_special": "0", "credcheck.password_min_upper": "0", "credcheck.max_auth_failure": "0" } }
        """;

    public const string PasswordsThatExpire = """{ "parameters": { "credcheck.password_valid_max": "90" } }""";

    /// <summary>Twelve service principals that may change everything.</summary>
    public static string ManyContributors { get; } =
        "{ \"resources\": { \"Microsoft.Authorization/roleAssignments\": {"
        + string.Join(",", Enumerable.Range(1, 12).Select(number => string.Format(
            System.Globalization.CultureInfo.InvariantCulture,
            "\"0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c{0:00}\": {{ \"properties\": {{ \"roleDefinitionId\": \"/providers/Microsoft.Authorization/roleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c\","
            + " \"principalId\": \"1b2c3d4e-5f60-4b7c-9d8e-0f1a2b3c4d{0:00}\", \"principalType\": \"ServicePrincipal\", \"scope\": \"$subscription\" }} }}",
            number)))
        + "} } }";

    public const string SmallKey = """
        { "resources": { "Microsoft.KeyVault/vaults/keys": { "key-$short": { "properties": { "keySize": 2048 } } } } }
        """;

    public const string VaultWithoutTrustedServices = """
        { "resources": { "Microsoft.KeyVault/vaults": { "kv-$short": { "properties": { "publicNetworkAccess": "Enabled", "networkAcls": { "bypass": "None", "defaultAction": "Deny" } } } } } }
        """;

    public const string IdentityTakenAway = """{ "server": { "identity": { "type": "SystemAssigned", "userAssignedIdentities": null, "principalId": "d2e3f4a5-b6c7-4890-9bcd-ef0123456789" } } }""";

    public const string HollowAudit = """{ "parameters": { "pgaudit.log_client": "on", "pgaudit.log_level": "notice", "pgaudit.log_statement": "off" } }""";

    public const string AuditShownToClients = """{ "parameters": { "pgaudit.log_client": "on" } }""";

    public const string StorageOfItsOwnOnly = """
        { "parameters": { "azure.extensions": "azure_storage,pgaudit", "azure_storage.allow_network_access": "on", "azure_storage.public_account_access": "off" } }
        """;

    public const string TerseLogging = """{ "parameters": { "log_error_verbosity": "terse", "log_min_messages": "fatal", "log_min_error_statement": "panic" } }""";

    public const string StandbyLost = """{ "server": { "properties": { "highAvailability": { "mode": "ZoneRedundant", "state": "RecreatingStandby" } } } }""";

    public const string ReplicationBroken = """{ "server": { "properties": { "replica": { "replicationState": "Broken" } } } }""";

    public const string NoVirtualEndpoint = """{ "facets": { "Microsoft.DBforPostgreSQL/flexibleServers/virtualendpoints": [] } }""";
}
