using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Remediation;

/// <summary>
/// What a posture becomes when the steps of a remediation are taken, in memory: the way to see that a remediation clears
/// its own finding. A restart that the steps need is taken to have happened; SQL changes nothing that a posture shows.
/// </summary>
public sealed class RemediationSimulation
{
    private readonly IReadOnlyDictionary<string, JsonElement> _parameters;
    private readonly HashSet<string> _failedIds;
    private Posture _posture;

    private RemediationSimulation(
        Posture posture, IReadOnlyDictionary<string, JsonElement> parameters, IEnumerable<string> failedIds)
    {
        _posture = posture;
        _parameters = parameters;
        _failedIds = new HashSet<string>(failedIds, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The posture after the steps.</summary>
    /// <param name="posture">The posture that fails; it is not changed.</param>
    /// <param name="steps">The steps, in order.</param>
    /// <param name="parameters">The control's parameters in force, by name without regard to case.</param>
    /// <param name="failedIds">The ids of the resources that the finding's evidence names.</param>
    /// <exception cref="RemediationException">A step cannot be taken on this posture.</exception>
    public static Posture Apply(
        Posture posture,
        IEnumerable<RemediationStep> steps,
        IReadOnlyDictionary<string, JsonElement> parameters,
        IEnumerable<string> failedIds)
    {
        RemediationSimulation simulation = new(posture, parameters, failedIds);
        foreach (RemediationStep step in steps)
        {
            simulation.Take(step);
        }

        return simulation._posture;
    }

    private void Take(RemediationStep step)
    {
        switch (step)
        {
            case SetPropertiesStep set:
                SetProperties(set);
                break;
            case SetParameterStep set:
                SetParameter(set.Name, _ => StepValues.ResolveString(set.Value, _parameters, _posture.Server));
                break;
            case ChangeListStep change:
                IReadOnlyList<string> members = Members(change);
                SetParameter(change.Name, parameter => change.Add
                    ? ParameterList.With(Text(parameter, "value"), members, Text(parameter, "allowedValues"))
                    : ParameterList.Without(Text(parameter, "value"), members, Text(parameter, "allowedValues")));
                break;
            case PutResourceStep put:
                Put(put);
                break;
            case DeleteResourcesStep delete:
                Delete(delete);
                break;
            case RunSqlStep:
                break;
            default:
                throw new RemediationException($"There is no simulation of a {step.GetType().Name}.");
        }
    }

    private IReadOnlyList<string> Members(ChangeListStep change) =>
        StepValues.Resolve(change.Values, _parameters, _posture.Server) is JsonArray list
            ? list.Select(StepValues.AsText).ToList()
            : throw new RemediationException($"The members for '{change.Name}' are not a list.");

    private void SetProperties(SetPropertiesStep step)
    {
        if (string.Equals(step.Type, _posture.Id.ResourceType, StringComparison.OrdinalIgnoreCase))
        {
            ReplaceServer(Patched(_posture.Server, step));
            return;
        }

        Facet facet = _posture.FacetOf(step.Type);
        Func<Resource, bool> isTarget = step.Name is string name
            ? resource => Same(resource.Name, name)
            : resource => Failed(step.Type).Contains(resource.Id);
        List<Resource> resources = facet.Resources.Select(resource => isTarget(resource) ? Patched(resource, step) : resource).ToList();
        if (!facet.Resources.Any(isTarget) && step is { Name: string wanted, Properties: JsonElement properties })
        {
            // A setting that every server has, whose listing did not show it: a PATCH of it answers as a PUT does.
            Put(new PutResourceStep(step.Type, wanted, properties));
            return;
        }

        if (step.Name is not null && !facet.Resources.Any(isTarget))
        {
            throw new RemediationException($"There is no {step.Type} '{step.Name}' whose properties could be set.");
        }

        Replace(facet.WithResources(resources));
    }

    private Resource Patched(Resource resource, SetPropertiesStep step)
    {
        JsonNode? body = Node(resource.Body);
        if (step.Properties is JsonElement properties)
        {
            body = MergePatch.Apply(body, new JsonObject { ["properties"] = StepValues.Resolve(properties, _parameters, _posture.Server) });
        }

        if (step.Body is JsonElement patch) body = MergePatch.Apply(body, StepValues.Resolve(patch, _parameters, _posture.Server));
        return WithBody(resource, body);
    }

    private void SetParameter(string name, Func<Resource, string> value)
    {
        Facet facet = _posture.FacetOf(FacetTypes.Configurations);
        Resource parameter = facet.Find(name)
            ?? throw new RemediationException($"The server has no parameter '{name}' that could be set.");
        JsonObject change = new() { ["value"] = value(parameter), ["source"] = "user-override" };
        Resource changed = WithBody(
            parameter, MergePatch.Apply(Node(parameter.Body), new JsonObject { ["properties"] = change }));
        Replace(facet.WithResources(facet.Resources.Select(other => ReferenceEquals(other, parameter) ? changed : other).ToList()));
    }

    private void Put(PutResourceStep step)
    {
        string name = StepValues.ResolveString(JsonSerializer.SerializeToElement(step.Name), _parameters, _posture.Server);
        Facet facet = _posture.FacetOf(step.Type);
        string id = facet.Find(name)?.Id ?? RelatedResourceId.Of(_posture.Id, step.Type, name);
        JsonObject body = new()
        {
            ["id"] = id, ["type"] = step.Type, ["name"] = name, ["properties"] = StepValues.Resolve(step.Properties, _parameters, _posture.Server),
        };
        Resource resource = new(id, step.Type, name, JsonSerializer.SerializeToElement(body));
        Replace(facet.WithResources(facet.Resources.Where(other => !Same(other.Name, name)).Append(resource).ToList()));
    }

    private void Delete(DeleteResourcesStep step)
    {
        Facet facet = _posture.FacetOf(step.Type);
        HashSet<string> failed = Failed(step.Type);
        Replace(facet.WithResources(facet.Resources.Where(resource => !failed.Contains(resource.Id)).ToList()));
    }

    /// <summary>
    /// The ids of the resources of a type that failed: those the finding names, and those that a fact of our own that it
    /// names speaks of in its properties.
    /// </summary>
    private HashSet<string> Failed(string type)
    {
        HashSet<string> ids = new(_failedIds, StringComparer.OrdinalIgnoreCase);
        HashSet<string> themselves = new(_posture.FacetOf(type).Resources.Select(resource => resource.Id), StringComparer.OrdinalIgnoreCase);
        foreach (IDerivedFacet derived in DerivedFacets.All)
        {
            if (!derived.Sources.Contains(type, StringComparer.OrdinalIgnoreCase)) continue;
            foreach (Resource fact in _posture.FacetOf(derived.Type).Resources)
            {
                // A fact under a resource's own id is about that one alone, whatever else it mentions.
                if (_failedIds.Contains(fact.Id) && !themselves.Contains(fact.Id)) AddTexts(fact.Body, ids);
            }
        }

        return ids;
    }

    private static void AddTexts(JsonElement value, HashSet<string> texts)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                texts.Add(value.GetString()!);
                break;
            case JsonValueKind.Array:
                foreach (JsonElement item in value.EnumerateArray())
                {
                    AddTexts(item, texts);
                }

                break;
            case JsonValueKind.Object:
                foreach (JsonProperty member in value.EnumerateObject())
                {
                    AddTexts(member.Value, texts);
                }

                break;
        }
    }

