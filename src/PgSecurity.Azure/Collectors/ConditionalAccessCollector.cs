using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using PgSecurity.Core.Postures;

namespace PgSecurity.Azure.Collectors;

/// <summary>
/// The Conditional Access policies of the server's tenant, from Microsoft Graph: one list a run. The identity's own tenant
/// has others, which say nothing of a server that it reads in another tenant (Azure Lighthouse).
/// </summary>
internal sealed class ConditionalAccessCollector : IFacetCollector
{
    /// <inheritdoc/>
    public string Type => FacetTypes.ConditionalAccess;

    /// <inheritdoc/>
    public IReadOnlyList<string> Actions { get; } = new[] { "Microsoft Graph: Policy.Read.All" };

    /// <inheritdoc/>
    public async Task<Collected> CollectAsync(ServerCollection server) =>
        await server.Run.OtherTenantAsync(server.Id.SubscriptionId).ConfigureAwait(false)
        ?? await server.Run.ConditionalAccessAsync().ConfigureAwait(false);

    /// <summary>A policy as Graph answers it, as a resource.</summary>
    internal static Resource? ToResource(JsonElement policy)
    {
        if (ResourceField.In(policy, "id").Text is not string name) return null;
        string id = "/providers/" + FacetTypes.ConditionalAccess + "/" + name;
        JsonObject body = new()
        {
            ["id"] = id,
            ["type"] = FacetTypes.ConditionalAccess,
            ["name"] = name,
            ["properties"] = JsonNode.Parse(policy.GetRawText()),
        };
        return new Resource(id, FacetTypes.ConditionalAccess, name, JsonSerializer.SerializeToElement(body));
    }
}
