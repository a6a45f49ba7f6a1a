using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Journal;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation.Planning;
using PgSecurity.Core.Remediation.Road;
using PgSecurity.Core.Remediation.Service;
using PgSecurity.Core.Remediation.Targets;
using PgSecurity.Sandbox;
using PgSecurity.Sandbox.Faults;
using Xunit;
using Xunit.Abstractions;

namespace PgSecurity.Azure.Tests.Remediation;

/// <summary>
/// Whatever goes wrong with any write or any poll of what is done to a server: each change is verified as made, or failed with
/// its reason; the journal agrees with the sandbox; and the same command again ends where an undisturbed run ends. Every kind
/// at every place for one server; for changes that are asked for one by one and for the sample estate some in turn, and with
/// PGSECURITY_WRITE_FAULTS=all every kind at every place.
/// </summary>
public sealed class WriteFaultTests
{
    private static readonly bool IsWhole = Environment.GetEnvironmentVariable("PGSECURITY_WRITE_FAULTS") == "all";

    /// <summary>Every kind once; and those that a service may show for good, for good: refused at once, in between, at the end.</summary>
    private static readonly (FaultKind Kind, int? Times)[] Faults = Enum.GetValues<FaultKind>().Select(kind => (kind, (int?)1))
        .Concat(new (FaultKind, int?)[] { (FaultKind.Status, null), (FaultKind.ResetAfterEffect, null), (FaultKind.FailedOperation, null) })
        .ToArray();

    /// <summary>What tells when a new resource was made.</summary>
    private static readonly string[] Stamps = { "createdAt", "earliestRestoreDate", "etag" };

    private readonly ITestOutputHelper _output;

    public WriteFaultTests(ITestOutputHelper output) => _output = output;

    [Fact]
    public async Task Every_fault_at_every_place_of_one_server() =>
        await CheckAsync(new[] { new Work("one server", () => new RoadFixture(new[] { OneServer.Posture() }), fixture => fixture.RepairAsync(OneServer.Compiled())) }, (_, _) => Faults);

    /// <summary>
    /// Without the lock of ACC-007: where the rules of the firewall could not be read once, the first run leaves them, and its
    /// lock keeps the second one from deleting them. Whoever runs it is told so, by the guard, and takes the lock back first.
    /// </summary>
    [Fact]
    public async Task Every_read_of_one_server()
    {
        IReadOnlyList<CompiledControl> controls = OneServer.Compiled().Where(control => control.Definition.Id != "ACC-007").ToList();
        Work work = new("reads", () => new RoadFixture(new[] { OneServer.Posture() }), fixture => fixture.RepairAsync(controls)) { Places = FaultPlace.ReadsOf };
        await CheckAsync(new[] { work }, (_, place) => IsWhole ? Faults : new[] { Faults[place % Faults.Length], Faults[((place * 5) + 3) % Faults.Length] });
    }

    [Fact]
    public async Task Every_fault_at_every_place_of_what_is_set_by_hand_and_made_beside_a_server()
    {
        using RoadFixture sample = RoadFixture.OfSampleEstate();
        Posture[] servers = sample.Postures.Where(posture => posture.Id.Name is "psql-cards-test" or "psql-basket-prod").ToArray();
        Assert.Equal("psql-basket-prod", servers[1].Id.Name);
        ResourceCreation replica = new ReadReplica(servers[1].Id.Value + "-r", null).Of(servers[1]);
        Work[] works =
        {
            new("by hand", () => new RoadFixture(servers), fixture => fixture.RunAsync(new[] { ByHand(servers[1]) })),
            new("a replica", () => new RoadFixture(servers), fixture => fixture.ChangeAsync(RoadFixture.Everything, replica)),
        };
        await CheckAsync(works, (_, place) => IsWhole ? Faults : new[] { Faults[place % Faults.Length], Faults[((place * 5) + 3) % Faults.Length] });
    }

