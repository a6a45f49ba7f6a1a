using System.Collections.Generic;
using System.Linq;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Remediation.Guards;

/// <summary>Public access goes off only where there is another way in: an approved private endpoint.</summary>
internal sealed class PublicAccessGuard : IGuard
{
    public IEnumerable<GuardVerdict> Judge(GuardedChange change)
    {
        const string Path = "properties.network.publicNetworkAccess";
        if (change.Change is not Targets.ServerChange { Concern: "network" }) yield break;
        if (GuardedChange.Server(change.Before, "properties.network.delegatedSubnetResourceId").Text is { Length: > 0 })
        {
            yield return GuardVerdict.Refuse(
                "otherWayIn", "The server is in a virtual network: its public access is fixed (ConflictingPublicNetworkAccessAndVirtualNetworkConfiguration).");
            yield break;
        }

        if (!change.Becomes(Path, "Disabled")) yield break;
        Facet connections = change.Before.FacetOf(FacetTypes.PrivateEndpointConnections);
        bool hasWay = connections.Resources.Any(connection =>
            GuardedChange.Is(ResourceField.Of(connection, "properties.privateLinkServiceConnectionState.status").Text, "Approved"));
        if (!hasWay)
        {
            yield return GuardVerdict.Refuse("otherWayIn", connections.Gap is { } gap
                ? $"Whether a private endpoint leads to the server cannot be told ({gap.Reason}): without one nobody could reach it. New-PgPrivateEndpoint makes one."
                : "No approved private endpoint leads to the server: nobody could reach it. Make one first (New-PgPrivateEndpoint), and move the clients to it.");
            yield break;
        }

        yield return GuardVerdict.Ask("connectivityLoss", Consent.ConnectivityLoss, "Clients that come over the internet lose their way in; those behind the private endpoint keep theirs.");
    }
}
