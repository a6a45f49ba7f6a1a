using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using PgSecurity.Core.Tests.Controls;

namespace PgSecurity.Fuzz;

/// <summary>Inputs that are whole, to be broken: the repository's own files, and recorded answers of the service where they are.</summary>
internal static class Corpus
{
    private const int LargestDocument = 200_000;

    /// <summary>Lines of the sample estate.</summary>
    public static byte[][] Snapshots { get; } = [.. File
        .ReadLines(RepositoryFiles.In("module", "Samples", "contoso.ndjson")).Select(Encoding.UTF8.GetBytes)];

    private static readonly Lazy<byte[][]> OfPostures = new(() => [.. Snapshots, .. Resources(), .. Templates(), .. Recorded()]);

    private static readonly Lazy<byte[][]> OfDefinitions = new(() => [.. Directory
        .EnumerateFiles(RepositoryFiles.Controls, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)]);

    /// <summary>Whatever a posture can be read from.</summary>
    public static byte[][] Postures => OfPostures.Value;

    /// <summary>The catalogue's files, which are policy definitions.</summary>
    public static byte[][] Definitions => OfDefinitions.Value;

    public static byte[] Any(byte[][] inputs, Random random) => inputs[random.Next(inputs.Length)];

    /// <summary>Servers and their children out of the estate, as ARM lists them.</summary>
    private static IEnumerable<byte[]> Resources()
    {
        foreach (byte[] line in Snapshots)
        {
            JsonNode posture = JsonNode.Parse(line)!;
            yield return Bytes(posture["server"]!);
            foreach (JsonNode? facet in posture["facets"]!.AsArray())
            {
                if (facet!["resources"] is JsonArray { Count: > 0 and < 60 } resources)
                {
                    yield return Bytes(new JsonObject { ["value"] = resources.DeepClone() });
                }
            }
        }
    }

    private static IEnumerable<byte[]> Templates()
    {
        yield return """
            {"$schema":"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#","contentVersion":"1.0.0.0",
             "parameters":{"name":{"type":"string","defaultValue":"shop"},"days":{"type":"int","defaultValue":14},"rules":{"type":"array","defaultValue":[{"n":"a","ip":"192.0.2.1"}]}},
             "variables":{"tier":"[if(equals(parameters('days'), 14), 'GeneralPurpose', 'Burstable')]"},
             "resources":[
              {"type":"Microsoft.DBforPostgreSQL/flexibleServers","apiVersion":"2024-08-01","name":"[parameters('name')]","location":"[resourceGroup().location]",
               "sku":{"name":"Standard_D2ds_v5","tier":"[variables('tier')]"},
               "properties":{"version":"16","network":{"publicNetworkAccess":"Enabled"},"backup":{"backupRetentionDays":"[add(parameters('days'), 0)]"}},
               "resources":[{"type":"configurations","apiVersion":"2024-08-01","name":"require_secure_transport","properties":{"value":"off","source":"user-override"}}]},
              {"copy":{"name":"fw","count":"[length(parameters('rules'))]"},"type":"Microsoft.DBforPostgreSQL/flexibleServers/firewallRules","apiVersion":"2024-08-01",
               "name":"[concat(parameters('name'), '/', parameters('rules')[copyIndex()].n)]","dependsOn":["[resourceId('Microsoft.DBforPostgreSQL/flexibleServers', parameters('name'))]"],
               "properties":{"startIpAddress":"[parameters('rules')[copyIndex()].ip]","endIpAddress":"[parameters('rules')[copyIndex()].ip]"}}]}
            """u8.ToArray();
        yield return """
            [{"id":"/subscriptions/1/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/flexibleServers/s1","name":"s1","type":"Microsoft.DBforPostgreSQL/flexibleServers",
              "resourceGroup":"rg","location":"East US","version":"16","replicationRole":"Primary","sku":{"name":"Standard_B1ms","tier":"Burstable"},
              "network":{"publicNetworkAccess":"Enabled","delegatedSubnetResourceId":null},"authConfig":{"activeDirectoryAuth":"Disabled","passwordAuth":"Enabled"},"privateEndpointConnections":[]}]
            """u8.ToArray();
    }

    private static IEnumerable<byte[]> Recorded()
    {
        string? folder = RepositoryFiles.SharedData is string shared ? Path.Combine(shared, "recordings") : null;
        if (folder is null || !Directory.Exists(folder)) yield break;
        foreach (string file in Directory.EnumerateFiles(folder, "*ostgres*.ndjson", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            foreach (string line in File.ReadLines(file).Where(line => line.Contains("flexibleServers", StringComparison.Ordinal)).Take(40))
            {
                if (JsonNode.Parse(line)?["response"] is JsonObject response && Bytes(response) is { Length: < LargestDocument } bytes) yield return bytes;
            }
        }
    }

    private static byte[] Bytes(JsonNode node) => JsonSerializer.SerializeToUtf8Bytes(node);
}
