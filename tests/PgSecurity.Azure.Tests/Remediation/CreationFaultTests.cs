using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using PgSecurity.Azure.Appliers;
using PgSecurity.Core.Journal;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation.Planning;
using PgSecurity.Core.Remediation.Road;
using PgSecurity.Core.Remediation.Service;
using PgSecurity.Core.Remediation.Targets;
using PgSecurity.Core.Remediation.Undo;
using PgSecurity.Sandbox;
using PgSecurity.Sandbox.Faults;
using Xunit;

namespace PgSecurity.Azure.Tests.Remediation;

/// <summary>
/// Whatever goes wrong once while something is made or a key's policy is set, with the request or with a poll: each change is
/// made and verified, or failed with its reason; the journal says the same; the same again completes it; an undo takes it back.
/// </summary>
public sealed class CreationFaultTests
{
    private const string Network = "/subscriptions/2f1c9d3e-5b7a-4c68-9e0d-7a1b3c5d7e9f/resourceGroups/rg-network-prod/providers/Microsoft.Network";

    public static TheoryData<string, FaultKind, string, string> Cases()
    {
        TheoryData<string, FaultKind, string, string> cases = new();
        foreach (FaultKind kind in Enum.GetValues<FaultKind>())
        {
            cases.Add("endpoint", kind, "PUT", "*/privateEndpoints/pe-new");
            cases.Add("endpoint", kind, "PUT", "*/privateDnsZoneGroups/default");
            cases.Add("endpoint", kind, "GET", "*/Microsoft.Network/locations/*");
            cases.Add("endpoint", kind, "GET", "*/privateEndpoints/pe-new");
            cases.Add("replica", kind, "PUT", "*-r9");
            cases.Add("replica", kind, "GET", "*/azureAsyncOperation/*");
            cases.Add("replica", kind, "GET", "*-r9");
            cases.Add("policy", kind, "PUT", "*/rotationpolicy");
            cases.Add("policy", kind, "GET", "*/rotationpolicy");
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task One_fault_is_told_and_mended(string what, FaultKind kind, string method, string path)
    {
        using RoadFixture fixture = RoadFixture.OfSampleEstate();
        string before = State(fixture, what);
        FaultRule rule = new() { Kind = kind, Method = method, Path = path, Times = 1, RetryAfter = 1 };
        fixture.Sandbox.Faults.Add(rule);

        IReadOnlyList<Change> first = await RunAsync(fixture, what);
        Assert.Equal(1, fixture.Sandbox.Faults.Strikes);
        AssertTold(fixture, what, first);
        fixture.Sandbox.Faults.Clear();

        IReadOnlyList<Change> second = await RunAsync(fixture, what);
        Assert.All(second, change => Assert.True(change.Status is ChangeStatus.Changed or ChangeStatus.AlreadyCompliant, $"{change.Step}: {change.Status} {change.Reason}"));
        Assert.All(Targets(what), id => Assert.True(Is(fixture, id), id));

        IReadOnlyList<Change> undone = await ChangesAsync(fixture, UndoPlanner.Plan(fixture.Journal(), new UndoOptions()));
        Assert.DoesNotContain(undone, change => change.Status is ChangeStatus.Failed or ChangeStatus.Skipped);
        Assert.Equal(before, State(fixture, what));
    }

    private static void AssertTold(RoadFixture fixture, string what, IReadOnlyList<Change> changes)
    {
        Dictionary<string, JournalEntry> journal = fixture.Journal().ToDictionary(entry => entry.ChangeId);
        foreach (Change change in changes)
        {
            if (change.ChangeId.Length > 0) Assert.Equal(change.Status, journal[change.ChangeId].Status);
            if (change.Status == ChangeStatus.Changed) Assert.True(Is(fixture, change.TargetId), $"{what}: {change.Step}");
            else Assert.NotEmpty(change.Reason);
        }
    }

    private static IReadOnlyList<string> Targets(string what) => what switch
    {
        "endpoint" => new[] { Network + "/privateEndpoints/pe-new", Network + "/privateEndpoints/pe-new/privateDnsZoneGroups/default" },
        "replica" => new[] { ReplicaId },
        _ => new[] { KeyId },
    };

    private const string Cards = "/subscriptions/2f1c9d3e-5b7a-4c68-9e0d-7a1b3c5d7e9f/resourceGroups/rg-payments-test/providers/Microsoft.DBforPostgreSQL/flexibleServers/psql-cards-test";
    private const string ReplicaId = Cards + "-r9";
    private const string KeyId = "/subscriptions/2f1c9d3e-5b7a-4c68-9e0d-7a1b3c5d7e9f/resourceGroups/rg-security-prod/providers/Microsoft.KeyVault/vaults/kv-cards-test/keys/key-cards-test";
    private const string PolicyAddress = "https://kv-cards-test.vault.azure.net/keys/key-cards-test/rotationpolicy";

    /// <summary>Whether a target is what was wanted.</summary>
    private static bool Is(RoadFixture fixture, string id)
    {
        if (id == PolicyAddress || id == KeyId) return State(fixture, "policy").Contains("P77D", StringComparison.Ordinal);
        JsonObject? there = fixture.Sandbox.Find(id);
        string state = JsonShape.Text(JsonShape.At(there, "properties", "provisioningState")) + JsonShape.Text(JsonShape.At(there, "properties", "state"));
        return state is "Succeeded" or "Ready";
    }

    /// <summary>What of the estate the change is about.</summary>
    private static string State(RoadFixture fixture, string what) => what == "policy"
        ? JsonShape.Text(JsonShape.At(fixture.Sandbox.Find(KeyId), "properties", "rotationPolicy", "lifetimeActions"))
        : string.Join(", ", Targets(what).Where(id => fixture.Sandbox.Find(id) is not null));

    private static Task<IReadOnlyList<Change>> RunAsync(RoadFixture fixture, string what)
    {
        ServerId server = fixture.Postures.Single(posture => posture.Id.Name == (what == "endpoint" ? "psql-basket-prod" : "psql-cards-test")).Id;
        string[] facets = { FacetTypes.Replicas, FacetTypes.Keys, FacetTypes.Vaults, FacetTypes.ManagedHsms, FacetTypes.ManagedHsmKeys };
        ChangeRequest request = new(server, facets, posture => Changes(posture, what).Select(change => new ChangeItem(change, Array.Empty<string>())).ToList())
        {
            Surroundings = what == "endpoint"
                ? new Surroundings { Resources = new[] { new NamedResource(Network + "/privateDnsZones/privatelink.postgres.database.azure.com", FacetTypes.PrivateDnsZones) } }
                : Surroundings.None,
        };
        return ChangesAsync(fixture, new[] { request });
    }

    private static IEnumerable<TargetChange> Changes(Posture posture, string what)
    {
        switch (what)
        {
            case "endpoint":
                string id = Network + "/privateEndpoints/pe-new";
                JsonObject connection = new() { ["name"] = "pe-new", ["properties"] = new JsonObject { ["privateLinkServiceId"] = posture.Id.Value, ["groupIds"] = new JsonArray("postgresqlServer") } };
                JsonObject body = new()
                {
                    ["location"] = "westeurope",
                    ["properties"] = new JsonObject
                    {
                        ["subnet"] = new JsonObject { ["id"] = Network + "/virtualNetworks/vnet-prod-we/subnets/snet-endpoints" },
                        ["privateLinkServiceConnections"] = new JsonArray(connection),
                    },
                };
                yield return new ResourceCreation(posture.Id, FacetTypes.PrivateEndpoints, id, "pe-new", body);
                yield return DnsZoneGroup.Of(posture.Id, id, Network + "/privateDnsZones/privatelink.postgres.database.azure.com");
                break;
            case "replica":
                yield return new ReadReplica(ReplicaId, null).Of(posture);
                break;
            default:
                JsonObject rotate = new() { ["trigger"] = new JsonObject { ["timeAfterCreate"] = "P77D" }, ["action"] = new JsonObject { ["type"] = "Rotate" } };
                yield return new RotationPolicyChange(posture.Id, PolicyAddress, "kv-cards-test/key-cards-test", new JsonObject { ["lifetimeActions"] = new JsonArray(rotate) });
                break;
        }
    }

    /// <summary>On servers as they are collected: what is made is in no snapshot.</summary>
    private static async Task<IReadOnlyList<Change>> ChangesAsync(RoadFixture fixture, IEnumerable<ChangeRequest> requests)
    {
        List<Change> changes = new();
        using ChangeJournal journal = new(fixture.Journals, Guid.NewGuid().ToString("N"), () => fixture.Clock.UtcNow);
        ChangeRun run = new(fixture.Service, new CollectedPostures(fixture.Session), fixture.Clock, journal, RoadFixture.Options(RoadFixture.Everything));
        await run.RunAsync(requests, changes.Add, default);
        return changes;
    }
}
