using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using PgSecurity.Core.Postures;

namespace PgSecurity.Azure.Collectors;

/// <summary>The directory's entries for those whom role assignments and Entra administrators name.</summary>
internal sealed class DirectoryObjectCollector : IFacetCollector
{
    private static readonly string[] Assignments = { FacetTypes.RoleAssignments, FacetTypes.RoleEligibility, FacetTypes.RoleSchedules };

    /// <inheritdoc/>
    public string Type => FacetTypes.DirectoryObjects;

    /// <inheritdoc/>
    public IReadOnlyList<string> Actions { get; } = new[] { "Microsoft Graph: Directory.Read.All" };

    /// <inheritdoc/>
    public async Task<Collected> CollectAsync(ServerCollection server)
    {
        HashSet<string> ids = new(StringComparer.OrdinalIgnoreCase);
        HashSet<string> likely = new(StringComparer.OrdinalIgnoreCase);
        foreach (string type in Assignments.Where(server.Run.Needs))
        {
            Collected assignments = await server.CollectedAsync(type).ConfigureAwait(false);
            AddAll(ids, assignments, "properties.principalId");
            AddAll(likely, await server.Run.InSubscriptionAsync(server.Id.SubscriptionId, type).ConfigureAwait(false), "properties.principalId");
        }

        if (server.Run.Needs(FacetTypes.Administrators))
        {
            AddAll(ids, await server.CollectedAsync(FacetTypes.Administrators).ConfigureAwait(false), "properties.objectId");
        }

        // In another tenant's directory all of them would look deleted.
        return ids.Count > 0 && await server.Run.OtherTenantAsync(server.Id.SubscriptionId).ConfigureAwait(false) is Collected unknown
            ? unknown
            : await server.Run.Directory.FindAsync(ids, likely).ConfigureAwait(false);
    }

    private static void AddAll(HashSet<string> ids, Collected from, string path)
    {
        foreach (string id in from.Resources.Select(resource => ResourceField.Of(resource, path).Text).OfType<string>())
        {
            if (Guid.TryParse(id, out _)) ids.Add(id);
        }
    }
}
