using System;
using System.Collections.Generic;
using static PgSecurity.Core.Tests.BuiltInPolicies.BuiltInPolicy;

namespace PgSecurity.Core.Tests.BuiltInPolicies;

/// <summary>The definitions on network, identity, keys, availability and Defender.</summary>
internal static class NetworkAndIdentityPolicies
{
    public static readonly BuiltInPolicy[] All =
    [
        new("5e1de0e3-42cb-4ebc-a86d-61d0c619ca48", "Public network access should be disabled for PostgreSQL flexible servers")
        {
            Rule = Flags($$"""
                { "anyOf": [ {{Server("network.delegatedSubnetResourceId", "\"exists\": \"true\"")}},
                             {{Server("network.privateDnsZoneArmResourceId", "\"exists\": \"true\"")}},
                             { "allOf": [ {{Server("network.publicNetworkAccess", "\"exists\": \"true\"")}},
                                          {{Server("network.publicNetworkAccess", "\"notEquals\": \"Disabled\"")}} ] } ] },
                { "anyOf": [ {{Server("network.delegatedSubnetResourceId", "\"exists\": \"false\"")}},
                             {{Server("network.privateDnsZoneArmResourceId", "\"exists\": \"false\"")}} ] }
                """),
            Does = server => PublicAccessFlag(server).Not(),
            TextSays = server => server.Server("network.publicNetworkAccess").Is("Disabled").Or(server.Server("network.delegatedSubnetResourceId").Exists),
            Departures = new Dictionary<string, Func<ServerFacts, bool>>
            {
                ["publicNetworkAccess is left out, which means Enabled, and passes"] =
                    server => server.Server("network.publicNetworkAccess").IsAbsent && !server.IsInNetwork,
                ["a server in a virtual network without a private DNS zone is flagged"] =
                    server => server.IsInNetwork && server.Server("network.privateDnsZoneArmResourceId").IsAbsent,
                ["a private DNS zone without a subnet is flagged"] =
                    server => !server.IsInNetwork && !server.Server("network.privateDnsZoneArmResourceId").IsAbsent,
            },
        },
        new("5375a5bb-22c6-46d7-8a43-83417cfb4460", "Private endpoint should be enabled for PostgreSQL flexible servers")
        {
            Rule = Related(
                "privateEndpointConnections",
                """
                "existenceCondition": { "field": "Microsoft.DBforPostgreSQL/flexibleServers/privateEndpointConnections/privateLinkServiceConnectionState.status", "equals": "Approved" }
                """),
            Does = Approved,
            // The text promises that access from all other addresses is prevented.
            TextSays = server => Approved(server).And(server.Server("network.publicNetworkAccess").Is("Disabled")),
            Departures = new Dictionary<string, Func<ServerFacts, bool>>
            {
                ["public network access beside the endpoint passes"] = server => server.Server("network.publicNetworkAccess").Text is not "Disabled",
            },
        },
        new("fa498b91-8a7e-4710-9578-da944c68d1fe", "PostgreSQL flexible server should have Microsoft Entra Only Authentication enabled")
        {
            Rule = Flags($$"""
                { "anyOf": [ {{Server("authConfig.activeDirectoryAuth", "\"notEquals\": \"Enabled\"")}},
                             {{Server("authConfig.passwordAuth", "\"notEquals\": \"Disabled\"")}} ] }
                """),
            Does = EntraOnly,
            TextSays = EntraOnly,
        },
        new("e27a6dfc-883f-4f9e-97cc-a819fe702400", "Azure PostgreSQL flexible server should have Azure Active Directory Only Authentication enabled")
        {
            Rule = ParameterRule("aad_auth_only", Value("\"equals\": \"ON\"")),
            Does = server => server.Parameter("aad_auth_only", value => value.Is("ON")),
            TextSays = EntraOnly,
            Departures = new Dictionary<string, Func<ServerFacts, bool>>
            {
                ["no flexible server has the parameter, so none can pass"] = server => server.Value("aad_auth_only").IsAbsent,
            },
        },
        new("ce39a96d-bf09-4b60-8c32-e85d52abea0f", "A Microsoft Entra administrator should be provisioned for PostgreSQL flexible servers")
        {
            Rule = Related("administrators", ""),
            Does = server => server.AnyChild("administrators", _ => Truth.True),
            TextSays = server => server.AnyChild("administrators", _ => Truth.True).And(server.Server("authConfig.activeDirectoryAuth").Is("Enabled")),
            Departures = new Dictionary<string, Func<ServerFacts, bool>>
            {
                ["an administrator while Entra authentication is off passes"] = server => server.Server("authConfig.activeDirectoryAuth").Text is not "Enabled",
            },
        },
        new("12c74c95-0efd-48da-b8d9-2a7d68470c92", "PostgreSQL flexible servers should use customer-managed keys to encrypt data at rest")
        {
            Rule = Flags($$"""
                { "anyOf": [ {{Server("dataEncryption.type", "\"notEquals\": \"AzureKeyVault\"")}},
                             {{Server("dataEncryption.primaryKeyURI", "\"exists\": false")}},
                             {{Server("dataEncryption.primaryKeyURI", "\"equals\": \"\"")}} ] }
                """),
            Does = CustomerKey,
            TextSays = CustomerKey,
        },
        new("cee2f9fd-3968-44be-a863-bd62c9884423", "Geo-redundant backup should be enabled for Azure Database for PostgreSQL flexible servers")
        {
            Rule = Flags(Server("backup.geoRedundantBackup", "\"notEquals\": \"Enabled\"")),
            Does = GeoBackup,
            // A replica takes no backups of its own: it cannot have what the text asks for.
            TextSays = server => server.IsReplica ? Truth.True : GeoBackup(server),
            Departures = new Dictionary<string, Func<ServerFacts, bool>> { ["read replicas are flagged"] = server => server.IsReplica },
        },
        new("493c215d-2553-4976-bc81-57d2c04fc8c1", "Azure Database for PostgreSQL Flexible Server should be Zone Resilient")
        {
            // With its parameter at the default, Both.
            Rule = Flags($$"""
                { "allOf": [ {{Server("highAvailability.mode", "\"notEquals\": \"ZoneRedundant\"")}},
                             {{Server("highAvailability.mode", "\"notEquals\": \"SameZone\"")}} ] }
                """),
            Does = server => server.Server("highAvailability.mode").Is("ZoneRedundant", "SameZone"),
            TextSays = server => CannotHaveStandby(server) ? Truth.True : server.Server("highAvailability.mode").Is("ZoneRedundant"),
            Departures = new Dictionary<string, Func<ServerFacts, bool>>
            {
                ["a standby in the same zone passes"] = server => server.Server("highAvailability.mode").Text is "SameZone",
                ["read replicas and Burstable servers, which cannot have a standby, are flagged"] = CannotHaveStandby,
            },
        },
        new("d38668f5-d155-42c7-ab3d-9b57b50f8fbf", "Azure Defender for SQL should be enabled for unprotected PostgreSQL flexible servers") { Rule = ThreatProtection, Does = Protected, TextSays = Protected },
        new("2a6ae02f-7590-40d7-88ba-b18e205a32fd", "Configure Advanced Threat Protection to be enabled on Azure database for PostgreSQL flexible servers") { Rule = ThreatProtection, Does = Protected, TextSays = Protected },
    ];

