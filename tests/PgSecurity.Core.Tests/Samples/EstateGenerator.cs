using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Databases;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Snapshots;
using PgSecurity.Core.Tests.Controls;

namespace PgSecurity.Core.Tests.Samples;

/// <summary>Makes the sample estate, module/Samples/contoso.ndjson, from the stories in <see cref="Estate"/>.</summary>
internal static class EstateGenerator
{
    private const string Source = "contoso";

    private static readonly Dictionary<string, string> Pairs = new(StringComparer.Ordinal)
    {
        ["West Europe"] = "North Europe", ["North Europe"] = "West Europe", ["UK South"] = "UK West",
        ["Germany West Central"] = "Germany North", ["UAE North"] = "UAE Central", ["Southeast Asia"] = "East Asia", ["East US 2"] = "Central US",
    };

    private static readonly Lazy<IReadOnlyList<Posture>> Once = new(Postures);

    /// <summary>The postures, made once; read by one thread at a time.</summary>
    public static IReadOnlyList<Posture> Made => Once.Value;

    public static IReadOnlyList<Posture> Postures()
    {
        Dictionary<string, Posture> made = new(StringComparer.Ordinal);
        foreach (EstateServer server in Estate.Servers.OrderBy(server => server.ReplicaOf is not null))
        {
            made[server.Name] = Make(server, server.ReplicaOf is string primary ? made[primary] : null);
        }

        foreach (EstateServer replica in Estate.Servers.Where(server => server.ReplicaOf is not null))
        {
            made[replica.ReplicaOf!] = WithReplica(made[replica.ReplicaOf!], made[replica.Name]);
        }

        return Estate.Servers.Select(server => made[server.Name]).Append(SingleServer()).ToList();
    }

    public static string Text()
    {
        StringBuilder text = new();
        using StringWriter writer = new(text);
        foreach (Posture posture in Postures())
        {
            SnapshotWriter.Write(writer, posture);
        }

        return text.ToString();
    }

    private static Posture Make(EstateServer server, Posture? primary)
    {
        JsonObject content = (JsonObject)JsonNode.Parse(Renamed(BasePosture.Copy().ToJsonString(), server))!;
        content.Remove("about");
        JsonObject parameters = EstateParameters.Of(
            (JsonObject)content["parameters"]!, int.Parse(server.Version, System.Globalization.CultureInfo.InvariantCulture));
        if (server.Traits.Contains(Trait.AsDelivered)) EstateParameters.Deliver(parameters);
        content["parameters"] = parameters;
        foreach (JsonNode? workspace in content["facets"]![FacetTypes.Workspaces]!.AsArray())
        {
            workspace!["location"] = Code(server.Subscription.Region);
        }

        JsonObject body = (JsonObject)content["server"]!;
        body["properties"]!["version"] = server.Version;
        body["properties"]!["minorVersion"] = Minor(server.Version);
        body["tags"] = new JsonObject
        {
            ["owner"] = $"{server.Subscription.Team}@contoso.com",
            ["environment"] = server.Name.EndsWith("-test", StringComparison.Ordinal) ? "test" : "production",
            ["purpose"] = server.Story,
        };

        PostureDraft draft = new(content);
        foreach (string trait in Traits(server, primary))
        {
            draft.Apply((JsonObject)JsonNode.Parse(Renamed(trait, server))!);
        }

        return WithoutWhatNobodyLookedAt(draft.ToPosture(Source));
    }

    private static IEnumerable<string> Traits(EstateServer server, Posture? primary)
    {
        if (server.ReplicaOf is null && !Estate.Servers.Any(other => other.ReplicaOf == server.Name)) yield return Trait.NoReplica;
        if (server.Subnet is string subnet) yield return VirtualNetwork(server, subnet);
        if (primary is not null) yield return Replica(server, primary);
        foreach (string trait in server.Subscription.Traits.Concat(server.Traits).Where(trait => trait != Trait.AsDelivered))
        {
            yield return trait;
        }
    }

