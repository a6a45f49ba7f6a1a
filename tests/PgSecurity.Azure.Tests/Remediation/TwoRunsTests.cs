using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using PgSecurity.Core.Journal;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation;
using PgSecurity.Core.Remediation.Targets;
using PgSecurity.Sandbox;
using Xunit;
using Xunit.Abstractions;

namespace PgSecurity.Azure.Tests.Remediation;

/// <summary>
/// Two runs on one server at once, interleaved request by request in many orders. The service has no ETag: what keeps them
/// apart is reading before and after, and the service's refusal of a second write while one is under way.
/// PGSECURITY_TWO_RUNS_ORDERS sets how many orders.
/// </summary>
public sealed class TwoRunsTests
{
    private static readonly int Orders = int.TryParse(Environment.GetEnvironmentVariable("PGSECURITY_TWO_RUNS_ORDERS"), out int orders) ? orders : 20;
    private const string SevenDays = """{ "server": { "properties": { "backup": { "backupRetentionDays": 7 } } } }""";
    private const string OneLibrary = """{ "parameters": { "shared_preload_libraries": "pg_cron" } }""";
    private readonly ITestOutputHelper _output;

    public TwoRunsTests(ITestOutputHelper output) => _output = output;

    [Fact]
    public async Task Runs_that_want_the_same_end_in_it()
    {
        for (int seed = 1; seed <= Orders; seed++)
        {
            using RoadFixture estate = Estate(OneServer.Changes, seed);
            IReadOnlyList<Change>[] both = await BothAsync(estate, seed, run => run.RepairAsync(OneServer.Compiled()), run => run.RepairAsync(OneServer.Compiled()));

            AssertTold(seed, both.SelectMany(changes => changes));
            AssertMadeOnce(seed, estate, both.SelectMany(changes => changes));
            Assert.All(await estate.FindingsAsync(OneServer.Compiled()), finding => Assert.True(finding.Outcome != Outcome.Fail, $"Order {seed}: {finding} {finding.Observed}"));
        }
    }

    [Fact]
    public async Task Of_two_values_one_stands_and_the_other_run_says_so_or_came_first()
    {
        for (int seed = 1; seed <= Orders; seed++)
        {
            using RoadFixture estate = Estate(SevenDays, seed);
            ServerId server = estate.Postures[0].Id;
            IReadOnlyList<Change>[] both = await BothAsync(
                estate, seed, run => run.ChangeAsync(RoadFixture.Everything, Retention(server, 14)), run => run.ChangeAsync(RoadFixture.Everything, Retention(server, 21)));

            string days = JsonShape.Text(JsonShape.At(estate.Sandbox.Find(server.Value), "properties", "backup", "backupRetentionDays"));
            Change standing = Assert.Single(both[days == "14" ? 0 : 1]);
            Assert.True(days is "14" or "21", $"Order {seed}: {days}");
            Assert.True(standing.Status == ChangeStatus.Changed, $"Order {seed}: {standing} {standing.Reason}");
            AssertTold(seed, both.SelectMany(changes => changes));
        }
    }

    [Fact]
    public async Task Members_that_two_runs_add_to_a_list_come_together_or_the_second_says_that_it_stopped()
    {
        int overwritten = 0;
        for (int seed = 1; seed <= Orders; seed++)
        {
            using RoadFixture estate = Estate(OneLibrary, seed);
            ServerId server = estate.Postures[0].Id;
            IReadOnlyList<Change>[] both = await BothAsync(
                estate, seed, run => run.ChangeAsync(RoadFixture.Everything, Library(server, "pgaudit")), run => run.ChangeAsync(RoadFixture.Everything, Library(server, "timescaledb")));

            string value = ParameterChange.Property(estate.Sandbox.Find(server.Value + "/configurations/shared_preload_libraries"), "value");
            IReadOnlyList<string> members = ParameterList.Members(value);
            Assert.Equal("pg_cron", members[0]);
            AssertTold(seed, both.SelectMany(changes => changes));

            // Where one run read before the other's write ended and wrote after the other was done, nothing in this API can tell.
            bool wasOverwritten = members.Count < 3 && both.All(changes => changes[0].Status == ChangeStatus.Changed);
            if (wasOverwritten) overwritten++;
            Assert.True(members.Count == 3 || wasOverwritten || both.Any(changes => changes[0].Status == ChangeStatus.Failed), $"Order {seed}: {value}");
        }

        Assert.True(overwritten * 10 <= Orders, $"{overwritten} of {Orders} orders");
        _output.WriteLine($"{overwritten} of {Orders} orders in which the first one's value was overwritten without a sign");
    }

    [Fact]
    public async Task A_repair_and_the_undo_of_an_earlier_one_leave_a_value_that_one_of_them_wanted()
    {
        const string Off = """{ "parameters": { "connection_throttle.enable": "off", "ssl_min_protocol_version": "TLSv1.2" } }""";
        IReadOnlyList<Core.Controls.CompiledControl> controls = RoadFixture.Controls(Core.Controls.ControlSettings.None, "LOG-011", "DAT-002");
        for (int seed = 1; seed <= Orders; seed++)
        {
            using RoadFixture estate = Estate(Off, seed);
            IReadOnlyList<Change> made = await estate.RepairAsync(controls);
            Turns turns = new(seed);
            using RoadFixture one = estate.Beside(turns, 0), two = estate.Beside(turns, 1);

            IReadOnlyList<Change>[] both = await turns.RunAsync(() => one.TakeBackAsync(estate.Journal()), () => two.RepairAsync(controls));

            AssertTold(seed, both.SelectMany(changes => changes));
            AssertJournal(seed, one, both[0]);
            AssertJournal(seed, two, both[1]);
            foreach (Change change in made)
            {
                string value = ParameterChange.Property(estate.Sandbox.Find(change.TargetId), "value");
                Assert.True(value == change.Before || value == change.After, $"Order {seed}: {change.Step} is {value}");
            }
        }
    }

