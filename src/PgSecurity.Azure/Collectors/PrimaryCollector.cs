using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using PgSecurity.Core.Postures;

namespace PgSecurity.Azure.Collectors;

/// <summary>For a replica: its primary, with its parameters under <c>properties.parameters</c> by name.</summary>
internal sealed class PrimaryCollector : IFacetCollector
{
    /// <inheritdoc/>
    public string Type => FacetTypes.Primary;

    /// <inheritdoc/>
    public IReadOnlyList<string> Actions { get; } = new[] { FacetTypes.Server + "/read", FacetTypes.Configurations + "/read" };

    /// <inheritdoc/>
    public async Task<Collected> CollectAsync(ServerCollection server)
    {
        bool isReplica = ResourceField.Of(server.Server, "properties.replicationRole").Text?.EndsWith("Replica", StringComparison.OrdinalIgnoreCase) == true;
        if (!isReplica) return Collected.None;
        if (!ServerId.TryParse(ResourceField.Of(server.Server, "properties.sourceServerResourceId").Text, out ServerId? id))
        {
            return Collected.Unavailable("the replica does not name its primary");
        }

        Collected found = await server.Run.ServerAsync(id!).ConfigureAwait(false);
        Resource? primary = found.Resources.FirstOrDefault();
        if (primary is null) return found;
        Collected parameters = await server.Run.ParametersAsync(id!).ConfigureAwait(false);
        string? gap = primary.Gap ?? (parameters.Gap is FacetGap missing ? "not all parameters of the primary are known: " + missing.Reason : null);
        return new Collected(new[] { new Resource(id!.Value, Type, id.Name, WithParameters(primary.Body, parameters.Resources), gap) }, null, parameters.Fault);
    }

    private static JsonElement WithParameters(JsonElement body, IEnumerable<Resource> parameters)
    {
        JsonObject values = new();
        foreach (Resource parameter in parameters)
        {
            if (ResourceField.Of(parameter, "properties.value").Value is { ValueKind: not JsonValueKind.Undefined } value)
            {
                values[parameter.Name] = JsonNode.Parse(value.GetRawText());
            }
        }

        JsonObject copy = JsonNode.Parse(body.GetRawText())!.AsObject();
        if (copy["properties"] is not JsonObject properties)
        {
            properties = new JsonObject();
            copy["properties"] = properties;
        }

        properties["parameters"] = values;
        return JsonSerializer.SerializeToElement(copy);
    }
}
