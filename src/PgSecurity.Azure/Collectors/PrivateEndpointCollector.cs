using System.Linq;
using System.Threading.Tasks;
using PgSecurity.Core.Postures;

namespace PgSecurity.Azure.Collectors;

/// <summary>
/// The private endpoints of the server's connections, in whatever subscription they are, and those that Resource Graph
/// shows pointing at the server.
/// </summary>
internal sealed class PrivateEndpointCollector : NamedCollector
{
    /// <inheritdoc/>
    public override string Type => FacetTypes.PrivateEndpoints;

    /// <inheritdoc/>
    protected override async Task<NamedIds> NamesAsync(ServerCollection server)
    {
        Collected connections = await server.CollectedAsync(FacetTypes.PrivateEndpointConnections).ConfigureAwait(false);
        Collected rows = await server.Run.GraphRowsAsync().ConfigureAwait(false);
        return new NamedIds(
            connections.Resources.Select(connection => ResourceField.Of(connection, "properties.privateEndpoint.id").Text).OfType<string>()
                .Concat(rows.Resources.Where(row => row.Type == Type && PointsAt(row, server.Id)).Select(row => row.Id)),
            connections.Gap);
    }

    private static bool PointsAt(Resource endpoint, ServerId id) =>
        Bodies.Texts(endpoint, "properties.privateLinkServiceConnections", "properties.privateLinkServiceId")
            .Concat(Bodies.Texts(endpoint, "properties.manualPrivateLinkServiceConnections", "properties.privateLinkServiceId"))
            .Any(target => ServerId.TryParse(target, out ServerId? named) && named!.Equals(id));
}
