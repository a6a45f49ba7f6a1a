using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation.Service;
using PgSecurity.Core.Remediation.Targets;

namespace PgSecurity.Core.Remediation.Guards;

/// <summary>
/// A private endpoint is made where the server takes one, in a subnet that is there, in the network's own region; its DNS
/// zone is the one by which clients find the server. The last way in is not taken away.
/// </summary>
internal sealed class PrivateEndpointGuard : IGuard
{
    private const string Name = "privateEndpoint";

    /// <summary>The zone of the public cloud, where the server does not say which it needs.</summary>
    private const string PublicZone = "privatelink.postgres.database.azure.com";

    public IEnumerable<GuardVerdict> Judge(GuardedChange change)
    {
        bool isZone = change.Change.Type == DnsZoneGroup.ResourceType;
        if (!isZone && change.Change.Type != FacetTypes.PrivateEndpoints) return Enumerable.Empty<GuardVerdict>();
        if (change.Change.Method == WriteMethod.Delete) return JudgeRemoval(change, isZone ? ResourceId.ScopeOf(change.Change.Id) : change.Change.Id);
        return change.Change is ResourceCreation creation ? JudgeNew(change, creation) : JudgeZone(change);
    }

    private static IEnumerable<GuardVerdict> JudgeNew(GuardedChange change, ResourceCreation creation)
    {
        if (GuardedChange.Server(change.Before, "properties.network.delegatedSubnetResourceId").Text is not null)
        {
            yield return GuardVerdict.Refuse(Name, "The server is in a virtual network and takes no private endpoints. Its network mode is chosen when it is created.");
        }

        if (GuardedChange.Server(change.Before, "properties.state").Text is string state && !GuardedChange.Is(state, "Ready"))
        {
            yield return GuardVerdict.Refuse("serverState", $"The server is {state}: an endpoint is made only for one that is ready.");
        }

        string subnetId = creation.Sent("properties", "subnet", "id");
        Facet subnets = change.Before.FacetOf(FacetTypes.Subnets);
        Resource? subnet = subnets.Resources.FirstOrDefault(candidate => GuardedChange.Is(candidate.Id, subnetId));
        if (subnet is null)
        {
            yield return GuardVerdict.Refuse(Name, $"The subnet cannot be used: {subnets.Gap?.Reason ?? "there is none of that id"}.");
            yield break;
        }

        if (DelegatedTo(subnet) is string service) yield return GuardVerdict.Refuse(Name, $"The subnet {subnet.Name} is delegated to {service}: no endpoint can be made in it.");
        Facet networks = change.Before.FacetOf(ResourceCreation.NetworkType);
        string networkId = ResourceId.ScopeOf(subnetId);
        string? region = networks.Resources.Where(network => GuardedChange.Is(network.Id, networkId)).Select(network => ResourceField.Of(network, "location").Text).FirstOrDefault();
        if (region is not null && !ResourceCreation.SameRegion(region, creation.Sent("location")))
        {
            yield return GuardVerdict.Refuse(Name, $"The network is in {region}, and the endpoint must be there too: give -Location {region}.");
        }
    }

    private static IEnumerable<GuardVerdict> JudgeZone(GuardedChange change)
    {
        string zoneId = (JsonShape.At(change.Body, "properties", "privateDnsZoneConfigs") as JsonArray)?.OfType<JsonObject>()
            .Select(config => JsonShape.Text(JsonShape.At(config, "properties", "privateDnsZoneId"))).FirstOrDefault() ?? "";
        Facet zones = change.Before.FacetOf(FacetTypes.PrivateDnsZones);
        if (!zones.Resources.Any(zone => GuardedChange.Is(zone.Id, zoneId)))
        {
            yield return GuardVerdict.Refuse(Name, $"The DNS zone cannot be used: {zones.Gap?.Reason ?? "there is none of that id"}.");
            yield break;
        }

        List<string> wanted = change.Before.FacetOf(ResourceCreation.PrivateLinkType).Resources.SelectMany(ZonesOf).DefaultIfEmpty(PublicZone).ToList();
        if (!wanted.Contains(ResourceId.NameOf(zoneId), StringComparer.OrdinalIgnoreCase))
        {
            yield return GuardVerdict.Refuse(Name, $"Clients find the server in the zone {string.Join(" or ", wanted)}, not in {ResourceId.NameOf(zoneId)}.");
        }
    }

    /// <summary>Without its zone group an endpoint is not found any more: that is as good as gone.</summary>
    private static IEnumerable<GuardVerdict> JudgeRemoval(GuardedChange change, string endpointId)
    {
        Facet connections = change.Before.FacetOf(FacetTypes.PrivateEndpointConnections);
        bool isClosed = !GuardedChange.Is(GuardedChange.Server(change.Before, "properties.network.publicNetworkAccess").Text, "Enabled");
        bool hasOther = connections.Resources.Any(connection =>
            GuardedChange.Is(ResourceField.Of(connection, "properties.privateLinkServiceConnectionState.status").Text, "Approved")
            && !GuardedChange.Is(ResourceField.Of(connection, "properties.privateEndpoint.id").Text, endpointId));
        if (isClosed && !hasOther)
        {
            yield return GuardVerdict.Refuse(
                "otherWayIn", $"Public access is off and no other approved private endpoint is known{(connections.Gap is { } gap ? $" ({gap.Reason})" : "")}: nobody could reach the server. Make another way in first: New-PgPrivateEndpoint, or Set-PgPublicNetworkAccess.");
        }
        else
        {
            yield return GuardVerdict.Ask("connectivityLoss", Consent.ConnectivityLoss, "Clients that come through the private endpoint lose their way in.");
        }
    }

    private static string? DelegatedTo(Resource subnet)
    {
        System.Text.Json.JsonElement delegations = ResourceField.Of(subnet, "properties.delegations").Value;
        return delegations.ValueKind == System.Text.Json.JsonValueKind.Array
            ? delegations.EnumerateArray().Select(one => ResourceField.In(one, "properties.serviceName").Text ?? "a service").FirstOrDefault()
            : null;
    }

    private static IEnumerable<string> ZonesOf(Resource link)
    {
        System.Text.Json.JsonElement names = ResourceField.Of(link, "properties.requiredZoneNames").Value;
        return names.ValueKind == System.Text.Json.JsonValueKind.Array
            ? names.EnumerateArray().Select(name => name.GetString() ?? "").Where(name => name.Length > 0)
            : Enumerable.Empty<string>();
    }
}
