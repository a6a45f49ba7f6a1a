using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using PgSecurity.Core.Postures;

namespace PgSecurity.Azure.Collectors;

/// <summary>Alerts of the subscription whose scopes hold the server, or cannot be told.</summary>
internal sealed class AlertCollector : IFacetCollector
{
    internal AlertCollector(string type)
    {
        Type = type;
        Actions = new[] { type + "/read" };
    }

    /// <inheritdoc/>
    public string Type { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Actions { get; }

    /// <inheritdoc/>
    public async Task<Collected> CollectAsync(ServerCollection server)
    {
        Collected all = await server.Run.InSubscriptionAsync(server.Id.SubscriptionId, Type).ConfigureAwait(false);
        return all.Where(alert => MayWatch(alert, server.Id));
    }

    private static bool MayWatch(Resource alert, ServerId id)
    {
        JsonElement scopes = ResourceField.Of(alert, "properties.scopes").Value;
        return scopes.ValueKind != JsonValueKind.Array
            || scopes.EnumerateArray().Any(scope => scope.ValueKind != JsonValueKind.String || ResourceId.Covers(scope.GetString()!, id.Value));
    }
}
