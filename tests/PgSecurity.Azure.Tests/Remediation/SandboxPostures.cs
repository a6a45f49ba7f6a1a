using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Azure.Appliers;
using PgSecurity.Azure.Credentials;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation.Service;

namespace PgSecurity.Azure.Tests.Remediation;

/// <summary>
/// Servers of a snapshot as the sandbox has them now: what hangs on the server is listed anew, what stands elsewhere is
/// read anew by its id, and what the sandbox does not know stays as the snapshot has it.
/// </summary>
internal sealed class SandboxPostures : IPostureSource
{
    private readonly IResourceService _service;
    private readonly Dictionary<string, Posture> _snapshot;
    private readonly AzureSession _session;

    internal SandboxPostures(IResourceService service, IEnumerable<Posture> snapshot, AzureSession session)
    {
        _service = service;
        _session = session;
        _snapshot = snapshot.ToDictionary(posture => posture.Id.Value, StringComparer.OrdinalIgnoreCase);
    }

    public async Task<Posture> ReadAsync(ServerId server, IReadOnlyCollection<string> facets, CancellationToken stop)
    {
        Posture original = _snapshot[server.Value];
        JsonElement? body = await _service.FindAsync(server.Value, stop);
        if (body is null) throw new ServiceFault("ResourceNotFound", "There is no such server.", RetryClass.Never);
        List<Facet> fresh = new();
        foreach (string type in facets.Where(type => !string.Equals(type, server.ResourceType, StringComparison.OrdinalIgnoreCase)))
        {
            if (original.Facets.FirstOrDefault(facet => string.Equals(facet.Type, type, StringComparison.OrdinalIgnoreCase)) is Facet facet)
            {
                fresh.Add(await KnownAsync(server, facet, stop));
            }
        }

        return new Posture(server, new Resource(server.Value, server.ResourceType, server.Name, body.Value), fresh, "sandbox", original.CollectedAt);
    }

    public Task<Posture> AddAsync(Posture posture, Surroundings surroundings, CancellationToken stop) =>
        new CollectedPostures(_session).AddAsync(posture, surroundings, stop);

    private async Task<Facet> KnownAsync(ServerId server, Facet facet, CancellationToken stop)
    {
        try
        {
            return await RefreshAsync(server, facet, stop);
        }
        catch (ServiceFault fault) when (fault.Code == "AadAuthNotEnabled")
        {
            return new Facet(facet.Type, Array.Empty<Resource>());
        }
        catch (ServiceFault fault)
        {
            return Facet.Unavailable(facet.Type, fault.Message);
        }
    }

    private async Task<Facet> RefreshAsync(ServerId server, Facet facet, CancellationToken stop)
    {
        if (facet.Gap is not null) return facet;
        switch (facet.Type)
        {
            case FacetTypes.Configurations:
            case FacetTypes.FirewallRules:
            case FacetTypes.Administrators:
            case FacetTypes.PrivateEndpointConnections:
            case FacetTypes.ThreatProtection:
                return await ListAsync(facet.Type, server.Value + "/" + facet.Type.Substring(server.ResourceType.Length + 1), stop);
            case FacetTypes.DiagnosticSettings:
            case FacetTypes.Locks:
                return await ListAsync(facet.Type, $"{server.Value}/providers/{facet.Type}", stop);
            case FacetTypes.Vaults:
            case FacetTypes.ManagedHsms:
            case FacetTypes.RoleAssignments:
                List<Resource> resources = new();
                foreach (Resource resource in facet.Resources)
                {
                    if (await _service.FindAsync(resource.Id, stop) is JsonElement now) resources.Add(new Resource(resource.Id, facet.Type, resource.Name, now));
                }

                return new Facet(facet.Type, resources);
            default:
                return facet;
        }
    }

    private async Task<Facet> ListAsync(string type, string collection, CancellationToken stop)
    {
        IReadOnlyList<JsonElement> items = await _service.ListAsync(collection, stop);
        return new Facet(type, items.Select(item => new Resource(
            item.GetProperty("id").GetString()!, type, item.GetProperty("name").GetString()!, item)).ToList());
    }
}
