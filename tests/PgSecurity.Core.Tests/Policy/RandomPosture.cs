using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Tests.Policy;

/// <summary>A posture at random, of which less and less is known.</summary>
internal sealed class RandomPosture
{
    private static readonly string[] Children = [FacetTypes.FirewallRules, FacetTypes.Configurations, FacetTypes.DiagnosticSettings];

    private readonly Random _random;
    private readonly Known _server;
    private readonly Dictionary<string, List<Known>> _children = new();
    private readonly Dictionary<string, FacetGap> _gaps = new();

    public RandomPosture(Random random)
    {
        _random = random;
        _server = new Known(ServerName, Body());
        foreach (string type in Children)
        {
            _children[type] = Enumerable.Range(0, random.Next(4)).Select(i => new Known($"p{i}", Body())).ToList();
        }
    }

    private static string ServerName => PostureSketch.ServerId.Split('/').Last();

    /// <summary>Takes one thing away: a value, what a body lacks, a resource, or a facet.</summary>
    public void Forget()
    {
        string type = Children[_random.Next(Children.Length)];
        List<Known> resources = _children[type];
        Known target = resources.Count == 0 || _random.Next(2) == 0 ? _server : resources[_random.Next(resources.Count)];
        switch (_random.Next(6))
        {
            case 0 or 1 or 2:
                Mark(target.Body, _random);
                break;
            case 3:
                Project(target);
                break;
            case 4 when resources.Count > 0:
                resources.RemoveAt(_random.Next(resources.Count));
                _gaps[type] = new FacetGap(FacetGapKind.Partial, "some were left out");
                break;
            default:
                resources.Clear();
                _gaps[type] = new FacetGap(FacetGapKind.Unavailable, "403");
                break;
        }
    }

    public Posture Build()
    {
        Resource server = Build(_server, PostureSketch.ServerId, FacetTypes.Server);
        IEnumerable<Facet> facets = Children.Select(type => new Facet(
            type,
            _children[type].Select(known => Build(known, $"{PostureSketch.ServerId}/{type.Split('/').Last()}/{known.Name}", type)).ToArray(),
            _gaps.GetValueOrDefault(type)));
        return new Posture(PgSecurity.ServerId.Parse(PostureSketch.ServerId), server, facets, "random");
    }

    public override string ToString() =>
        _server + string.Concat(Children.Select(type => $"\n{type} {_gaps.GetValueOrDefault(type)}: {string.Join(" ", _children[type])}"));

    private static Resource Build(Known known, string id, string type) =>
        new(id, type, known.Name, JsonDocument.Parse(known.Body.ToJsonString()).RootElement, known.Gap);

    private JsonObject Body()
    {
        JsonObject properties = new();
        foreach (string name in new[] { "a", "b" })
        {
            if (_random.Next(5) > 0) properties[name] = Value();
        }

        if (_random.Next(4) > 0) properties["deep"] = new JsonObject { ["c"] = Value() };
        if (_random.Next(4) > 0)
        {
            properties["list"] = new JsonArray(Enumerable.Range(0, _random.Next(4))
                .Select(_ => (JsonNode)(_random.Next(4) > 0
                    ? new JsonObject { ["x"] = Value(), ["y"] = Value() }
                    : new JsonObject { ["x"] = Value() }))
                .ToArray());
        }

        JsonObject body = new() { ["properties"] = properties, ["location"] = _random.Next(2) == 0 ? "on" : "East US" };
        if (_random.Next(2) == 0) body["tags"] = new JsonObject { ["env"] = Value() };
        return body;
    }

    private JsonNode? Value() => _random.Next(9) switch
    {
        0 => null,
        1 => 3,
        2 => true,
        3 => "3",
        4 => "",
        5 or 6 => "on",
        _ => "OFF",
    };

    /// <summary>Puts the mark in the place of some value.</summary>
    private static void Mark(JsonObject body, Random random)
    {
        List<Action> places = new();
        Collect(body, places, isRoot: true);
        if (places.Count > 0) places[random.Next(places.Count)]();
    }

    private static void Collect(JsonNode? node, List<Action> places, bool isRoot = false)
    {
        static JsonObject NewMark() => new() { [UnknownValue.Key] = "forgotten" };
        if (node is JsonObject { Count: > 0 } container && !container.ContainsKey(UnknownValue.Key))
        {
            foreach (string name in container.Select(member => member.Key).ToArray())
            {
                places.Add(() => container[name] = NewMark());
                Collect(container[name], places);
            }
        }
        else if (node is JsonArray list)
        {
            for (int i = 0; i < list.Count; i++)
            {
                int at = i;
                places.Add(() => list[at] = NewMark());
                Collect(list[at], places);
            }
        }
    }

    /// <summary>Leaves out a member, and says that what the body lacks is unknown.</summary>
    private void Project(Known target)
    {
        target.Gap = "a projection";
        JsonObject from = _random.Next(3) > 0 && target.Body["properties"] is JsonObject properties ? properties : target.Body;
        string[] names = from.Select(member => member.Key).Where(name => name != UnknownValue.Key).ToArray();
        if (names.Length > 0) from.Remove(names[_random.Next(names.Length)]);
    }

    private sealed class Known(string name, JsonObject body)
    {
        public string Name => name;

        public JsonObject Body => body;

        public string? Gap { get; set; }

        public override string ToString() => $"{name}{(Gap is null ? "" : " (gap)")} {body.ToJsonString()}";
    }
}
