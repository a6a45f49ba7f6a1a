using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PgSecurity.Core.Postures.Recognition;

/// <summary>
/// Brings the resources of an input together to postures: children to their server, what protects a server to it,
/// replicas to their primary.
/// </summary>
internal sealed class PostureAssembler
{
    public const string NoServer = "the server itself is not in the input";

    private readonly Dictionary<ServerId, ServerEntry> _servers = new();
    private readonly List<ServerEntry> _order = new();
    private readonly ScopedResources _scoped = new();
    private readonly ReferencedResources _referenced;
    private readonly FacetGap _partial;
    private readonly string _origin;

    /// <summary>Starts with nothing.</summary>
    /// <param name="origin">What the postures are made from (<see cref="Posture.Origin"/>).</param>
    /// <param name="partial">The gap of a facet of which a part is known; null for that of an input of resources.</param>
    public PostureAssembler(string origin = "resource", FacetGap? partial = null)
    {
        _origin = origin;
        _partial = partial ?? FacetLists.NotWholeInput;
        _referenced = new ReferencedResources(_partial);
    }

    /// <summary>Whether a posture has a place for resources of a type.</summary>
    public static bool Takes(string type) =>
        ScopedResources.Takes(type)
        || ReferencedResources.Takes(type)
        || IsOrUnder(type, FacetTypes.Server)
        || IsOrUnder(type, FacetTypes.SingleServer);

    public void Add(Resource resource, string source)
    {
        if (ReferencedResources.Takes(resource.Type))
        {
            _referenced.Add(resource);
            return;
        }

        ServerId.TryParse(resource.Id, out ServerId? id);
        if (id is not null && string.Equals(id.ResourceType, resource.Type, StringComparison.OrdinalIgnoreCase))
        {
            Entry(id, source).SetServer(ServerBody.ToResource(id, resource.Body, resource.Gap), source);
        }
        else if (ScopedResources.Takes(resource.Type))
        {
            // A setting of a server is a trace of that server, even where its body is not in the input.
            if (id is not null && resource.Type == FacetTypes.DiagnosticSettings) Entry(id, source);
            _scoped.Add(resource);
        }
        else if (id is not null)
        {
            Entry(id, source).AddChild(resource);
        }
    }

    /// <summary>Says that the list of a type under a scope was seen to its end.</summary>
    public void MarkComplete(string type, string scope)
    {
        if (ScopedResources.Takes(type)) _scoped.MarkComplete(type, scope);
        else if (ServerId.TryParse(scope, out ServerId? id) && string.Equals(id!.Value, scope, StringComparison.OrdinalIgnoreCase))
        {
            Entry(id, scope).MarkComplete(type);
        }
    }

    /// <summary>Says why not all of a type is known of a server.</summary>
    public void SetGap(ServerId server, string type, FacetGap gap) => Entry(server, server.Value).SetGap(type, gap);

    public IEnumerable<Posture> Build()
    {
        ReplicaLinks links = new(_order);
        foreach (ServerEntry entry in _order)
        {
            yield return Build(entry, links);
        }
    }

    private Posture Build(ServerEntry entry, ReplicaLinks links)
    {
        Resource server = entry.Server ?? Stub(entry.Id);
        Dictionary<string, Facet> facets = new(StringComparer.OrdinalIgnoreCase);
        foreach (Facet children in entry.Facets(_partial))
        {
            facets[children.Type] = children;
        }

        AddEmbeddedConnections(entry, server, facets);
        foreach (IGrouping<string, Resource> group in _scoped.For(entry.Id).GroupBy(resource => resource.Type, StringComparer.OrdinalIgnoreCase))
        {
            FacetGap? gap = _scoped.IsComplete(group.Key, entry.Id) ? null : _partial;
            facets[group.Key] = new Facet(group.Key, FacetLists.Distinct(group.ToList()), gap);
        }

        facets.TryGetValue(FacetTypes.DiagnosticSettings, out Facet? settings);
        foreach (Facet facet in _referenced.For(entry.Id, server, settings).Concat(links.For(entry)))
        {
            facets[facet.Type] = facet;
        }

        return new Posture(entry.Id, server, facets.Values, entry.Source) { Origin = _origin };
    }

    /// <summary>A server's body holds all its private endpoint connections, where it holds any list of them.</summary>
    private static void AddEmbeddedConnections(ServerEntry entry, Resource server, Dictionary<string, Facet> facets)
    {
        if (!ArmJson.TryGet(server.Body, "properties", out JsonElement properties)
            || !ArmJson.TryGet(properties, "privateEndpointConnections", out JsonElement list)
            || list.ValueKind != JsonValueKind.Array
            || (facets.TryGetValue(FacetTypes.PrivateEndpointConnections, out Facet? known) && known.IsComplete))
        {
            return;
        }

        List<Resource> connections = new();
        int index = 0;
        foreach (JsonElement body in list.EnumerateArray())
        {
            index++;
            if (body.ValueKind != JsonValueKind.Object) continue;
            string name = ArmJson.Text(body, "name") ?? FormattableString.Invariant($"connection{index}");
            string id = ArmJson.Text(body, "id") ?? $"{entry.Id.Value}/privateEndpointConnections/{name}";
            connections.Add(new Resource(id, FacetTypes.PrivateEndpointConnections, name, body, server.Gap));
        }

        facets[FacetTypes.PrivateEndpointConnections] = new Facet(FacetTypes.PrivateEndpointConnections, connections);
    }

    private ServerEntry Entry(ServerId id, string source)
    {
        if (!_servers.TryGetValue(id, out ServerEntry? entry))
        {
            entry = new ServerEntry(id, source);
            _servers[id] = entry;
            _order.Add(entry);
        }

        return entry;
    }

    internal static Resource Stub(ServerId id, string gap = NoServer)
    {
        JsonElement body = ArmJson.Element(new JsonObject
        {
            ["id"] = id.Value,
            ["type"] = id.ResourceType,
            ["name"] = id.Name,
            ["properties"] = new JsonObject(),
        });
        return new Resource(id.Value, id.ResourceType, id.Name, body, gap);
    }

    private static bool IsOrUnder(string type, string parent) =>
        type.StartsWith(parent, StringComparison.OrdinalIgnoreCase)
        && (type.Length == parent.Length || type[parent.Length] == '/');
}
