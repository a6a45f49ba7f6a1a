using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation.Guards;
using PgSecurity.Core.Remediation.Planning;
using PgSecurity.Core.Remediation.Service;
using PgSecurity.Core.Remediation.Targets;
using Xunit;

namespace PgSecurity.Azure.Tests.Remediation;

/// <summary>Servers that are made beside a server: what refuses them, and what refuses to delete them.</summary>
public sealed class NewServerGuardTests
{
    private static readonly Posture Primary = OneServer.Posture("""
        { "server": { "sku": { "name": "Standard_D4ds_v5", "tier": "GeneralPurpose" }, "properties": { "state": "Ready", "replicationRole": "Primary" } },
          "facets": { "Microsoft.Authorization/locks": [] } }
        """);

    private static readonly string ReplicaId = Primary.Id.Value + "-r";

    [Fact]
    public void A_replica_needs_consent_and_nothing_else_where_all_is_known() =>
        Assert.Equal(Consent.Cost, Assert.Single(Judge(WithReplicas(4, true), NewReplica()).Verdicts).Needs);

    [Fact]
    public void Six_replicas_a_taken_name_and_what_cannot_be_told_are_refused()
    {
        AssertRefused(Judge(WithReplicas(5, true), NewReplica()), "5 replicas");
        AssertRefused(Judge(WithReplicas(0, false), NewReplica()), "cannot be had");
        AssertRefused(Judge(WithReplicas(0, null), NewReplica()), "cannot be told");
        Posture unread = WithReplicas(0, true).With(Facet.Unavailable(FacetTypes.Replicas, "403"));
        AssertRefused(Judge(unread, NewReplica()), "How many replicas there are cannot be told (403)");
    }

    [Fact]
    public void A_replica_that_was_promoted_is_never_deleted()
    {
        ResourceDelete delete = new(Primary.Id, FacetTypes.Replicas, ReplicaId, "r");
        ChangeItem follows = Judge(With(FacetTypes.Replicas, Server("AsyncReplica", Primary.Id.Value)), delete);
        Assert.Equal([Consent.ConnectivityLoss, Consent.OneWay], follows.Verdicts.Select(verdict => verdict.Needs!.Value).Order());
        AssertRefused(Judge(With(FacetTypes.Replicas, Server("Primary", "")), delete), "it was promoted");
        AssertRefused(Judge(With(FacetTypes.Replicas, Server("AsyncReplica", "/subscriptions/other")), delete), "it was promoted");
    }

    [Fact]
    public void Only_a_server_that_carries_the_mark_of_a_test_is_deleted_as_one()
    {
        ResourceDelete delete = new(Primary.Id, ResourceCreation.RestoredServerType, ReplicaId, "r");
        JsonObject marked = Server("None", "");
        marked["tags"] = new JsonObject { [RestoredServer.Tag] = "run" };
        Assert.Empty(Judge(With(ResourceCreation.RestoredServerType, marked), delete).Verdicts);
        AssertRefused(Judge(With(ResourceCreation.RestoredServerType, Server("None", "")), delete), RestoredServer.Tag);
    }

    [Fact]
    public void A_test_that_could_not_clean_up_is_not_begun()
    {
        ResourceCreation restore = RestoredServer.Of(Primary, ReplicaId, DateTimeOffset.UnixEpoch, "run");
        Assert.Equal(Consent.Cost, Assert.Single(Judge(WithReplicas(0, true), restore).Verdicts).Needs);
        JsonObject held = new() { ["properties"] = new JsonObject { ["level"] = "CanNotDelete" } };
        string lockId = ResourceId.ScopeOf(Primary.Id.Value) + "/providers/Microsoft.Authorization/locks/keep";
        Posture locked = WithReplicas(0, true).With(new Facet(FacetTypes.Locks, new[] { new Resource(lockId, FacetTypes.Locks, "keep", JsonSerializer.SerializeToElement(held)) }));
        AssertRefused(Judge(locked, restore), "would stand against deleting");
        AssertRefused(Judge(WithReplicas(0, true).With(Facet.Unavailable(FacetTypes.Locks, "403")), restore), "cannot be told");
    }

    [Fact]
    public void What_stands_under_the_name_already_is_never_changed()
    {
        JsonObject other = Server("Primary", "");
        ChangeItem item = Judge(With(FacetTypes.Replicas, other), NewReplica());
        Assert.Contains("another read replica", item.Refusal, StringComparison.Ordinal);
    }

    private static ResourceCreation NewReplica() => new ReadReplica(ReplicaId, null).Of(Primary);

    private static JsonObject Server(string role, string source) => new()
    {
        ["id"] = ReplicaId,
        ["location"] = "West Europe",
        ["properties"] = new JsonObject { ["replicationRole"] = role, ["sourceServerResourceId"] = source, ["state"] = "Ready" },
    };

    private static Posture With(string type, JsonObject server) =>
        Primary.With(new Facet(type, new[] { new Resource(ReplicaId, type, "r", JsonSerializer.SerializeToElement(server)) }));

    private static Posture WithReplicas(int count, bool? nameIsFree, string? name = null)
    {
        name ??= NewReplica().Name;
        JsonNode free = nameIsFree is bool known ? JsonValue.Create(known) : new JsonObject { ["$unknown"] = "403" };
        JsonObject fact = new() { ["properties"] = new JsonObject { ["nameAvailable"] = free, ["message"] = nameIsFree == false ? "taken" : "" } };
        List<Resource> replicas = Enumerable.Range(1, count)
            .Select(number => new Resource($"{Primary.Id.Value}-{number}", FacetTypes.Replicas, $"r{number}", JsonSerializer.SerializeToElement(Server("AsyncReplica", Primary.Id.Value))))
            .ToList();
        return Primary.With(
            new Facet(FacetTypes.Replicas, replicas),
            new Facet(Surroundings.ServerNameType, new[] { new Resource(name, Surroundings.ServerNameType, name, JsonSerializer.SerializeToElement(fact)) }));
    }

    private static ChangeItem Judge(Posture posture, TargetChange change) =>
        new ChangePlanner(new PlanOptions()).Plan(posture, new[] { new ChangeItem(change, Array.Empty<string>()) }).Items[0];

    private static void AssertRefused(ChangeItem item, string reason)
    {
        Assert.Contains(reason, item.Refusal, StringComparison.Ordinal);
        Assert.Contains(item.Verdicts, verdict => verdict.Needs is null);
    }
}
