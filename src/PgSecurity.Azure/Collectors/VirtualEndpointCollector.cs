using System.Threading.Tasks;
using PgSecurity.Core.Postures;

namespace PgSecurity.Azure.Collectors;

/// <summary>Virtual endpoints. They matter where there is a replica to lead clients to, and are asked for there.</summary>
internal sealed class VirtualEndpointCollector : ChildCollector
{
    internal VirtualEndpointCollector()
        : base(FacetTypes.VirtualEndpoints)
    {
    }

    /// <inheritdoc/>
    public override async Task<Collected> CollectAsync(ServerCollection server)
    {
        Collected replicas = await server.CollectedAsync(FacetTypes.Replicas).ConfigureAwait(false);
        return replicas.Resources.Count == 0 && replicas.Gap is null
            ? Collected.NotCollected("the server has no replica, so its virtual endpoints were not asked for")
            : await base.CollectAsync(server).ConfigureAwait(false);
    }
}
