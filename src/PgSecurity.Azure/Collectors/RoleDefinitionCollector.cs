using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using PgSecurity.Core.Postures;

namespace PgSecurity.Azure.Collectors;

/// <summary>The definitions of the roles that are assigned at the server or above it.</summary>
internal sealed class RoleDefinitionCollector : IFacetCollector
{
    private static readonly string[] Assignments = { FacetTypes.RoleAssignments, FacetTypes.RoleEligibility, FacetTypes.RoleSchedules };

    /// <inheritdoc/>
    public string Type => FacetTypes.RoleDefinitions;

    /// <inheritdoc/>
    public IReadOnlyList<string> Actions { get; } = new[] { FacetTypes.RoleDefinitions + "/read" };

    /// <inheritdoc/>
    public async Task<Collected> CollectAsync(ServerCollection server)
    {
        HashSet<string> assigned = new(StringComparer.OrdinalIgnoreCase);
        FacetGap? gap = null;
        foreach (string type in Assignments)
        {
            Collected assignments = await server.CollectedAsync(type).ConfigureAwait(false);
            if (type == FacetTypes.RoleAssignments) gap = assignments.Gap;
            foreach (string role in assignments.Resources.Select(item => ResourceField.Of(item, "properties.roleDefinitionId").Text).OfType<string>())
            {
                assigned.Add(ResourceId.NameOf(role));
            }
        }

        Collected all = await server.Run.InSubscriptionAsync(server.Id.SubscriptionId, Type).ConfigureAwait(false);
        Collected named = all.Where(role => assigned.Contains(ResourceId.NameOf(role.Id)));
        if (named.Gap is not null) return named;
        if (gap is not null) return named with { Gap = new FacetGap(FacetGapKind.Partial, "which roles are assigned is not known: " + gap.Reason) };
        return named.Resources.Count >= assigned.Count
            ? named
            : named with { Gap = new FacetGap(FacetGapKind.Partial, "the definition of an assigned role is not in the list of the subscription") };
    }
}
