using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Core.Journal;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Reading;
using PgSecurity.Core.Remediation.Undo;
using PgSecurity.Core.Snapshots;
using PgSecurity.Sandbox;
using PgSecurity.Sandbox.Fronts;
using Xunit;
using Xunit.Abstractions;

namespace PgSecurity.Azure.Tests.Remediation;

/// <summary>
/// A process that repairs servers over HTTP is ended at random points and started again. PGSECURITY_KILLED_RUN_SERVERS
/// and PGSECURITY_KILLED_RUN_TIMES make it long; 200 and 100 are the release's numbers.
/// </summary>
public sealed class KilledRunTests
{
    private static readonly string[] Controls = { "LOG-011", "DAT-002", "LOG-003", "BCK-003", "LOG-016", "NET-006" };
    private readonly ITestOutputHelper _output;

    public KilledRunTests(ITestOutputHelper output) => _output = output;

    [Fact]
    public async Task A_run_that_is_ended_can_be_started_again_until_it_is_done()
    {
        int servers = Number("PGSECURITY_KILLED_RUN_SERVERS", 10);
        int kills = Number("PGSECURITY_KILLED_RUN_TIMES", 4);
        List<Posture> postures = Enumerable.Range(1, servers).Select(number => OneServer.Named($"killed-{number:000}")).ToList();
        using RoadFixture fixture = new(postures);
        using SandboxHttpServer http = SandboxHttpServer.Start(fixture.Sandbox);
        Directory.CreateDirectory(fixture.Journals);
        string ids = Path.Combine(fixture.Journals, "servers.txt");
        File.WriteAllLines(ids, postures.Select(posture => posture.Id.Value));
        Dictionary<string, string> start = EstateFacts.Of(fixture.Sandbox);
        Random random = new(20261124);
        Killer killer = new(fixture, http.Address, ids, random);

        int killed = await killer.RunAsync(kills, servers * Controls.Length);

        _output.WriteLine($"{servers} servers, {killed} of {kills} runs ended, {fixture.Sandbox.Writes.Count} writes, {fixture.Journal().Count(entry => entry.Status == ChangeStatus.InDoubt)} changes in doubt");
        Assert.True(killed > kills / 2, $"Only {killed} of {kills} runs were ended before they were done.");
        Assert.Equal(Lines(await UndisturbedAsync(postures)), Lines(EstateFacts.Of(fixture.Sandbox)));
        AssertNothingTwice(fixture.Sandbox.Writes);
        AssertAccounted(fixture);

        foreach (JournalEntry entry in fixture.Journal().Where(entry => entry.Status == ChangeStatus.InDoubt))
        {
            await DoubtSettler.SettleAsync(entry, fixture.Service, fixture.Clock, CancellationToken.None);
        }

        int writes = fixture.Sandbox.Writes.Count;
        killed = await killer.RunAsync(kills, servers * Controls.Length, "undo");

        _output.WriteLine($"undone: {killed} of {kills} runs ended, {fixture.Sandbox.Writes.Count - writes} writes");
        Assert.True(killed > kills / 2, $"Only {killed} of {kills} undo runs were ended before they were done.");
        Assert.Equal(Lines(start), Lines(EstateFacts.Of(fixture.Sandbox)));
        AssertNothingTwice(fixture.Sandbox.Writes.Skip(writes));
        AssertAccounted(fixture);
    }

    private static int Number(string variable, int standard) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), out int number) ? number : standard;

    private static async Task<Dictionary<string, string>> UndisturbedAsync(IReadOnlyList<Posture> postures)
    {
        using RoadFixture fixture = new(postures);
        IReadOnlyList<Change> changes = await fixture.RepairAsync(RoadFixture.Controls(Core.Controls.ControlSettings.None, Controls));
        Assert.DoesNotContain(changes, change => change.Status == ChangeStatus.Failed);
        return EstateFacts.Of(fixture.Sandbox);
    }

    /// <summary>
    /// No write succeeded twice. But for one: the service takes firewall rules side by side, so that a second DELETE of a
    /// rule that is on its way out is taken, and does nothing.
    /// </summary>
    private static void AssertNothingTwice(IEnumerable<SandboxWrite> writes)
    {
        IEnumerable<string> twice = writes
            .Where(write => write.Status == "Succeeded" && write.Method != "DELETE")
            .GroupBy(write => write.Method + " " + write.Path, StringComparer.OrdinalIgnoreCase)
            .Where(group => group.Count() > 1)
            .Select(group => group.Key);
        Assert.Empty(twice);
    }

    private static void AssertAccounted(RoadFixture fixture)
    {
        ILookup<string, JournalEntry> journal = fixture.Journal().ToLookup(entry => entry.TargetId, StringComparer.OrdinalIgnoreCase);
        foreach (IGrouping<string, SandboxWrite> writes in fixture.Sandbox.Writes.GroupBy(write => Target(write.Path), StringComparer.OrdinalIgnoreCase))
        {
            Assert.True(
                journal[writes.Key].Sum(entry => entry.Attempts) >= writes.Count(),
                $"{writes.Key}: {writes.Count()} writes, {journal[writes.Key].Sum(entry => entry.Attempts)} in the journals");
        }
    }

    private static string Target(string path) => path.EndsWith("/restart", StringComparison.OrdinalIgnoreCase) ? path[..^"/restart".Length] : path;

    private static IEnumerable<string> Lines(Dictionary<string, string> facts) =>
        facts.Select(fact => fact.Key + " " + fact.Value).Order(StringComparer.OrdinalIgnoreCase);

    /// <summary>Starts the probe again and again, ends it at random points, and lets it come to its end at last.</summary>
    private sealed class Killer
    {
        private readonly RoadFixture _fixture;
        private readonly Uri _address;
        private readonly string _servers;
        private readonly Random _random;

        internal Killer(RoadFixture fixture, Uri address, string servers, Random random)
        {
            _fixture = fixture;
            _address = address;
            _servers = servers;
            _random = random;
        }

        /// <summary>How many processes were ended before they were done.</summary>
        internal async Task<int> RunAsync(int kills, int changes, params string[] mode)
        {
            int killed = 0;
            for (int kill = 0; kill < kills; kill++)
            {
                using Process process = Start(mode);
                int until = _fixture.Sandbox.Writes.Count + _random.Next(1, Math.Max(2, changes / (kills + 1)));
                while (!process.HasExited && _fixture.Sandbox.Writes.Count < until)
                {
                    await Task.Delay(1);
                }

                // Not only right behind a write: also while it is polled, read back, or before the next intent.
                await Task.Delay(_random.Next(0, 40));
                if (!process.HasExited)
                {
                    killed++;
                    process.Kill(entireProcessTree: true);
                }

                await process.WaitForExitAsync();
            }

            using Process last = Start(mode);
            string output = await last.StandardOutput.ReadToEndAsync();
            await last.WaitForExitAsync();
            Assert.True(last.ExitCode == 0, output + await last.StandardError.ReadToEndAsync());
            return killed;
        }

        private Process Start(string[] mode)
        {
            string probe = Path.Combine(AppContext.BaseDirectory, "PgSecurity.RepairProbe.dll");
            ProcessStartInfo start = new("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
            string[] arguments = { probe, _address.AbsoluteUri, _fixture.Journals, Repository.In("module", "Controls"), string.Join(",", Controls), _servers };
            foreach (string argument in arguments.Concat(mode))
            {
                start.ArgumentList.Add(argument);
            }

            return Process.Start(start)!;
        }
    }
}