    private static string ThreatProtection => Related(
        "advancedThreatProtectionSettings",
        """
        "name": "Default", "existenceCondition": { "field": "Microsoft.DBforPostgreSQL/flexibleServers/advancedThreatProtectionSettings/state", "equals": "Enabled" }
        """);

    private static Truth PublicAccessFlag(ServerFacts server)
    {
        Truth subnet = server.Server("network.delegatedSubnetResourceId").Exists;
        Truth zone = server.Server("network.privateDnsZoneArmResourceId").Exists;
        Cell access = server.Server("network.publicNetworkAccess");
        return subnet.Or(zone).Or(access.Exists.And(access.Is("Disabled").Not())).And(subnet.Not().Or(zone.Not()));
    }

    private static Truth Approved(ServerFacts server) =>
        server.AnyChild("privateEndpointConnections", one => ServerFacts.Read(one, "properties.privateLinkServiceConnectionState.status").Is("Approved"));

    private static Truth EntraOnly(ServerFacts server) =>
        server.Server("authConfig.activeDirectoryAuth").Is("Enabled").And(server.Server("authConfig.passwordAuth").Is("Disabled"));

    private static Truth CustomerKey(ServerFacts server) =>
        server.Server("dataEncryption.type").Is("AzureKeyVault").And(server.Server("dataEncryption.primaryKeyURI").Test(uri => uri.Length > 0));

    private static Truth GeoBackup(ServerFacts server) => server.Server("backup.geoRedundantBackup").Is("Enabled");

    private static Truth Protected(ServerFacts server) => server.AnyChild(
        "advancedThreatProtectionSettings",
        one => one.Name.Equals("Default", StringComparison.OrdinalIgnoreCase) ? ServerFacts.Read(one, "properties.state").Is("Enabled") : Truth.False);

    private static bool CannotHaveStandby(ServerFacts server) =>
        server.IsReplica || ServerFacts.Read(server.Posture.Server, "sku.tier").Text is "Burstable";
}
