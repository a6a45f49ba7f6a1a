using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Remediation.Targets;

/// <summary>What people call a resource.</summary>
internal static class ResourceWords
{
    public static string Of(string type, string name) => FacetTypes.Normalize(type) switch
    {
        FacetTypes.FirewallRules => "firewall rule " + name,
        FacetTypes.Administrators => "Entra administrator " + name,
        FacetTypes.PrivateEndpointConnections => "private endpoint connection " + name,
        FacetTypes.DiagnosticSettings => "diagnostic setting " + name,
        FacetTypes.ThreatProtection => "threat protection",
        FacetTypes.Locks => "lock " + name,
        FacetTypes.RoleAssignments => "role assignment " + name,
        FacetTypes.PrivateEndpoints => "private endpoint " + name,
        DnsZoneGroup.ResourceType => "DNS zone group " + name,
        FacetTypes.Replicas => "read replica " + name,
        ResourceCreation.RestoredServerType => "restored server " + name,
        RotationPolicyChange.ResourceType => "rotation policy of key " + name,
        FacetTypes.Vaults => "key vault " + name,
        _ => type.Substring(type.LastIndexOf('/') + 1) + " " + name,
    };
}
