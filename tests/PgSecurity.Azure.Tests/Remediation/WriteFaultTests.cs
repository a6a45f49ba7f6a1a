using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Journal;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation.Service;
using PgSecurity.Core.Remediation.Targets;
using PgSecurity.Sandbox;
using PgSecurity.Sandbox.Faults;
using Xunit;
using Xunit.Abstractions;

namespace PgSecurity.Azure.Tests.Remediation;

/// <summary>
/// Whatever goes wrong with any write or any poll of a server's repair: each change is verified as made, or failed with its
/// reason; the journal agrees with the sandbox; and the same command again ends where an undisturbed run ends. For one server
/// every kind at every place; for the sample estate one kind in turn at one place in four, and with PGSECURITY_WRITE_FAULTS=all
/// every kind at every place of every server.
/// </summary>
public sealed class WriteFaultTests
{
    private static readonly bool IsWhole = Environment.GetEnvironmentVariable("PGSECURITY_WRITE_FAULTS") == "all";

    /// <summary>Every kind once; and those that a service may show for good, for good: refused at once, in between, at the end.</summary>
    private static readonly (FaultKind Kind, int? Times)[] Faults = Enum.GetValues<FaultKind>().Select(kind => (kind, (int?)1))
        .Concat(new (FaultKind, int?)[] { (FaultKind.Status, null), (FaultKind.ResetAfterEffect, null), (FaultKind.FailedOperation, null) })
        .ToArray();

    private readonly ITestOutputHelper _output;

    public WriteFaultTests(ITestOutputHelper output) => _output = output;

    [Fact]
    public async Task Every_fault_at_every_place_of_one_server() =>
        await CheckAsync(new[] { OneServer.Posture() }, OneServer.Compiled(), (_, _) => Faults);

    [Fact]
    public async Task Every_place_of_the_sample_estate()
    {
        using RoadFixture estate = RoadFixture.OfSampleEstate();
        IReadOnlyList<CompiledControl> controls = RoadFixture.Controls(EstateRepairTests.Settings);
        Assert.Equal(41, estate.Postures.Count);
        await CheckAsync(estate.Postures, controls, (server, place) => IsWhole ? Faults : InTurn(server, place));
    }

    private static (FaultKind Kind, int? Times)[] InTurn(int server, int place) =>
        (server + place) % 4 == 0 ? new[] { Faults[((server * 5) + (place / 4)) % Faults.Length] } : Array.Empty<(FaultKind, int?)>();

    private async Task CheckAsync(IReadOnlyList<Posture> servers, IReadOnlyList<CompiledControl> controls, Func<int, int, (FaultKind Kind, int? Times)[]> choose)
    {
        ConcurrentBag<string> wrong = new();
        int cases = 0;
        int struck = 0;
        await Parallel.ForEachAsync(Enumerable.Range(0, servers.Count), async (index, _) =>
        {
            Undisturbed run = await Undisturbed.OfAsync(() => Estate(servers[index], servers), controls);
            for (int place = 0; place < run.Places.Count; place++)
            {
                foreach ((FaultKind kind, int? times) in choose(index, place))
                {
                    Interlocked.Increment(ref cases);
                    FaultRule rule = new()
                    {
                        Kind = kind, Method = run.Places[place].Method, Path = run.Places[place].Path, From = run.Places[place].From, Times = times, RetryAfter = 1,
                    };
                    using RoadFixture fixture = Estate(servers[index], servers);
                    fixture.Sandbox.Faults.Add(rule);
                    string? problem = await ProblemAsync(fixture, run);
                    if (fixture.Sandbox.Faults.Strikes > 0) Interlocked.Increment(ref struck);
                    if (problem is not null) wrong.Add($"{servers[index].Id.Name} {kind} ×{times?.ToString() ?? "∞"} at {run.Places[place]}: {problem}");
                }
            }
        });
        _output.WriteLine($"{servers.Count} servers, {cases} cases, {struck} of them struck");
        Assert.True(wrong.IsEmpty, $"{wrong.Count} of {cases}:\n" + string.Join("\n", wrong.Take(30)));
        Assert.True(struck >= cases * 9 / 10, $"Only {struck} of {cases} faults struck.");
    }

    /// <summary>One server, with the workspaces of all: an organisation sends the logs of all servers to one.</summary>
    private static RoadFixture Estate(Posture server, IReadOnlyList<Posture> all)
    {
        RoadFixture fixture = new(new[] { server }, new SandboxOptions { SignedAddressLength = 64 });
        foreach (Resource workspace in all.SelectMany(one => one.FacetOf(FacetTypes.Workspaces).Resources).DistinctBy(workspace => workspace.Id))
        {
            if (fixture.Sandbox.Find(workspace.Id) is null) fixture.Sandbox.Add(JsonShape.Copy(workspace.Body)!);
        }

        return fixture;
    }

    private static async Task<string?> ProblemAsync(RoadFixture fixture, Undisturbed run)
    {
        IReadOnlyList<Change> changes = await fixture.RepairAsync(run.Controls);
        string? problem = Told(fixture, changes) ?? Accounted(fixture);
        if (problem is not null) return problem;

        fixture.Sandbox.Faults.Clear();
        await fixture.RepairAsync(run.Controls);
        Dictionary<string, string> end = EstateFacts.Of(fixture.Sandbox);
        string? different = run.End.Keys.Union(end.Keys).FirstOrDefault(path =>
            !string.Equals(run.End.GetValueOrDefault(path), end.GetValueOrDefault(path), StringComparison.OrdinalIgnoreCase) && !IsNoMatterNow(path, end));
        return different is null ? null : $"the same command again leaves {different}: {end.GetValueOrDefault(different)}, not {run.End.GetValueOrDefault(different)}";
    }

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
        _ => sandbox.Find(entry.TargetId) is { } resource && JsonShape.Has(resource, entry.Body),
    };

    /// <summary>A repair in which nothing went wrong: where it ends, and its requests. Only controls that it changed something for.</summary>
    private sealed record Undisturbed(IReadOnlyList<CompiledControl> Controls, Dictionary<string, string> End, IReadOnlyList<FaultPlace> Places)
    {
        internal static async Task<Undisturbed> OfAsync(Func<RoadFixture> estate, IReadOnlyList<CompiledControl> all)
        {
            using RoadFixture first = estate();
            HashSet<string> changed = (await first.RepairAsync(all)).Where(change => change.ChangeId.Length > 0).SelectMany(change => change.ControlId).ToHashSet();
            List<CompiledControl> controls = all.Where(control => changed.Contains(control.Definition.Id)).ToList();
            using RoadFixture fixture = estate();
            IReadOnlyList<Change> changes = await fixture.RepairAsync(controls);
            Assert.All(changes, change => Assert.True(change.Status != ChangeStatus.Failed, $"{change} {change.Reason}"));
            return new Undisturbed(controls, EstateFacts.Of(fixture.Sandbox), FaultPlace.Of(fixture.Sandbox));
        }
    }
}
