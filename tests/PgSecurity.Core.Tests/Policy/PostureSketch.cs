using System;
using System.Collections.Generic;
using System.Text.Json;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Tests.Policy;

/// <summary>A posture put together from a few lines of JSON.</summary>
internal sealed class PostureSketch
{
    public const string ServerId =
        "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg";

    private readonly List<Facet> _facets = new();
    private readonly string _server;
    private readonly string? _gap;
    private readonly string _id;

    public PostureSketch(string server = "{}", string? gap = null, string id = ServerId)
    {
        _server = server;
        _gap = gap;
        _id = id;
    }

    public static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    public PostureSketch With(string type, params (string Name, string Body)[] resources) => With(type, null, resources);

    public PostureSketch With(string type, FacetGap? gap, params (string Name, string Body)[] resources)
    {
        List<Resource> all = new();
        foreach ((string name, string body) in resources)
        {
            string id = type.StartsWith(FacetTypes.Server + "/", StringComparison.OrdinalIgnoreCase)
                ? $"{_id}/{type.Substring(FacetTypes.Server.Length + 1)}/{name}"
                : $"{_id}/providers/{type}/{name}";
            all.Add(new Resource(id, type, name, Json(body)));
        }

        _facets.Add(new Facet(type, all, gap));
        return this;
    }

    public PostureSketch Parameter(string name, string value) =>
        With(FacetTypes.Configurations, (name, $$"""{ "properties": { "value": "{{value}}" } }"""));

    public Posture Build()
    {
        PgSecurity.ServerId id = PgSecurity.ServerId.Parse(_id);
        Resource server = new(_id, id.ResourceType, id.Name, Json(_server), _gap);
        return new Posture(id, server, _facets, "sketch", new DateTimeOffset(2026, 11, 24, 3, 0, 0, TimeSpan.Zero));
    }
}