    private static string VirtualNetwork(EstateServer server, string subnet)
    {
        string network = $"/subscriptions/{server.Subscription.Id}/resourceGroups/rg-network-prod/providers/Microsoft.Network";
        JsonObject properties = new() { ["publicNetworkAccess"] = "Disabled", ["delegatedSubnetResourceId"] = $"{network}/virtualNetworks/vnet-prod/subnets/{subnet}" };
        JsonArray zones = new();
        if (server.HasDnsZone)
        {
            string zone = $"{server.Name}.private.postgres.database.azure.com";
            properties["privateDnsZoneArmResourceId"] = $"{network}/privateDnsZones/{zone}";
            zones.Add(new JsonObject
            {
                ["id"] = $"{network}/privateDnsZones/{zone}", ["name"] = zone, ["location"] = "global",
                ["properties"] = new JsonObject { ["numberOfRecordSets"] = 2, ["numberOfVirtualNetworkLinks"] = 1, ["provisioningState"] = "Succeeded" },
            });
        }

        JsonObject delegation = new()
        {
            ["name"] = "postgres", ["properties"] = new JsonObject { ["serviceName"] = FacetTypes.Server },
        };
        JsonObject delegated = new()
        {
            ["id"] = $"{network}/virtualNetworks/vnet-prod/subnets/{subnet}", ["name"] = subnet,
            ["properties"] = new JsonObject { ["addressPrefix"] = "10.60.4.0/28", ["delegations"] = new JsonArray(delegation), ["serviceEndpoints"] = new JsonArray() },
        };
        if (server.HasSecurityGroup)
        {
            delegated["properties"]!["networkSecurityGroup"] = new JsonObject { ["id"] = $"{network}/networkSecurityGroups/nsg-databases" };
        }

        return new JsonObject
        {
            ["server"] = new JsonObject { ["properties"] = new JsonObject { ["network"] = properties, ["privateEndpointConnections"] = null } },
            ["facets"] = new JsonObject
            {
                [FacetTypes.PrivateEndpoints] = new JsonArray(), [FacetTypes.PrivateDnsZones] = zones,
                [FacetTypes.Subnets] = new JsonArray(delegated),
            },
        }.ToJsonString();
    }

    private static string Replica(EstateServer server, Posture primary)
    {
        bool isNear = primary.Server.Body.GetProperty("location").GetString() == server.Region;
        JsonObject source = (JsonObject)JsonNode.Parse(primary.Server.Body.GetRawText())!;
        source["type"] = FacetTypes.Primary;
        JsonObject values = new();
        foreach (Resource parameter in primary.FacetOf(FacetTypes.Configurations).Resources)
        {
            values[parameter.Name] = parameter.Body.GetProperty("properties").GetProperty("value").GetString();
        }

        source["properties"]!["parameters"] = values;
        JsonObject properties = new()
        {
            ["replicationRole"] = isNear ? "AsyncReplica" : "GeoAsyncReplica", ["sourceServerResourceId"] = primary.Id.Value,
            ["replica"] = new JsonObject { ["role"] = isNear ? "AsyncReplica" : "GeoAsyncReplica", ["capacity"] = null, ["replicationState"] = "Active" },
            ["replicaCapacity"] = 0,
            ["highAvailability"] = new JsonObject { ["mode"] = "Disabled", ["state"] = "NotEnabled", ["standbyAvailabilityZone"] = null },
            ["backup"] = new JsonObject { ["geoRedundantBackup"] = "Disabled" },
        };
        return new JsonObject
        {
            ["server"] = new JsonObject { ["properties"] = properties },
            ["facets"] = new JsonObject { [FacetTypes.Replicas] = new JsonArray(), [FacetTypes.Primary] = new JsonArray(source) },
        }.ToJsonString();
    }

    private static Posture WithReplica(Posture primary, Posture replica)
    {
        JsonObject body = (JsonObject)JsonNode.Parse(replica.Server.Body.GetRawText())!;
        body["type"] = FacetTypes.Replicas;
        return primary.With(new Facet(
            FacetTypes.Replicas,
            [new Resource(replica.Id.Value, FacetTypes.Replicas, replica.Id.Name, JsonSerializer.SerializeToElement(body))]));
    }

