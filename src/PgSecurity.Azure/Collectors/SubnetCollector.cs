using System.Linq;
using System.Threading.Tasks;
using PgSecurity.Core.Postures;

namespace PgSecurity.Azure.Collectors;

/// <summary>The delegated subnet, and those of the server's private endpoints.</summary>
internal sealed class SubnetCollector : NamedCollector
{
    /// <inheritdoc/>
    public override string Type => FacetTypes.Subnets;

    /// <inheritdoc/>
    protected override async Task<NamedIds> NamesAsync(ServerCollection server)
    {
        string? delegated = ResourceField.Of(server.Server, "properties.network.delegatedSubnetResourceId").Text;
        if (delegated is not null) return NamedIds.Of(delegated);
        Collected endpoints = await server.CollectedAsync(FacetTypes.PrivateEndpoints).ConfigureAwait(false);
        return new NamedIds(endpoints.Resources.Select(endpoint => ResourceField.Of(endpoint, "properties.subnet.id").Text).OfType<string>(), endpoints.Gap);
    }
}
