using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PgSecurity.Core.Postures;
using PgSecurity.Sandbox;

namespace PgSecurity.Azure.Tests.Inventory;

/// <summary>Many copies of healthy servers of the sample, spread over four subscriptions, each with vaults and keys of its own.</summary>
internal static class BigEstate
{
    private static readonly string[] Models = { "psql-cards-prod", "psql-disputes-prod", "psql-payout-prod", "psql-fraud-prod" };

    private static readonly Lazy<Dictionary<string, string>> Lines = new(() => File.ReadLines(SampleEstate.Snapshot)
        .Select(line => (Name: (string)JsonNode.Parse(line)!["server"]!["name"]!, Line: line))
        .Where(item => Models.Contains(item.Name))
        .ToDictionary(item => item.Name, item => item.Line));

    private static readonly ConcurrentDictionary<int, byte[]> Snapshots = new();

    internal static SandboxArm Make(int servers)
    {
        SandboxArm arm = new();
        arm.AddSnapshot(new MemoryStream(Snapshots.GetOrAdd(servers, Snapshot)), "big");
        foreach (IGrouping<string, JsonObject> network in arm.Resources()
            .Where(resource => (string?)resource["type"] == FacetTypes.Subnets)
            .GroupBy(subnet => ((string)subnet["id"]!).Substring(0, ((string)subnet["id"]!).IndexOf("/subnets/", StringComparison.Ordinal))).ToArray())
        {
            JsonArray subnets = new(network.Select(subnet => (JsonNode?)WithConnections(subnet)).ToArray());
            arm.Add(new JsonObject
            {
                ["id"] = network.Key,
                ["type"] = "Microsoft.Network/virtualNetworks",
                ["name"] = ResourceId.NameOf(network.Key),
                ["location"] = "westeurope",
                ["properties"] = new JsonObject { ["subnets"] = subnets },
            });
        }

        return arm;
    }

    private static byte[] Snapshot(int servers)
    {
        StringBuilder snapshot = new();
        for (int index = 0; index < servers; index++)
        {
            string model = Models[index % Models.Length];
            string subscription = $"00000000-0000-0000-0000-00000000000{1 + (index / Models.Length % 4)}";
            string line = Lines.Value[model].Replace(model, $"{model}-{index}", StringComparison.Ordinal);
            line = Regex.Replace(line, "/subscriptions/[0-9a-f-]{36}", "/subscriptions/" + subscription);
            snapshot.Append(Regex.Replace(line, "\\bkv-[a-z]+", vault => $"{vault.Value}-{index}")).Append('\n');
        }

        return Encoding.UTF8.GetBytes(snapshot.ToString());
    }

    // Azure shows in a subnet which private endpoints are in it.
    private static JsonObject WithConnections(JsonObject subnet)
    {
        JsonObject copy = subnet.DeepClone().AsObject();
        copy["properties"]!["purpose"] = "private endpoints of Microsoft.DBforPostgreSQL/flexibleServers";
        return copy;
    }
}