    /// <summary>A single server that somebody forgot to migrate before the service was retired: nothing answers for more than its row in Resource Graph.</summary>
    private static Posture SingleServer()
    {
        JsonObject body = (JsonObject)JsonNode.Parse("""
            { "name": "wingtip-legacy", "type": "Microsoft.DBforPostgreSQL/servers", "location": "East US 2",
              "tags": { "purpose": "The first database of Wingtip Toys. Nobody migrated it." },
              "sku": { "name": "GP_Gen5_2", "tier": "GeneralPurpose", "family": "Gen5", "capacity": 2 },
              "properties": { "version": "11", "sslEnforcement": "Disabled", "minimalTlsVersion": "TLSEnforcementDisabled", "publicNetworkAccess": "Enabled",
                "infrastructureEncryption": "Disabled", "byokEnforcement": "Disabled", "userVisibleState": "Ready", "administratorLogin": "wingtip",
                "fullyQualifiedDomainName": "wingtip-legacy.postgres.database.azure.com", "replicationRole": "", "masterServerId": "",
                "storageProfile": { "storageMB": 5120, "backupRetentionDays": 7, "geoRedundantBackup": "Disabled", "storageAutogrow": "Disabled" },
                "privateEndpointConnections": [] } }
            """)!;
        string id = $"/subscriptions/{EstateSubscription.Acquired.Id}/resourceGroups/wingtip/providers/Microsoft.DBforPostgreSQL/servers/wingtip-legacy";
        body["id"] = id;
        DateTimeOffset collectedAt = DateTimeOffset.Parse((string)BasePosture.Copy()["collectedAt"]!, System.Globalization.CultureInfo.InvariantCulture);
        return new Posture(
            ServerId.Parse(id),
            new Resource(id, FacetTypes.SingleServer, "wingtip-legacy", JsonSerializer.SerializeToElement(body)),
            [],
            Source,
            collectedAt);
    }

    /// <summary>A text of the base, in the names of a server: its own, its vault's, its subscription's, its regions'.</summary>
    private static string Renamed(string text, EstateServer server)
    {
        string shortName = server.Name.Replace("psql-", "", StringComparison.Ordinal).Replace("-prod", "", StringComparison.Ordinal);
        (string From, string To)[] names =
        [
            ("2f1c9d3e-5b7a-4c68-9e0d-7a1b3c5d7e9f", server.Subscription.Id),
            ("$subscription", "/subscriptions/" + server.Subscription.Id), ("$short", shortName),
            ("rg-payments-prod", server.Group), ("kv-contoso-payments", "kv-" + shortName), ("kv-contoso-pay-geo", $"kv-{shortName}-geo"),
            ("key-payments", "key-" + shortName), ("id-payments", "id-" + shortName), ("contoso-payments", server.Name),
            ("grp-payments", "grp-" + server.Subscription.Team), ("sp-payments", "sp-" + server.Subscription.Team), ("\"payments\"", $"\"{shortName}\""), ("pg-payments-", $"pg-{shortName}-"), ("ve-payments", "ve-" + shortName),
            ("North Europe", "$paired"), ("northeurope", "$pairedcode"), ("West Europe", server.Region), ("westeurope", Code(server.Region)),
            ("$pairedcode", Code(Pairs[server.Region])), ("$paired", Pairs[server.Region]),
        ];
        return names.Aggregate(text, (current, name) => current.Replace(name.From, name.To, StringComparison.Ordinal));
    }

    private static string Code(string region) => string.Concat(region.Where(character => character != ' ')).ToLowerInvariant();

    private static string Minor(string version) => version switch
    {
        "11" => "22", "13" => "22", "14" => "19", "15" => "14", "16" => "10", "17" => "6", _ => "1",
    };

    /// <summary>The estate was read through Azure alone: nobody logged in to a database or tried the wire.</summary>
    private static Posture WithoutWhatNobodyLookedAt(Posture posture) => new(
        posture.Id,
        posture.Server,
        posture.Facets.Where(facet => facet.Type != ControlRequirement.TlsEndpoints && !DatabaseChecks.IsDatabaseType(facet.Type)),
        posture.Source,
        posture.CollectedAt) { Origin = posture.Origin };
}
