using System.Collections.Generic;
using System.Threading.Tasks;
using PgSecurity.Core.Postures;

namespace PgSecurity.Azure.Collectors;

/// <summary>What holds for a whole subscription: its Defender plans. One list a subscription.</summary>
internal sealed class SubscriptionCollector : IFacetCollector
{
    internal SubscriptionCollector(string type)
    {
        Type = type;
        Actions = new[] { type + "/read" };
    }

    /// <inheritdoc/>
    public string Type { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Actions { get; }

    /// <inheritdoc/>
    public Task<Collected> CollectAsync(ServerCollection server) => server.Run.InSubscriptionAsync(server.Id.SubscriptionId, Type);
}