    [Fact]
    public async Task A_primary_and_its_replica_in_two_runs_wait_for_each_other()
    {
        using RoadFixture sample = RoadFixture.OfSampleEstate();
        List<Posture> shop = sample.Postures.Where(one => one.Id.Name.StartsWith("psql-shop-prod", StringComparison.Ordinal)).ToList();
        for (int seed = 1; seed <= Orders; seed++)
        {
            using RoadFixture estate = new(shop, new SandboxOptions { Pace = SandboxPace.Manual, Seed = seed });
            ServerId primary = estate.Postures[0].Id, replica = estate.Postures[1].Id;
            IReadOnlyList<Change>[] both = await BothAsync(
                estate,
                seed,
                run => run.ChangeAsync(RoadFixture.Everything, ParameterChange.Set(primary, "log_error_verbosity", "terse"), ParameterChange.Set(primary, "log_lock_waits", "off")),
                run => run.ChangeAsync(RoadFixture.Everything, ParameterChange.Set(replica, "log_error_verbosity", "terse"), ParameterChange.Set(replica, "log_lock_waits", "off")));

            Assert.Equal(4, both.Sum(changes => changes.Count));
            Assert.All(both.SelectMany(changes => changes), change => Assert.True(change.Status == ChangeStatus.Changed, $"Order {seed}: {change} {change.Reason}"));
        }
    }

    private static RoadFixture Estate(string changes, int seed) => new(new[] { OneServer.Posture(changes) }, new SandboxOptions { Pace = SandboxPace.Manual, Seed = seed });

    private async Task<IReadOnlyList<Change>[]> BothAsync(
        RoadFixture estate, int seed, Func<RoadFixture, Task<IReadOnlyList<Change>>> first, Func<RoadFixture, Task<IReadOnlyList<Change>>> second)
    {
        Turns turns = new(seed);
        using RoadFixture one = estate.Beside(turns, 0), two = estate.Beside(turns, 1);
        IReadOnlyList<Change>[] both = await turns.RunAsync(() => first(one), () => second(two));
        AssertJournal(seed, one, both[0]);
        AssertJournal(seed, two, both[1]);
        foreach (Change change in both.SelectMany(changes => changes).Where(change => change.Reason.Length > 0))
        {
            _output.WriteLine($"{seed}: {change} {change.Reason}");
        }

        return both;
    }

    private static void AssertJournal(int seed, RoadFixture run, IReadOnlyList<Change> changes)
    {
        IReadOnlyList<JournalEntry> journal = run.Journal();
        foreach (Change change in changes.Where(change => change.ChangeId.Length > 0))
        {
            JournalEntry entry = Assert.Single(journal, entry => entry.ChangeId == change.ChangeId);
            bool agrees = change.Status == entry.Status || (change.Status == ChangeStatus.RestartRequired && entry.Status == ChangeStatus.AlreadyCompliant);
            Assert.True(agrees && change.After == entry.After, $"Order {seed}: {change} and the journal's {entry.Status} {entry.After}");
        }
    }

    /// <summary>Whatever was not changed by this run is told, with what stood in the way.</summary>
    private static void AssertTold(int seed, IEnumerable<Change> changes)
    {
        foreach (Change change in changes)
        {
            bool isTold = change.Status switch
            {
                ChangeStatus.Changed or ChangeStatus.AlreadyCompliant => true,
                ChangeStatus.Failed or ChangeStatus.Skipped or ChangeStatus.RestartRequired => change.Reason.Length > 0,
                _ => false,
            };
            Assert.True(isTold, $"Order {seed}: {change} {change.Reason}");
        }
    }

    /// <summary>As many changes are said to be made on a resource as writes on it succeeded, or fewer.</summary>
    private static void AssertMadeOnce(int seed, RoadFixture estate, IEnumerable<Change> changes)
    {
        ILookup<string, SandboxWrite> writes = estate.Sandbox.Writes.Where(write => write.Status == "Succeeded").ToLookup(write => write.Path, StringComparer.OrdinalIgnoreCase);
        foreach (IGrouping<string, Change> made in changes.Where(change => change.Status == ChangeStatus.Changed).GroupBy(RequestOf, StringComparer.OrdinalIgnoreCase))
        {
            Assert.True(made.Count() <= writes[made.Key].Count(), $"Order {seed}: {made.Count()} changes and {writes[made.Key].Count()} writes of {made.Key}");
        }
    }

    private static string RequestOf(Change change) => change.Step == "restart" ? change.TargetId + "/restart" : change.TargetId;

    private static ServerChange Retention(ServerId server, int days) => new(
        server, "backup", new JsonObject { ["properties"] = new JsonObject { ["backup"] = new JsonObject { ["backupRetentionDays"] = days } } });

    private static ParameterChange Library(ServerId server, string name) => ParameterChange.List(server, "shared_preload_libraries", new[] { name }, add: true);
}
