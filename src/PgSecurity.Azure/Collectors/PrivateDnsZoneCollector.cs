using System.Threading.Tasks;
using PgSecurity.Core.Postures;

namespace PgSecurity.Azure.Collectors;

/// <summary>The private DNS zone that the server names. Zones that private endpoints use are named nowhere, so there may be more.</summary>
internal sealed class PrivateDnsZoneCollector : NamedCollector
{
    /// <inheritdoc/>
    public override string Type => FacetTypes.PrivateDnsZones;

    /// <inheritdoc/>
    protected override Task<NamedIds> NamesAsync(ServerCollection server)
    {
        string? zone = ResourceField.Of(server.Server, "properties.network.privateDnsZoneArmResourceId").Text;
        return Task.FromResult(zone is not null
            ? NamedIds.Of(zone)
            : NamedIds.Of() with { Gap = new FacetGap(FacetGapKind.Partial, "zones of private endpoints are named by no resource of the server") });
    }
}