    /// <summary>Private endpoint connections stand in the server's body too, and follow.</summary>
    private void Replace(Facet facet)
    {
        _posture = _posture.With(facet);
        JsonNode? server = Node(_posture.Server.Body);
        if (!Same(facet.Type, FacetTypes.PrivateEndpointConnections) || server?["properties"]?["privateEndpointConnections"] is null) return;

        JsonArray connections = new(facet.Resources.Select(connection => Node(connection.Body)).ToArray());
        server["properties"]!["privateEndpointConnections"] = connections;
        ReplaceServer(WithBody(_posture.Server, server));
    }

    private void ReplaceServer(Resource server) => _posture = new Posture(
        _posture.Id, server, _posture.Facets.Where(facet => !Same(facet.Type, _posture.Id.ResourceType)), _posture.Source, _posture.CollectedAt);

    private static Resource WithBody(Resource resource, JsonNode? body) =>
        new(resource.Id, resource.Type, resource.Name, JsonSerializer.SerializeToElement(body), resource.Gap);

    private static string Text(Resource parameter, string property) =>
        parameter.Body.TryGetProperty("properties", out JsonElement properties)
        && properties.TryGetProperty(property, out JsonElement value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : "";

    private static JsonNode? Node(JsonElement element) => JsonNode.Parse(element.GetRawText());

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
