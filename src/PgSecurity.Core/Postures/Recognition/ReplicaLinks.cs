using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PgSecurity.Core.Postures.Recognition;

/// <summary>Replicas and primaries that stand in the same input, as facets of each other.</summary>
internal sealed class ReplicaLinks
{
    private static readonly FacetGap MayBeMore = new(
        FacetGapKind.Partial, "the replicas in the input are known; others may exist");

    private readonly Dictionary<ServerId, ServerEntry> _servers;
    private readonly ILookup<ServerId, ServerEntry> _replicas;

    public ReplicaLinks(IEnumerable<ServerEntry> servers)
    {
        _servers = servers.ToDictionary(server => server.Id);
        _replicas = _servers.Values.Where(server => PrimaryOf(server) is not null).ToLookup(server => PrimaryOf(server)!);
    }

    public IEnumerable<Facet> For(ServerEntry server)
    {
        Resource[] replicas = _replicas[server.Id].Select(Replica).ToArray();
        if (replicas.Length > 0) yield return new Facet(FacetTypes.Replicas, replicas, MayBeMore);

        if (PrimaryOf(server) is ServerId primary && _servers.TryGetValue(primary, out ServerEntry? entry) && entry.Server is not null)
        {
            yield return new Facet(FacetTypes.Primary, new[] { Primary(entry) });
        }
    }

    /// <summary>The server that a replica follows. A server restored from another one names it too, and is no replica.</summary>
    private static ServerId? PrimaryOf(ServerEntry server)
    {
        if (server.Server is null || !IsReplica(server.Server.Body)) return null;
        string? source = ArmJson.Text(server.Server.Body, "properties", "sourceServerResourceId");
        return ServerId.TryParse(source, out ServerId? id) && !id!.Equals(server.Id) ? id : null;
    }

    private static bool IsReplica(JsonElement body) =>
        ArmJson.Text(body, "properties", "replicationRole") is string role
            ? role.EndsWith("Replica", StringComparison.OrdinalIgnoreCase)
            : string.Equals(ArmJson.Text(body, "properties", "createMode"), "Replica", StringComparison.OrdinalIgnoreCase);

    private static Resource Replica(ServerEntry entry) =>
        new(entry.Id.Value, FacetTypes.Replicas, entry.Id.Name, entry.Server!.Body, entry.Server.Gap);

    private static Resource Primary(ServerEntry entry)
    {
        Resource server = entry.Server!;
        entry.Children.TryGetValue(FacetTypes.Configurations, out List<Resource>? parameters);
        JsonObject values = new();
        foreach (Resource parameter in parameters ?? Enumerable.Empty<Resource>())
        {
            if (ArmJson.TryGet(parameter.Body, "properties", out JsonElement properties)
                && ArmJson.TryGet(properties, "value", out JsonElement value))
            {
                values[parameter.Name] = ArmJson.Node(value);
            }
        }

        string? gap = server.Gap ?? (entry.IsComplete(FacetTypes.Configurations) ? null : "not all parameters of the primary are known");
        return new Resource(entry.Id.Value, FacetTypes.Primary, entry.Id.Name, WithParameters(server.Body, values), gap);
    }

    private static JsonElement WithParameters(JsonElement body, JsonObject values)
    {
        JsonObject copy = JsonObject.Create(body)!;
        string name = copy.Select(member => member.Key).FirstOrDefault(key => string.Equals(key, "properties", StringComparison.OrdinalIgnoreCase)) ?? "properties";
        if (copy[name] is not JsonObject properties)
        {
            properties = new JsonObject();
            copy[name] = properties;
        }

        properties["parameters"] = values;
        return ArmJson.Element(copy);
    }
}
