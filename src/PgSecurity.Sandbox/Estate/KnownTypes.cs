using System;
using System.Collections.Generic;
using System.Linq;
using PgSecurity.Core.Postures;

namespace PgSecurity.Sandbox.Estate;

/// <summary>The types that the sandbox knows, in the services' spelling.</summary>
internal static class KnownTypes
{
    internal const string Server = "Microsoft.DBforPostgreSQL/flexibleServers";

    private static readonly Dictionary<string, string> Names = FacetTypes.All
        .Concat(new[]
        {
            "Microsoft.DBforPostgreSQL/flexibleServers/virtualendpoints",
            "Microsoft.DBforPostgreSQL/flexibleServers/ltrBackupOperations",
            "Microsoft.ManagedIdentity/userAssignedIdentities", "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials",
            "Microsoft.Network/virtualNetworks",
            "Microsoft.Network/privateDnsZones/virtualNetworkLinks", "Microsoft.Network/privateEndpoints/privateDnsZoneGroups",
            "Microsoft.KeyVault/managedHSMs/keys", "Microsoft.Resources/resourceGroups",
            "Microsoft.DataProtection/backupVaults", "Microsoft.Authorization/policyDefinitions",
            "Microsoft.Authorization/policyExemptions", "Microsoft.Authorization/policySetDefinitions",
        })
        .GroupBy(name => name, StringComparer.OrdinalIgnoreCase)
        .ToDictionary(group => group.Key, group => group.Last(), StringComparer.OrdinalIgnoreCase);

    /// <summary>A type as its service spells it; the text itself where it is not known.</summary>
    internal static string Spelling(string type) => Names.TryGetValue(type, out string? known) ? known : type;
}
