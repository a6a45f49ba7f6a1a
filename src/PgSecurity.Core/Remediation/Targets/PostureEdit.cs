using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Remediation.Targets;

/// <summary>A posture in which one resource is another, or is gone.</summary>
public static class PostureEdit
{
    /// <summary>The body of the resource that a change is about; null where the posture has none.</summary>
    public static JsonObject? BodyOf(Posture posture, TargetChange change)
    {
        Resource? found = Same(change.Type, posture.Id.ResourceType) ? posture.Server : Find(posture.FacetOf(change.Type), change);
        return found is null ? null : JsonShape.Copy(found.Body);
    }

    /// <summary>
    /// The posture with the resource of a change as given; null takes it out. What SQL makes of a row is not known before it is
    /// read: rows stay as they are.
    /// </summary>
    public static Posture With(Posture posture, TargetChange change, JsonObject? body) =>
        change is RowChange ? posture : WithRow(posture, change, body);

    /// <summary>The same, for a row that was read.</summary>
    internal static Posture WithRow(Posture posture, TargetChange change, JsonObject? body)
    {
        if (Same(change.Type, posture.Id.ResourceType)) return body is null ? posture : WithServer(posture, body);

        Facet facet = posture.FacetOf(change.Type);
        Resource? there = Find(facet, change);
        List<Resource> resources = facet.Resources.ToList();
        int at = there is null ? -1 : resources.IndexOf(there);
        if (at >= 0) resources.RemoveAt(at);
        if (body is not null)
        {
            Resource resource = new(there?.Id ?? change.Id, facet.Type, there?.Name ?? change.Name, JsonSerializer.SerializeToElement(body), there?.Gap);
            resources.Insert(at >= 0 ? at : resources.Count, resource);
        }

        Posture edited = posture.With(facet.WithResources(resources));
        return Same(facet.Type, FacetTypes.PrivateEndpointConnections) ? WithConnections(edited, resources) : edited;
    }

    /// <summary>The posture with another server body.</summary>
    public static Posture WithServer(Posture posture, JsonObject body) => new(
        posture.Id,
        new Resource(posture.Server.Id, posture.Server.Type, posture.Server.Name, JsonSerializer.SerializeToElement(body), posture.Server.Gap),
        posture.Facets.Where(facet => !Same(facet.Type, posture.Id.ResourceType)),
        posture.Source,
        posture.CollectedAt)
    {
        Origin = posture.Origin,
    };

    /// <summary>Connections stand in the server's body too, and follow.</summary>
    private static Posture WithConnections(Posture posture, IEnumerable<Resource> connections)
    {
        JsonObject? server = JsonShape.Copy(posture.Server.Body);
        if (server?["properties"]?["privateEndpointConnections"] is null) return posture;
        server["properties"]!["privateEndpointConnections"] =
            new JsonArray(connections.Select(connection => (JsonNode?)JsonShape.Copy(connection.Body)).ToArray());
        return WithServer(posture, server);
    }

    private static Resource? Find(Facet facet, TargetChange change) =>
        facet.Resources.FirstOrDefault(resource => Same(resource.Id, change.Id))
        ?? (IsChildOf(change) ? facet.Find(change.Name) : null);

    /// <summary>Ids of children are spelled in several ways by the service (serversv2); a name is unique among them.</summary>
    private static bool IsChildOf(TargetChange change) => change.Type.StartsWith(change.Server.ResourceType + "/", StringComparison.OrdinalIgnoreCase);

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