    [Fact]
    public async Task Every_place_of_the_sample_estate()
    {
        using RoadFixture estate = RoadFixture.OfSampleEstate();
        Assert.Equal(41, estate.Postures.Count);
        IReadOnlyList<CompiledControl> all = RoadFixture.Controls(EstateRepairTests.Settings);
        List<Work> works = new();
        foreach (Posture server in estate.Postures)
        {
            // Only the controls for which something is changed: they make the same plan, and sooner.
            using RoadFixture first = Estate(server, estate.Postures);
            HashSet<string> changed = (await first.RepairAsync(all)).Where(change => change.ChangeId.Length > 0).SelectMany(change => change.ControlId).ToHashSet();
            List<CompiledControl> controls = all.Where(control => changed.Contains(control.Definition.Id)).ToList();
            works.Add(new Work(server.Id.Name, () => Estate(server, estate.Postures), fixture => fixture.RepairAsync(controls), IsWhole: false));
        }

        await CheckAsync(works, (server, place) => IsWhole ? Faults : InTurn(server, place));
    }

    private static (FaultKind Kind, int? Times)[] InTurn(int server, int place) =>
        (server + place) % 4 == 0 ? new[] { Faults[((server * 5) + (place / 4)) % Faults.Length] } : Array.Empty<(FaultKind, int?)>();

    private async Task CheckAsync(IReadOnlyList<Work> works, Func<int, int, (FaultKind Kind, int? Times)[]> choose)
    {
        ConcurrentBag<string> wrong = new();
        int cases = 0;
        int struck = 0;
        await Parallel.ForEachAsync(Enumerable.Range(0, works.Count), async (index, _) =>
        {
            Undisturbed run = await Undisturbed.OfAsync(works[index]);
            for (int place = 0; place < run.Places.Count; place++)
            {
                foreach ((FaultKind kind, int? times) in choose(index, place))
                {
                    Interlocked.Increment(ref cases);
                    FaultRule rule = new()
                    {
                        Kind = kind, Method = run.Places[place].Method, Path = run.Places[place].Path, From = run.Places[place].From, Times = times, RetryAfter = 1,
                    };
                    using RoadFixture fixture = works[index].Estate();
                    fixture.Sandbox.Faults.Add(rule);
                    string? problem = await ProblemAsync(fixture, run);
                    if (fixture.Sandbox.Faults.Strikes > 0) Interlocked.Increment(ref struck);
                    if (problem is not null) wrong.Add($"{works[index].Name} {kind} ×{times?.ToString() ?? "∞"} at {run.Places[place]}: {problem}");
                }
            }
        });
        _output.WriteLine($"{works.Count} works, {cases} cases, {struck} of them struck");
        Assert.True(wrong.IsEmpty, $"{wrong.Count} of {cases}:\n" + string.Join("\n", wrong.Take(30)));
        Assert.True(struck >= cases * 9 / 10, $"Only {struck} of {cases} faults struck.");
    }

    /// <summary>One change of each kind that a person asks for as such, in an order in which each can be made.</summary>
    private static ChangeRequest ByHand(Posture server)
    {
        const string Network = "/subscriptions/2f1c9d3e-5b7a-4c68-9e0d-7a1b3c5d7e9f/resourceGroups/rg-network-prod/providers/Microsoft.Network";
        const string Zone = Network + "/privateDnsZones/privatelink.postgres.database.azure.com";
        ServerId id = server.Id;
        string endpoint = id.Value[..id.Value.IndexOf("/providers/", StringComparison.Ordinal)] + "/providers/Microsoft.Network/privateEndpoints/pe-new";
        JsonObject link = new() { ["privateLinkServiceId"] = id.Value, ["groupIds"] = new JsonArray("postgresqlServer") };
        JsonObject body = new()
        {
            ["location"] = "westeurope",
            ["properties"] = new JsonObject
            {
                ["subnet"] = new JsonObject { ["id"] = Network + "/virtualNetworks/vnet-prod-we/subnets/snet-endpoints" },
                ["privateLinkServiceConnections"] = new JsonArray(new JsonObject { ["name"] = "pe-new", ["properties"] = link }),
            },
        };
        const string Group = "9a8b7c6d-5e4f-4a3b-8c2d-1e0f9a8b7c6d";
        TargetChange[] changes =
        {
            new ServerChange(id, "identity", new JsonObject { ["identity"] = new JsonObject { ["type"] = "SystemAssigned" } }),
            Set("maintenanceWindow", new JsonObject { ["customWindow"] = "Enabled", ["dayOfWeek"] = 6, ["startHour"] = 3, ["startMinute"] = 0 }),
            Set("highAvailability", new JsonObject { ["mode"] = "ZoneRedundant" }),
            Set("authConfig", new JsonObject { ["activeDirectoryAuth"] = "Enabled", ["tenantId"] = "6b0f8a52-93c4-4e1d-a7f6-1c2d3e4f5a6b" }),
            new ResourcePut(id, FacetTypes.Administrators, $"{id.Value}/administrators/{Group}", Group, new JsonObject { ["principalType"] = "Group", ["principalName"] = "grp-payments-dba", ["tenantId"] = "6b0f8a52-93c4-4e1d-a7f6-1c2d3e4f5a6b" }),
            Set("authConfig", new JsonObject { ["passwordAuth"] = "Disabled" }),
            new ResourcePut(id, FacetTypes.FirewallRules, id.Value + "/firewallRules/office", "office", new JsonObject { ["startIpAddress"] = "198.51.100.7", ["endIpAddress"] = "198.51.100.9" }),
            new ResourceCreation(id, FacetTypes.PrivateEndpoints, endpoint, "pe-new", body),
            DnsZoneGroup.Of(id, endpoint, Zone),
        };
        return new ChangeRequest(
            id, changes.Select(change => change.Type).Distinct(StringComparer.OrdinalIgnoreCase).ToList(), _ => changes.Select(change => new ChangeItem(change, Array.Empty<string>())).ToList())
        {
            Surroundings = new Surroundings { Resources = new[] { new NamedResource(Zone, FacetTypes.PrivateDnsZones) } },
        };

        ServerChange Set(string concern, JsonObject members) => new(id, concern, new JsonObject { ["properties"] = new JsonObject { [concern] = members } });
    }

