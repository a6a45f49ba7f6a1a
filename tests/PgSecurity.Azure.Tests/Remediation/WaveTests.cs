using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Journal;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation.Road;
using PgSecurity.Core.Remediation.Service;
using PgSecurity.Sandbox.Faults;
using Xunit;

namespace PgSecurity.Azure.Tests.Remediation;

/// <summary>Many servers in one run: how many at once, never two writes in one group, and an end after too many failures.</summary>
public sealed class WaveTests
{
    private static readonly IReadOnlyList<CompiledControl> Throttle = RoadFixture.Controls(ControlSettings.None, "LOG-011");

    [Fact]
    public async Task A_run_stops_after_as_many_failures_as_were_allowed()
    {
        using RoadFixture fixture = new(new[] { OneServer.Posture() });
        fixture.Sandbox.Faults.Add(new FaultRule { Kind = FaultKind.Forbidden, Method = "PATCH" });
        RoadOptions options = RoadFixture.Options(RoadFixture.Everything) with { MaxFailures = 1 };

        IReadOnlyList<Change> changes = await fixture.RunAsync(new[] { new ChangeRequest(fixture.Postures[0].Id, OneServer.Compiled()) }, options);

        Assert.Single(changes, change => change.Status == ChangeStatus.Failed);
        Assert.Contains(changes, change => change.Reason.Contains("-MaxFailures", StringComparison.Ordinal));
        Assert.Empty(fixture.Sandbox.Writes);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 1)]
    [InlineData(3, 4)]
    [InlineData(5, 8)]
    public async Task A_wave_begins_nothing_after_as_many_failures_as_were_allowed(int most, int throttle)
    {
        using RoadFixture estate = new(Servers(24));
        estate.Sandbox.Faults.Add(new FaultRule { Kind = FaultKind.Forbidden, Method = "PATCH" });

        IReadOnlyList<Change> changes = await estate.RunAsync(
            estate.Postures.Select(posture => new ChangeRequest(posture.Id, Throttle)),
            RoadFixture.Options(RoadFixture.Everything) with { MaxFailures = most, ThrottleLimit = throttle });

        // Those that were under way when the limit was reached end; nothing else is begun, and each server says so.
        int failed = changes.Count(change => change.Status == ChangeStatus.Failed);
        Assert.InRange(failed, most, most + throttle - 1);
        Assert.Equal(24 - failed, changes.Count(change => change.Status == ChangeStatus.Skipped && change.Reason.Contains("-MaxFailures", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    public async Task As_many_servers_at_once_as_were_asked_for(int throttle)
    {
        using RoadFixture estate = new(Servers(16));
        GatheringService service = new(estate.Service, throttle);

        await RunAsync(estate, service, throttle, estate.Postures);

        Assert.Equal(throttle, service.MostAtOnce);
    }

    [Fact]
    public async Task A_primary_and_all_its_replicas_are_written_one_at_a_time()
    {
        List<Posture> servers = Servers(9);
        using RoadFixture estate = new(servers);
        foreach (Posture replica in servers.Where((_, index) => index % 3 != 0))
        {
            Posture primary = servers[servers.IndexOf(replica) / 3 * 3];
            estate.Sandbox.Edit(replica.Id.Value, body =>
            {
                body["properties"]!["replicationRole"] = "AsyncReplica";
                body["properties"]!["sourceServerResourceId"] = primary.Id.Value;
            });
        }

        GatheringService service = new(estate.Service, 3);
        IReadOnlyList<Change> changes = await RunAsync(estate, service, 9, servers);

        Assert.Equal(9, changes.Count);
        Assert.All(changes, change => Assert.True(change.Status == ChangeStatus.Changed && change.Attempts == 1, $"{change} {change.Reason}"));
        Assert.Equal(3, service.MostAtOnce);
        Assert.DoesNotContain(estate.Sandbox.Writes, write => write.Status == "Failed");
    }

    private static List<Posture> Servers(int count) => Enumerable.Range(1, count).Select(number => OneServer.Named($"wave-{number:00}", """{ "parameters": { "connection_throttle.enable": "off" } }""")).ToList();

    private static async Task<IReadOnlyList<Change>> RunAsync(RoadFixture estate, IResourceService service, int throttle, IEnumerable<Posture> servers)
    {
        List<Change> changes = new();
        using ChangeJournal journal = new(estate.Journals, "wave", () => estate.Clock.UtcNow);
        ChangeRun run = new(service, estate.Source, estate.Clock, journal, RoadFixture.Options(RoadFixture.Everything) with { ThrottleLimit = throttle });
        await run.RunAsync(servers.Select(posture => new ChangeRequest(posture.Id, Throttle)), changes.Add, CancellationToken.None);
        return changes;
    }

    /// <summary>Holds the first writes back until as many as are expected have come, and counts how many are under way at once.</summary>
    private sealed class GatheringService : IResourceService
    {
        private readonly IResourceService _service;
        private readonly TaskCompletionSource _gathered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ConcurrentBag<int> _atOnce = new();
        private readonly int _expected;
        private int _underWay;

        internal GatheringService(IResourceService service, int expected)
        {
            _service = service;
            _expected = expected;
        }

        internal int MostAtOnce => _atOnce.Max();

        public Task<JsonElement?> FindAsync(string id, CancellationToken stop) => _service.FindAsync(id, stop);

        public Task<IReadOnlyList<JsonElement>> ListAsync(string collection, CancellationToken stop) => _service.ListAsync(collection, stop);

        public Task<WriteReceipt> StartAsync(WriteMethod method, string id, JsonNode? body, CancellationToken stop) => _service.StartAsync(method, id, body, stop);

        public async Task<WriteReceipt> WriteAsync(WriteMethod method, string id, JsonNode? body, CancellationToken stop)
        {
            int now = Interlocked.Increment(ref _underWay);
            _atOnce.Add(now);
            if (now == _expected) _gathered.TrySetResult();
            try
            {
                await _gathered.Task.WaitAsync(TimeSpan.FromMinutes(1), stop);
                return await _service.WriteAsync(method, id, body, stop);
            }
            finally
            {
                Interlocked.Decrement(ref _underWay);
            }
        }
    }
}
