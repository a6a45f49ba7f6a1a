using System;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Remediation.Targets;

/// <summary>Why a change of a kind cannot be taken back: said before it is made, and again where somebody would take it back.</summary>
internal static class OneWayReason
{
    /// <summary>The reason, in a sentence.</summary>
    /// <param name="type">The type of the resource.</param>
    /// <param name="concern">For a server the member that is changed; null for other resources.</param>
    public static string Of(string type, string? concern) => type switch
    {
        FacetTypes.PrivateEndpointConnections => "A private endpoint connection that was removed is made again only from the endpoint's side, by its owner.",
        FacetTypes.Replicas or ResourceCreation.RestoredServerType => "A server that was deleted is not made again.",
        FacetTypes.RoleAssignments => "The principal of the role assignment does not exist any more: it cannot be assigned again.",
        FacetTypes.Vaults => "Purge protection of a vault cannot be turned off again.",
        "PgSecurity/staticMasks" => "Static masking destroyed the values: only a backup has them.",
        _ when type.StartsWith("PgSecurity/", StringComparison.Ordinal) => "No statement is known that would bring back what is there now.",
        _ => concern switch
        {
            "dataEncryption" => "A server that has a key of its own for geo-redundant backups is not left without one again.",
            "storage" => "Storage never shrinks.",
            _ => "It cannot be taken back.",
        },
    };
}
