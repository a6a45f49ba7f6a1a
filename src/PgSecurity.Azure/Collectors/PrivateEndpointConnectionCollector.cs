using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using PgSecurity.Core.Postures;

namespace PgSecurity.Azure.Collectors;

/// <summary>Private endpoint connections: the server's body holds them; a server in a virtual network has none.</summary>
internal sealed class PrivateEndpointConnectionCollector : ChildCollector
{
    internal PrivateEndpointConnectionCollector()
        : base(FacetTypes.PrivateEndpointConnections)
    {
    }

    /// <inheritdoc/>
    public override Task<Collected> CollectAsync(ServerCollection server)
    {
        ResourceField list = ResourceField.Of(server.Server, "properties.privateEndpointConnections");
        if (list.Value.ValueKind == JsonValueKind.Array)
        {
            List<Resource> connections = list.Value.EnumerateArray().Select(body => Bodies.Resource(body, Type)).OfType<Resource>().ToList();
            return Task.FromResult(new Collected(connections));
        }

        bool isInNetwork = ResourceField.Of(server.Server, "properties.network.delegatedSubnetResourceId").Text is not null;
        return isInNetwork ? Task.FromResult(Collected.None) : base.CollectAsync(server);
    }
}
