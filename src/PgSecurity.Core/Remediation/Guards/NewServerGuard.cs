using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation.Service;
using PgSecurity.Core.Remediation.Targets;

namespace PgSecurity.Core.Remediation.Guards;

/// <summary>
/// Servers that are made beside a server, as its replica or restored from its backups: they cost money, their names must be
/// free, and of a replica the tier, the role and the number matter. One is deleted only while it is what was made.
/// </summary>
internal sealed class NewServerGuard : IGuard
{
    private const string Name = "newServer";

    /// <summary>So many replicas has a primary at most (read replicas, concepts).</summary>
    private const int MostReplicas = 5;

    public IEnumerable<GuardVerdict> Judge(GuardedChange change)
    {
        bool isReplica = change.Change.Type == FacetTypes.Replicas;
        if (!isReplica && change.Change.Type != ResourceCreation.RestoredServerType) return Enumerable.Empty<GuardVerdict>();
        if (change.Change.Method == WriteMethod.Delete) return JudgeRemoval(change, isReplica);
        IEnumerable<GuardVerdict> common = JudgeNew(change, (ResourceCreation)change.Change);
        return isReplica ? JudgeReplica(change).Concat(common) : common;
    }

    private static IEnumerable<GuardVerdict> JudgeNew(GuardedChange change, ResourceCreation creation)
    {
        Facet names = change.Before.FacetOf(Surroundings.ServerNameType);
        Resource? name = names.Find(creation.Name);
        ResourceField free = name is null ? ResourceField.Unknown(names.Gap?.Reason ?? "nobody asked") : ResourceField.Of(name, "properties.nameAvailable");
        if (free.Is("true") != Truth.True)
        {
            yield return GuardVerdict.Refuse(Name, free.Is("false") == Truth.True
                ? $"The name {creation.Name} cannot be had: {(ResourceField.Of(name!, "properties.message").Text ?? "it is taken").TrimEnd('.')}."
                : $"Whether the name {creation.Name} is free cannot be told ({free.UnknownReason}).");
        }

        if (creation.Type == ResourceCreation.RestoredServerType && GuardedChange.Server(change.Before, "properties.replicationRole").Text is "AsyncReplica" or "GeoAsyncReplica")
        {
            yield return GuardVerdict.Refuse(Name, "A replica has no backups of its own: test those of its primary.");
        }

        Facet locks = change.Before.FacetOf(FacetTypes.Locks);
        if (creation.Type == ResourceCreation.RestoredServerType && locks.Gap is { } gap)
        {
            yield return GuardVerdict.Refuse("lock", $"Whether a lock would stand against deleting the restored server cannot be told ({gap.Reason}).");
        }

        foreach (Resource held in locks.Resources.Where(held => Stands(held, creation)))
        {
            yield return GuardVerdict.Refuse("lock", $"The lock '{held.Name}' would stand against deleting the restored server. Restore into another resource group: -TargetResourceGroup.");
        }

        yield return GuardVerdict.Ask("cost", Consent.Cost, creation.Type == FacetTypes.Replicas
            ? "A replica costs as much as another server of its size, and its traffic where it is in another region."
            : "The restored server costs as much as the server itself for as long as it stands, an hour or so.");
    }

    /// <summary>A test that could not clean up after itself is not begun.</summary>
    private static bool Stands(Resource held, ResourceCreation creation) =>
        creation.Type == ResourceCreation.RestoredServerType
        && ResourceId.Covers(ResourceId.ScopeOf(held.Id), creation.Id)
        && ResourceField.Of(held, "properties.level").Text is string level
        && (GuardedChange.Is(level, "CanNotDelete") || GuardedChange.Is(level, "ReadOnly"));

    private static IEnumerable<GuardVerdict> JudgeReplica(GuardedChange change)
    {
        ResourceField tier = GuardedChange.Server(change.Before, "sku.tier");
        if (tier.Text is not string known)
        {
            yield return GuardVerdict.Refuse(Name, "The tier of the server is not known, and Burstable ones have no replicas.");
        }
        else if (GuardedChange.Is(known, "Burstable"))
        {
            yield return GuardVerdict.Refuse(Name, "Burstable servers have no read replicas. Scale it to General Purpose or Memory Optimized first.");
        }

        if (GuardedChange.Server(change.Before, "properties.replicationRole").Text is "AsyncReplica" or "GeoAsyncReplica")
        {
            yield return GuardVerdict.Refuse(Name, "The server is a replica itself: make the replica of its primary.");
        }

        if (GuardedChange.Server(change.Before, "properties.state").Text is string state && !GuardedChange.Is(state, "Ready"))
        {
            yield return GuardVerdict.Refuse("serverState", $"The server is {state}: a replica is made only of one that is ready (ServerIsNotReady).");
        }

        Facet replicas = change.Before.FacetOf(FacetTypes.Replicas);
        if (replicas.Gap is { } gap) yield return GuardVerdict.Refuse(Name, $"How many replicas there are cannot be told ({gap.Reason}).");
        else if (replicas.Resources.Count >= MostReplicas) yield return GuardVerdict.Refuse(Name, $"The server has {replicas.Resources.Count} replicas, and {MostReplicas} are the most.");
    }

    private static IEnumerable<GuardVerdict> JudgeRemoval(GuardedChange change, bool isReplica)
    {
        JsonObject? server = change.Current;
        if (server is null) yield break;
        if (!isReplica)
        {
            if (JsonShape.Text(JsonShape.At(server, "tags", RestoredServer.Tag)).Length == 0)
            {
                yield return GuardVerdict.Refuse(Name, $"The server does not carry the tag {RestoredServer.Tag}: it is not one that was restored for a test, and is left alone.");
            }

            yield break;
        }

        string role = JsonShape.Text(JsonShape.At(server, "properties", "replicationRole"));
        bool follows = role.EndsWith("Replica", StringComparison.OrdinalIgnoreCase)
            && GuardedChange.Is(JsonShape.Text(JsonShape.At(server, "properties", "sourceServerResourceId")), change.Change.Server.Value);
        if (!follows) yield return GuardVerdict.Refuse(Name, "It is no replica of this server any more: it was promoted, and what was written to it since is nowhere else.");
        else yield return GuardVerdict.Ask("connectivityLoss", Consent.ConnectivityLoss, "Clients that read from the replica lose it.");
    }
}
