using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation.Service;
using PgSecurity.Core.Remediation.Targets;

namespace PgSecurity.Core.Remediation.Planning;

/// <summary>What a step of a remediation means for one server: changes of single resources, one concern each.</summary>
internal static class StepChanges
{
    /// <summary>The changes of a step.</summary>
    /// <exception cref="RemediationException">The step cannot be taken on this server.</exception>
    public static IReadOnlyList<TargetChange> Of(
        RemediationStep step, Posture posture, IReadOnlyDictionary<string, JsonElement> parameters, IReadOnlyList<string> failedIds)
    {
        IReadOnlyList<string> missing = MissingParameters.Of(step, parameters);
        if (missing.Count > 0)
        {
            string names = string.Join(", ", missing.Select(name => $"'{name}'"));
            throw new RemediationException($"The parameter {names} has no value: give it with -Parameter @{{ {missing[0]} = … }} or in a -ParameterFile.");
        }

        switch (step)
        {
            case SetParameterStep set:
                return new[] { ParameterChange.Set(posture.Id, set.Name, StepValues.ResolveString(set.Value, parameters, posture.Server)) };
            case ChangeListStep list:
                return new[] { ParameterChange.List(posture.Id, list.Name, Members(list, parameters, posture.Server), list.Add) };
            case SetPropertiesStep set when Same(set.Type, posture.Id.ResourceType):
                return Concerns(set, posture, parameters);
            case SetPropertiesStep set:
                return Related(set, posture, parameters, failedIds);
            case PutResourceStep put:
                return new[] { Put(put, posture, parameters) };
            case DeleteResourcesStep delete:
                return Deletes(delete, posture, parameters, failedIds);
            default:
                throw new RemediationException($"There is no change for a {step.GetType().Name}.");
        }
    }

    private static IReadOnlyList<TargetChange> Concerns(SetPropertiesStep step, Posture posture, IReadOnlyDictionary<string, JsonElement> parameters)
    {
        ServerId server = posture.Id;
        List<TargetChange> changes = new();
        if (step.Body is JsonElement body && StepValues.Resolve(body, parameters, posture.Server) is JsonObject members)
        {
            changes.AddRange(members.Select(member => new ServerChange(server, member.Key, new JsonObject { [member.Key] = member.Value?.DeepClone() })));
        }

        if (step.Properties is JsonElement properties && StepValues.Resolve(properties, parameters, posture.Server) is JsonObject concerns)
        {
            changes.AddRange(concerns.Select(concern => new ServerChange(
                server, concern.Key, new JsonObject { ["properties"] = new JsonObject { [concern.Key] = concern.Value?.DeepClone() } })));
        }

        return changes;
    }

    private static IReadOnlyList<TargetChange> Related(
        SetPropertiesStep step, Posture posture, IReadOnlyDictionary<string, JsonElement> parameters, IReadOnlyList<string> failedIds)
    {
        JsonObject properties = step.Properties is JsonElement patch ? (JsonObject)StepValues.Resolve(patch, parameters, posture.Server)! : new JsonObject();
        if (step.Type == FacetTypes.ThreatProtection)
        {
            // The one resource of its kind: the API has a PUT for it and no PATCH.
            string id = RelatedResourceId.Of(posture.Id, step.Type, "Default");
            return new[] { new ResourcePut(posture.Id, step.Type, id, "Default", properties) };
        }

        Posture after = RemediationSimulation.Apply(posture, new[] { step }, parameters, failedIds);
        JsonObject body = step.Body is JsonElement whole ? (JsonObject)StepValues.Resolve(whole, parameters, posture.Server)! : new JsonObject();
        if (properties.Count > 0) body["properties"] = properties;
        return Changed(posture, after, step.Type)
            .Select(resource => (TargetChange)new RelatedPatch(posture.Id, step.Type, resource.Id, resource.Name, (JsonObject)body.DeepClone()))
            .ToList();
    }

    private static TargetChange Put(PutResourceStep step, Posture posture, IReadOnlyDictionary<string, JsonElement> parameters)
    {
        string name = StepValues.ResolveString(JsonSerializer.SerializeToElement(step.Name), parameters, posture.Server);
        JsonObject properties = (JsonObject)StepValues.Resolve(step.Properties, parameters, posture.Server)!;
        Facet facet = posture.FacetOf(step.Type);
        Resource? there = step.Type == FacetTypes.DiagnosticSettings ? SameDestination(facet, properties) ?? facet.Find(name) : facet.Find(name);
        return new ResourcePut(
            posture.Id, step.Type, there is null ? RelatedResourceId.Of(posture.Id, step.Type, name) : there.Id, there?.Name ?? name, properties);
    }

    /// <summary>A second setting with the same destination doubles what is sent, and Azure refuses it: the first is extended.</summary>
    private static Resource? SameDestination(Facet settings, JsonObject properties)
    {
        string workspace = JsonShape.Text(JsonShape.Member(properties, "workspaceId"));
        return settings.Resources.FirstOrDefault(setting => Same(ResourceField.Of(setting, "properties.workspaceId").Text ?? "", workspace));
    }

    private static IReadOnlyList<TargetChange> Deletes(
        DeleteResourcesStep step, Posture posture, IReadOnlyDictionary<string, JsonElement> parameters, IReadOnlyList<string> failedIds)
    {
        Posture after = RemediationSimulation.Apply(posture, new[] { step }, parameters, failedIds);
        HashSet<string> left = new(after.FacetOf(step.Type).Resources.Select(resource => resource.Id), StringComparer.OrdinalIgnoreCase);
        return posture.FacetOf(step.Type).Resources
            .Where(resource => !left.Contains(resource.Id))
            .Select(resource => (TargetChange)new ResourceDelete(posture.Id, step.Type, resource.Id, resource.Name))
            .ToList();
    }

    private static IEnumerable<Resource> Changed(Posture before, Posture after, string type)
    {
        Dictionary<string, string> texts = before.FacetOf(type).Resources.ToDictionary(
            resource => resource.Id, resource => JsonSerializer.Serialize(resource.Body), StringComparer.OrdinalIgnoreCase);
        return after.FacetOf(type).Resources.Where(resource =>
            !texts.TryGetValue(resource.Id, out string? text) || text != JsonSerializer.Serialize(resource.Body));
    }

    private static IReadOnlyList<string> Members(ChangeListStep step, IReadOnlyDictionary<string, JsonElement> parameters, Resource server) =>
        StepValues.Resolve(step.Values, parameters, server) is JsonArray list
            ? list.Select(StepValues.AsText).ToList()
            : throw new RemediationException($"The members for '{step.Name}' are not a list.");

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
