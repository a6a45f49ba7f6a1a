using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using PgSecurity.Azure.Arm;
using PgSecurity.Core.Postures;

namespace PgSecurity.Azure.Collectors;

/// <summary>
/// The read replicas of a server, whole: from the subscription's list of servers, and those elsewhere by their own GET.
/// The service's own list of replicas gives stubs.
/// </summary>
internal sealed class ReplicaCollector : IFacetCollector
{
    /// <inheritdoc/>
    public string Type => FacetTypes.Replicas;

    /// <inheritdoc/>
    public IReadOnlyList<string> Actions { get; } = new[] { FacetTypes.Server + "/read", "Microsoft.ResourceGraph/resources/read" };

    /// <inheritdoc/>
    public async Task<Collected> CollectAsync(ServerCollection server)
    {
        Collected siblings = await server.Run.ServersAsync(server.Id.SubscriptionId).ConfigureAwait(false);
        List<Resource> replicas = siblings.Resources.Where(sibling => Follows(sibling, server.Id)).Select(AsReplica).ToList();
        Collected elsewhere = await server.Run.GraphRowsAsync().ConfigureAwait(false);
        FacetGap? gap = siblings.Gap ?? elsewhere.Gap;
        ArmFault? fault = siblings.Fault ?? elsewhere.Fault;
        foreach (Resource row in elsewhere.Resources.Where(row => row.Type == FacetTypes.Server && Follows(row, server.Id)))
        {
            if (replicas.Exists(known => string.Equals(known.Id, row.Id, StringComparison.OrdinalIgnoreCase))) continue;
            Collected replica = await server.Run.ServerAsync(ServerId.Parse(row.Id)).ConfigureAwait(false);
            replicas.AddRange(replica.Resources.Select(AsReplica));
            gap ??= replica.Gap;
            fault ??= replica.Fault;
        }

        return new Collected(replicas, gap, fault);
    }

    private static bool Follows(Resource candidate, ServerId primary) =>
        ResourceField.Of(candidate, "properties.replicationRole").Text is string role
        && role.EndsWith("Replica", StringComparison.OrdinalIgnoreCase)
        && ServerId.TryParse(ResourceField.Of(candidate, "properties.sourceServerResourceId").Text, out ServerId? source)
        && source!.Equals(primary);

    private static Resource AsReplica(Resource server) => new(server.Id, FacetTypes.Replicas, server.Name, server.Body, server.Gap);
}
