using System.Collections.Generic;
using System.Threading.Tasks;
using PgSecurity.Core;
using PgSecurity.Core.Defaults;
using PgSecurity.Core.Postures;

namespace PgSecurity.Azure.Collectors;

/// <summary>
/// What the region offers. Asked for where Microsoft's table of regions does not have the region, or says that something
/// cannot be had there: the answer is long, and for the other regions it would change nothing.
/// </summary>
internal sealed class CapabilityCollector : IFacetCollector
{
    /// <inheritdoc/>
    public string Type => FacetTypes.Capabilities;

    /// <inheritdoc/>
    public IReadOnlyList<string> Actions { get; } = new[] { "Microsoft.DBforPostgreSQL/locations/capabilities/read" };

    /// <inheritdoc/>
    public Task<Collected> CollectAsync(ServerCollection server)
    {
        string? location = ResourceField.Of(server.Server, "location").Text;
        if (location is null) return Task.FromResult(Collected.Unavailable("the server's body names no region"));
        RegionOffer? offer = ServiceDefaults.RegionOf(location);
        bool isKnown = offer is not null && offer.ZoneRedundantHa != Truth.False && offer.GeoRedundantBackup != Truth.False;
        return isKnown
            ? Task.FromResult(Collected.NotCollected("the table of regions has the region, so its capabilities were not asked for"))
            : server.Run.CapabilitiesAsync(server.Id.SubscriptionId, location);
    }
}
