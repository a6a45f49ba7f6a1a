namespace PgSecurity.Azure.Inventory;

/// <summary>The queries that a collection sends to Resource Graph: one for each of its tables that is needed.</summary>
internal static class GraphQueryText
{
    /// <summary>
    /// What may be named by a server, wherever it is: key stores, workspaces, action groups, private endpoints and subnets
    /// of flexible servers, replicas, and the retired single servers.
    /// </summary>
    internal const string Resources =
        "resources"
        + " | where type in~ ('microsoft.keyvault/vaults', 'microsoft.keyvault/managedhsms', 'microsoft.operationalinsights/workspaces',"
        + " 'microsoft.insights/actiongroups', 'microsoft.dbforpostgresql/servers')"
        + " or (type =~ 'microsoft.network/privateendpoints' and tostring(properties) contains 'Microsoft.DBforPostgreSQL/flexibleServers')"
        + " or (type =~ 'microsoft.network/privatednszones' and name contains 'postgres.database')"
        + " or (type =~ 'microsoft.network/virtualnetworks' and tostring(properties.subnets) contains 'Microsoft.DBforPostgreSQL/flexibleServers')"
        + " or (type =~ 'microsoft.dbforpostgresql/flexibleservers' and isnotempty(properties.sourceServerResourceId))"
        + " | project id, name, type, location, tags, sku, identity, properties";

    /// <summary>Backup instances of flexible servers.</summary>
    internal const string BackupInstances =
        "recoveryservicesresources"
        + " | where type =~ 'microsoft.dataprotection/backupvaults/backupinstances'"
        + " and tostring(properties.dataSourceInfo) contains 'Microsoft.DBforPostgreSQL/flexibleServers'"
        + " | project id, name, type, properties";
}