    /// <summary>One server, with the workspaces of all: an organisation sends the logs of all servers to one.</summary>
    private static RoadFixture Estate(Posture server, IReadOnlyList<Posture> all)
    {
        RoadFixture fixture = new(new[] { server }, new SandboxOptions { SignedAddressLength = 64 }) { CollectsItself = false };
        foreach (Resource workspace in all.SelectMany(one => one.FacetOf(FacetTypes.Workspaces).Resources).DistinctBy(workspace => workspace.Id))
        {
            if (fixture.Sandbox.Find(workspace.Id) is null) fixture.Sandbox.Add(JsonShape.Copy(workspace.Body)!);
        }

        return fixture;
    }

    private static async Task<string?> ProblemAsync(RoadFixture fixture, Undisturbed run)
    {
        IReadOnlyList<Change> changes = await run.Command(fixture);
        string? problem = Told(fixture, changes) ?? Accounted(fixture);
        if (problem is not null) return problem;

        fixture.Sandbox.Faults.Clear();
        await run.Command(fixture);
        Dictionary<string, string> end = await FactsAsync(fixture);
        string? different = run.End.Keys.Union(end.Keys).FirstOrDefault(path =>
            !string.Equals(run.End.GetValueOrDefault(path), end.GetValueOrDefault(path), StringComparison.OrdinalIgnoreCase)
            && !IsNoMatterNow(path, end)
            && !Stamps.Any(stamp => path.EndsWith("/" + stamp, StringComparison.OrdinalIgnoreCase)));
        return different is null ? null : $"the same command again leaves {different}: {end.GetValueOrDefault(different)}, not {run.End.GetValueOrDefault(different)}";
    }

    /// <summary>
    /// The estate as it is read: servers show their connections only then. The service draws the end of a connection's name.
    /// </summary>
    private static async Task<Dictionary<string, string>> FactsAsync(RoadFixture fixture)
    {
        foreach (Posture server in fixture.Postures)
        {
            await fixture.Service.FindAsync(server.Id.Value, CancellationToken.None);
        }

        return EstateFacts.Of(fixture.Sandbox).ToDictionary(fact => Undrawn(fact.Key), fact => Undrawn(fact.Value), StringComparer.OrdinalIgnoreCase);
    }

    private static string Undrawn(string text) => Regex.Replace(text, @"(?<=/pe-new\.|""pe-new\.)[0-9a-f-]{36}", "*");

    /// <summary>
    /// The one value that may stay as it was: where azure_storage came to have no network at all (LOG-014) while the write of
    /// its public accounts failed, these are no matter any more (LOG-013), and no later run changes them.
    /// </summary>
    private static bool IsNoMatterNow(string path, Dictionary<string, string> end)
    {
        const string Accounts = "/configurations/azure_storage.public_account_access /properties/value";
        return path.EndsWith(Accounts, StringComparison.OrdinalIgnoreCase)
            && end.GetValueOrDefault(path.Replace("public_account_access", "allow_network_access", StringComparison.Ordinal)) == "\"off\"";
    }

