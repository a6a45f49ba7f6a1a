using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using PgSecurity.Azure.Inventory;
using PgSecurity.Core.Postures;

namespace PgSecurity.Azure.Collectors;

/// <summary>The collection of one server: each kind of resource is asked for once, whoever needs it.</summary>
internal sealed class ServerCollection
{
    private readonly SharedFacts<Collected> _facets = new();

    internal ServerCollection(CollectionRun run, ServerId id, Resource server)
    {
        Run = run;
        Id = id;
        Server = server;
    }

    internal CollectionRun Run { get; }

    internal ServerId Id { get; }

    internal Resource Server { get; }

    /// <summary>What is known of a type.</summary>
    internal Task<Collected> CollectedAsync(string type) => _facets.Of(
        type,
        () => FacetCollectors.Of(type) is IFacetCollector collector
            ? collector.CollectAsync(this)
            : Task.FromResult(Collected.NotCollected("nothing collects it")));

    /// <summary>Collects what the run needs.</summary>
    internal async Task<CollectedServer> CollectAsync()
    {
        // Nothing answers for the children of a retired single server.
        if (Id.IsSingleServer) return new CollectedServer(Id, NewPosture(Array.Empty<Facet>()), Array.Empty<CollectionFault>());

        List<Task<(string Type, Collected Facet)>> asked = new();
        foreach (string type in Run.FacetTypes)
        {
            if (FacetCollectors.Of(type) is not null) asked.Add(TypedAsync(type));
        }

        List<Facet> facets = new();
        List<CollectionFault> faults = new();
        foreach ((string type, Collected facet) in await Task.WhenAll(asked).ConfigureAwait(false))
        {
            facets.Add(facet.ToFacet(type));
            if (facet.Fault is not null) faults.Add(new CollectionFault(type, facet.Fault));
        }

        // A flexible server has no rules of the kind that single servers had.
        if (Run.Needs(FacetTypes.VirtualNetworkRules)) facets.Add(Collected.None.ToFacet(FacetTypes.VirtualNetworkRules));
        return new CollectedServer(Id, NewPosture(facets), faults);
    }

    private Posture NewPosture(IEnumerable<Facet> facets) =>
        new(Id, Server, facets, Run.Session.Arm.Endpoint.ToString(), Run.Session.Arm.Clock.UtcNow)
        {
            Origin = Run.Session.IsSandbox ? "sandbox" : "live",
        };

    private async Task<(string Type, Collected Facet)> TypedAsync(string type) => (type, await CollectedAsync(type).ConfigureAwait(false));
}
