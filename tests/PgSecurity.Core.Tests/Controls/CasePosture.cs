using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation;

namespace PgSecurity.Core.Tests.Controls;

/// <summary>Makes the posture of a case: the base with the case's changes, in the words of docs/control-format.md.</summary>
public static class CasePosture
{
    private static readonly string[] NotFacets =
    {
        FacetTypes.Server, FacetTypes.SingleServer,
    };

    public static Posture Build(JsonObject changes, string source)
    {
        JsonObject content = BasePosture.Copy();
        JsonObject server = (JsonObject)MergePatch.Apply(content["server"], changes["server"] ?? new JsonObject())!;
        foreach (string path in Strings(changes["remove"]))
        {
            Remove(server, path);
        }

        ServerId id = ServerId.Parse((string)server["id"]!);
        Dictionary<string, JsonArray> lists = new(StringComparer.OrdinalIgnoreCase);
        foreach (KeyValuePair<string, JsonNode?> facet in (JsonObject)content["facets"]!)
        {
            lists[facet.Key] = (JsonArray)facet.Value!;
        }

        lists[FacetTypes.Configurations] = Parameters((JsonObject)content["parameters"]!, changes["parameters"] as JsonObject);
        if (changes["facets"]?[FacetTypes.PrivateEndpointConnections] is JsonArray connections)
        {
            server["properties"]!["privateEndpointConnections"] = connections.DeepClone();
        }

        if (server["properties"]?["privateEndpointConnections"] is JsonArray embedded)
        {
            lists[FacetTypes.PrivateEndpointConnections] = (JsonArray)embedded.DeepClone();
        }

        foreach (KeyValuePair<string, JsonNode?> facet in changes["facets"] as JsonObject ?? new JsonObject())
        {
            lists[Known(facet.Key)] = (JsonArray)facet.Value!.DeepClone();
        }

        foreach (KeyValuePair<string, JsonNode?> facet in changes["resources"] as JsonObject ?? new JsonObject())
        {
            string type = Known(facet.Key);
            lists[type] = Patched(lists.TryGetValue(type, out JsonArray? there) ? there : new JsonArray(), (JsonObject)facet.Value!);
        }

        List<Facet> facets = new();
        foreach (KeyValuePair<string, JsonArray> list in lists)
        {
            facets.Add(new Facet(list.Key, list.Value.Select(node => MakeResource(id, list.Key, (JsonObject)node!)).ToList()));
        }

        facets.AddRange(FacetTypes.All
            .Where(type => !type.StartsWith("PgSecurity/", StringComparison.Ordinal) && !NotFacets.Contains(type) && !lists.ContainsKey(type))
            .Select(type => new Facet(type, Array.Empty<Resource>())));
        foreach (KeyValuePair<string, JsonNode?> gap in changes["unavailable"] as JsonObject ?? new JsonObject())
        {
            facets.RemoveAll(facet => string.Equals(facet.Type, gap.Key, StringComparison.OrdinalIgnoreCase));
            facets.Add(Facet.Unavailable(Known(gap.Key), (string)gap.Value!));
        }

        foreach (string type in Strings(changes["notCollected"]))
        {
            facets.RemoveAll(facet => string.Equals(facet.Type, type, StringComparison.OrdinalIgnoreCase));
            facets.Add(Facet.NotCollected(Known(type)));
        }

        Resource body = new(id.Value, id.ResourceType, id.Name, Element(server), (string?)changes["serverGap"]);
        DateTimeOffset collectedAt = DateTimeOffset.Parse(
            (string)(changes["collectedAt"] ?? content["collectedAt"])!, System.Globalization.CultureInfo.InvariantCulture);
        return new Posture(id, body, facets, source, collectedAt);
    }

    private static string Known(string type) => FacetTypes.IsKnown(type)
        ? FacetTypes.Normalize(type)
        : throw new InvalidOperationException($"'{type}' is not the type of a facet; see FacetTypes.");

    private static Resource MakeResource(ServerId server, string type, JsonObject given)
    {
        JsonObject body = (JsonObject)given.DeepClone();
        string name = (string)body["name"]!;
        body["type"] ??= type;
        body["id"] ??= RelatedResourceId.Of(server, type, name);
        return new Resource((string)body["id"]!, type, name, Element(body), (string?)body["$gap"]);
    }

    private static JsonArray Parameters(JsonObject listed, JsonObject? changes)
    {
        Dictionary<string, JsonObject> all = new(StringComparer.OrdinalIgnoreCase);
        foreach (KeyValuePair<string, JsonNode?> parameter in listed)
        {
            all[parameter.Key] = (JsonObject)parameter.Value!;
        }

        foreach (KeyValuePair<string, JsonNode?> change in changes ?? new JsonObject())
        {
            if (change.Value is null)
            {
                all.Remove(change.Key);
                continue;
            }

            JsonNode patch = change.Value is JsonObject ? change.Value : new JsonObject { ["value"] = change.Value.DeepClone() };
            JsonObject before = all.TryGetValue(change.Key, out JsonObject? known) ? known : new JsonObject { ["dataType"] = "String" };
            all[change.Key] = (JsonObject)MergePatch.Apply(before, patch)!;
        }

        return new JsonArray(all.Select(parameter => (JsonNode)Parameter(parameter.Key, parameter.Value)).ToArray());
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

    private static IEnumerable<string> Strings(JsonNode? list) =>
        (list as JsonArray ?? new JsonArray()).Select(item => (string)item!);

    private static JsonElement Element(JsonNode node) => JsonSerializer.SerializeToElement(node);
}