    /// <summary>Each change says what is so, to the user and in the journal.</summary>
    private static string? Told(RoadFixture fixture, IReadOnlyList<Change> changes)
    {
        Dictionary<string, JournalEntry> journal = fixture.Journal().ToDictionary(entry => entry.ChangeId);
        foreach (Change change in changes)
        {
            if (change.Status == ChangeStatus.InDoubt) return $"{change} is in doubt";
            if (change.Status is ChangeStatus.Failed or ChangeStatus.Skipped && change.Reason.Length == 0) return $"{change} without a reason";
            if (change.ChangeId.Length == 0) continue;
            if (!journal.Remove(change.ChangeId, out JournalEntry? entry)) return $"{change} is not in the journal";
            if (entry.Status != change.Status || entry.After != change.After) return $"{change}, and the journal says {entry.Status} {entry.After}";
            if (changes.SkipWhile(other => other != change).Skip(1).Any(later => later.TargetId == change.TargetId && later.Step == change.Step)) continue;
            bool isMade = IsMade(fixture.Sandbox, entry);
            if (change.Status is ChangeStatus.Changed or ChangeStatus.RestartRequired && !isMade) return $"{change} is not in the sandbox";
            if (change.Status == ChangeStatus.Failed && isMade && entry.Method != WriteMethod.Post && !change.Reason.Contains("could not be read back", StringComparison.Ordinal))
            {
                return $"{change} is in the sandbox: {change.Reason}";
            }
        }

        return journal.Count == 0 ? null : $"The journal has {journal.Values.First().Step}, of which nothing was told";
    }

    /// <summary>Every write that the sandbox took is in the journal.</summary>
    private static string? Accounted(RoadFixture fixture)
    {
        IReadOnlyList<JournalEntry> journal = fixture.Journal();
        SandboxWrite? strange = fixture.Sandbox.Writes.FirstOrDefault(write => !journal.Any(entry => write.Path.StartsWith(entry.TargetId, StringComparison.OrdinalIgnoreCase)));
        return strange is null ? null : $"The write {strange.Method} {strange.Path} is not in the journal";
    }

    private static bool IsMade(SandboxArm sandbox, JournalEntry entry) => entry.Method switch
    {
        WriteMethod.Delete => sandbox.Find(entry.TargetId) is null,
        WriteMethod.Post => true,
        _ when ResourceCreation.IsFor(entry.TargetType) =>
            new ResourceCreation(entry.Server, entry.TargetType, entry.TargetId, entry.TargetName, entry.Body).IsDone(sandbox.Find(entry.TargetId), entry.Body),
        _ => sandbox.Find(entry.TargetId) is { } resource && JsonShape.Has(resource, entry.Body),
    };

    /// <summary>An estate to begin with, and what is done to it; whole where nothing of it may be refused.</summary>
    private sealed record Work(string Name, Func<RoadFixture> Estate, Func<RoadFixture, Task<IReadOnlyList<Change>>> Command, bool IsWhole = true)
    {
        internal Func<SandboxArm, IReadOnlyList<FaultPlace>> Places { get; init; } = FaultPlace.Of;
    }

    /// <summary>Work in which nothing went wrong: where it ends, and its requests.</summary>
    private sealed record Undisturbed(Func<RoadFixture, Task<IReadOnlyList<Change>>> Command, Dictionary<string, string> End, IReadOnlyList<FaultPlace> Places)
    {
        internal static async Task<Undisturbed> OfAsync(Work work)
        {
            using RoadFixture fixture = work.Estate();
            IReadOnlyList<Change> changes = await work.Command(fixture);
            IReadOnlyList<FaultPlace> places = work.Places(fixture.Sandbox);
            Assert.All(changes, change => Assert.True(change.Status is ChangeStatus.Changed or ChangeStatus.AlreadyCompliant or ChangeStatus.Skipped, $"{change} {change.Reason}"));
            Assert.True(!work.IsWhole || changes.All(change => change.Status == ChangeStatus.Changed), string.Join("\n", changes.Select(change => $"{change} {change.Reason}")));
            return new Undisturbed(work.Command, await FactsAsync(fixture), places);
        }
    }
}
