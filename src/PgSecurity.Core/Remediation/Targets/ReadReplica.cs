using System.Text.Json.Nodes;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Remediation.Targets;

/// <summary>A read replica that is to be made of a server.</summary>
/// <param name="Id">The ARM id of the replica.</param>
/// <param name="Location">Its region; null for the primary's.</param>
public sealed record ReadReplica(string Id, string? Location)
{
    /// <summary>The name of its compute size; null for the primary's.</summary>
    public string? SkuName { get; init; }

    /// <summary>The availability zone; null for one of the service's choice.</summary>
    public string? Zone { get; init; }

    /// <summary>The key that it is encrypted with; null for the primary's.</summary>
    public string? KeyUri { get; init; }

    /// <summary>The ARM id of the identity that may use the key; null for the primary's.</summary>
    public string? IdentityId { get; init; }

    /// <summary>The delegated subnet, for a server in a virtual network; null for the primary's.</summary>
    public string? SubnetId { get; init; }

    /// <summary>The private DNS zone, for a server in a virtual network; null for the primary's.</summary>
    public string? PrivateDnsZoneId { get; init; }

    /// <summary>The request that makes it.</summary>
    /// <exception cref="RemediationException">It lacks what a replica elsewhere needs.</exception>
    public ResourceCreation Of(Posture primary)
    {
        string home = Text(primary, "location") ?? throw new RemediationException("The region of the server is not known.");
        string region = Location ?? home;
        JsonObject properties = new()
        {
            ["createMode"] = "Replica",
            ["sourceServerResourceId"] = primary.Id.Value,
            ["network"] = Network(primary, isElsewhere: !ResourceCreation.SameRegion(region, home)),
        };
        if (Zone is not null) properties["availabilityZone"] = Zone;
        JsonObject body = new() { ["location"] = region, ["properties"] = properties };
        if (Text(primary, "sku.name") is string size && Text(primary, "sku.tier") is string tier)
        {
            body["sku"] = new JsonObject { ["name"] = SkuName ?? size, ["tier"] = SkuName is null ? tier : TierOf(SkuName) };
        }

        AddKey(body, primary, isElsewhere: !ResourceCreation.SameRegion(region, home));
        return new ResourceCreation(primary.Id, FacetTypes.Replicas, Id, ResourceId.NameOf(Id), body);
    }

    private JsonObject Network(Posture primary, bool isElsewhere)
    {
        string? subnet = Text(primary, "properties.network.delegatedSubnetResourceId");
        if (subnet is null && SubnetId is null)
        {
            return new JsonObject { ["publicNetworkAccess"] = Text(primary, "properties.network.publicNetworkAccess") ?? "Disabled" };
        }

        if (subnet is null) throw new RemediationException("The server is not in a virtual network, and its replica cannot be either: leave -SubnetId out, and make a private endpoint for the replica.");
        if (isElsewhere && SubnetId is null)
        {
            throw new RemediationException("The server is in a virtual network: a replica in another region needs a delegated subnet there (-SubnetId) and a private DNS zone (-PrivateDnsZoneId).");
        }

        return new JsonObject
        {
            ["delegatedSubnetResourceId"] = SubnetId ?? subnet,
            ["privateDnsZoneArmResourceId"] = PrivateDnsZoneId ?? Text(primary, "properties.network.privateDnsZoneArmResourceId"),
        };
    }

    private void AddKey(JsonObject body, Posture primary, bool isElsewhere)
    {
        bool hasOwnKey = ResourceField.Of(primary.Server, "properties.dataEncryption.type").Is("AzureKeyVault") == Truth.True;
        if (!hasOwnKey && KeyUri is not null) throw new RemediationException("The server has no customer-managed key, and -KeyUri is for those that have one.");
        if (hasOwnKey && isElsewhere && (KeyUri is null || IdentityId is null))
        {
            throw new RemediationException("The server has a customer-managed key: a replica in another region needs a key and an identity of its own there (-KeyUri, -IdentityId).");
        }

        KeyOfSource.AddTo(body, primary.Server, geo: false);
        if (KeyUri is null || IdentityId is null) return;
        JsonObject encryption = (JsonObject)body["properties"]!["dataEncryption"]!;
        encryption["primaryKeyURI"] = KeyUri;
        encryption["primaryUserAssignedIdentityId"] = IdentityId;
        body["identity"]!["userAssignedIdentities"] = new JsonObject { [IdentityId] = new JsonObject() };
    }

    /// <summary>The letter of the family tells: B, D and E; replicas of Burstable size are refused by the service.</summary>
    private static string TierOf(string size)
    {
        string family = size.StartsWith("Standard_", System.StringComparison.OrdinalIgnoreCase) ? size.Substring("Standard_".Length) : size;
        return family.Length == 0 ? "" : char.ToUpperInvariant(family[0]) switch
        {
            'B' => "Burstable",
            'E' => "MemoryOptimized",
            _ => "GeneralPurpose",
        };
    }

    private static string? Text(Posture posture, string path) => ResourceField.Of(posture.Server, path).Text;
}
