using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation;

namespace PgSecurity.Core.Tests.Controls;

/// <summary>
/// A posture in the making: a complete one (in the words of <c>Cases/base.json</c>) and any number of changes to it, in the
/// words of docs/control-format.md.
/// </summary>
public sealed class PostureDraft
{
    private readonly Dictionary<string, JsonArray> _lists = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, JsonObject> _parameters = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, FacetGap> _gaps = new(StringComparer.OrdinalIgnoreCase);
    private JsonObject _server;
    private string? _serverGap;
    private string _collectedAt;

    public PostureDraft(JsonObject content)
    {
        _server = (JsonObject)content["server"]!.DeepClone();
        _collectedAt = (string)content["collectedAt"]!;
        foreach (KeyValuePair<string, JsonNode?> parameter in (JsonObject)content["parameters"]!)
        {
            _parameters[parameter.Key] = (JsonObject)parameter.Value!.DeepClone();
        }

        foreach (KeyValuePair<string, JsonNode?> facet in (JsonObject)content["facets"]!)
        {
            _lists[facet.Key] = (JsonArray)facet.Value!.DeepClone();
        }
    }

    public PostureDraft Apply(JsonObject changes)
    {
        _server = (JsonObject)MergePatch.Apply(_server, changes["server"] ?? new JsonObject())!;
        foreach (string path in Strings(changes["remove"]))
        {
            Remove(_server, path);
        }

        ApplyParameters(Members(changes["parameters"]));
        foreach (KeyValuePair<string, JsonNode?> facet in Members(changes["facets"]))
        {
            string type = Known(facet.Key);
            _lists[type] = (JsonArray)facet.Value!.DeepClone();
            _gaps.Remove(type);
            if (type == FacetTypes.PrivateEndpointConnections && _server["properties"] is JsonObject properties)
            {
                properties["privateEndpointConnections"] = facet.Value.DeepClone();
            }
        }

        foreach (KeyValuePair<string, JsonNode?> facet in Members(changes["resources"]))
        {
            string type = Known(facet.Key);
            _lists[type] = Patched(_lists.TryGetValue(type, out JsonArray? there) ? there : new JsonArray(), (JsonObject)facet.Value!);
        }

        foreach (KeyValuePair<string, JsonNode?> gap in Members(changes["unavailable"]))
        {
            _gaps[Known(gap.Key)] = new FacetGap(FacetGapKind.Unavailable, (string)gap.Value!);
        }

        foreach (string type in Strings(changes["notCollected"]))
        {
            _gaps[Known(type)] = new FacetGap(FacetGapKind.NotCollected, "not collected");
        }

        _serverGap = (string?)changes["serverGap"] ?? _serverGap;
        _collectedAt = (string?)changes["collectedAt"] ?? _collectedAt;
        return this;
    }

    public Posture ToPosture(string source)
    {
        ServerId id = ServerId.Parse((string)_server["id"]!);
        Dictionary<string, JsonArray> lists = new(_lists, StringComparer.OrdinalIgnoreCase)
        {
            [FacetTypes.Configurations] = new(_parameters.Select(parameter => (JsonNode)Parameter(parameter.Key, parameter.Value)).ToArray()),
        };
        if (_server["properties"]?["privateEndpointConnections"] is JsonArray embedded)
        {
            lists[FacetTypes.PrivateEndpointConnections] = (JsonArray)embedded.DeepClone();
        }

        List<Facet> facets = new();
        foreach (string type in FacetTypes.All.Where(type => type != id.ResourceType && type != FacetTypes.SingleServer && type != FacetTypes.Server))
        {
            if (DerivedFacets.TryGet(type, out _)) continue;
            facets.Add(_gaps.TryGetValue(type, out FacetGap? gap) ? new Facet(type, [], gap)
                : lists.TryGetValue(type, out JsonArray? list) ? new Facet(type, list.Select(node => MakeResource(id, type, (JsonObject)node!)).ToList())
                : new Facet(type, []));
        }

        Resource body = new(id.Value, id.ResourceType, id.Name, JsonSerializer.SerializeToElement(_server), _serverGap);
        return new Posture(id, body, facets, source, DateTimeOffset.Parse(_collectedAt, System.Globalization.CultureInfo.InvariantCulture));
    }

    private void ApplyParameters(IEnumerable<KeyValuePair<string, JsonNode?>> changes)
    {
        foreach (KeyValuePair<string, JsonNode?> change in changes)
        {
            if (change.Value is null)
            {
                _parameters.Remove(change.Key);
                continue;
            }

            JsonNode patch = change.Value is JsonObject ? change.Value : new JsonObject { ["value"] = change.Value.DeepClone() };
            JsonObject before = _parameters.TryGetValue(change.Key, out JsonObject? known) ? known : new JsonObject { ["dataType"] = "String" };
            _parameters[change.Key] = (JsonObject)MergePatch.Apply(before, patch)!;
        }
    }

    private static JsonObject Parameter(string name, JsonObject given)
    {
        JsonObject properties = new()
        {
            ["isDynamicConfig"] = true, ["isReadOnly"] = false, ["isConfigPendingRestart"] = false,
            ["source"] = JsonNode.DeepEquals(given["value"], given["defaultValue"]) ? "system-default" : "user-override",
        };
        return new JsonObject { ["name"] = name, ["properties"] = MergePatch.Apply(properties, given) };
    }

    private static Resource MakeResource(ServerId server, string type, JsonObject given)
    {
        JsonObject body = (JsonObject)given.DeepClone();
        string name = (string)body["name"]!;
        body["type"] ??= type;
        body["id"] ??= RelatedResourceId.Of(server, type, name);
        string? gap = (string?)body["$gap"];
        body.Remove("$gap");
        return new Resource((string)body["id"]!, type, name, JsonSerializer.SerializeToElement(body), gap);
    }

    private static JsonArray Patched(JsonArray list, JsonObject patches)
    {
        List<JsonNode> result = list.Select(node => node!.DeepClone()).ToList();
        foreach (KeyValuePair<string, JsonNode?> patch in patches)
        {
            int at = result.FindIndex(node => string.Equals((string)node["name"]!, patch.Key, StringComparison.OrdinalIgnoreCase));
            JsonNode before = at >= 0 ? result[at] : new JsonObject { ["name"] = patch.Key };
            if (at >= 0) result.RemoveAt(at);
            if (patch.Value is not null) result.Add(MergePatch.Apply(before, patch.Value)!);
        }

        return new JsonArray(result.ToArray());
    }

    private static void Remove(JsonObject root, string path)
    {
        string[] names = path.Split('.');
        JsonNode? container = root;
        foreach (string name in names.Take(names.Length - 1))
        {
            container = container?[name];
        }

        if (container is not JsonObject holder || !holder.Remove(names[^1]))
        {
            throw new InvalidOperationException($"The base posture has no '{path}' to remove.");
        }
    }

    private static string Known(string type) => FacetTypes.IsKnown(type)
        ? FacetTypes.Normalize(type)
        : throw new InvalidOperationException($"'{type}' is not the type of a facet; see FacetTypes.");

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Members(JsonNode? node) => node as JsonObject ?? [];

    private static IEnumerable<string> Strings(JsonNode? list) => (list as JsonArray ?? []).Select(item => (string)item!);
}
