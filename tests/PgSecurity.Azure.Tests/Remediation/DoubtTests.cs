using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Journal;
using PgSecurity.Core.Remediation.Service;
using PgSecurity.Core.Remediation.Undo;
using Xunit;

namespace PgSecurity.Azure.Tests.Remediation;

/// <summary>Changes of which a journal has the intent and not the result.</summary>
public sealed class DoubtTests
{
    [Fact]
    public async Task A_change_whose_result_was_lost_is_settled_by_reading_the_server()
    {
        using RoadFixture fixture = new(new[] { OneServer.Posture("""{ "parameters": { "connection_throttle.enable": "off" } }""") });
        Change made = Assert.Single(await fixture.RepairAsync(RoadFixture.Controls(ControlSettings.None, "LOG-011")));
        string path = made.JournalPath;
        string[] lines = File.ReadAllLines(path);
        File.WriteAllText(path, string.Join("\n", lines.Take(lines.Length - 1)) + "\n" + lines[^1][..20]);

        JournalEntry lost = Assert.Single(fixture.Journal());
        Assert.Equal(ChangeStatus.InDoubt, lost.Status);
        Change settled = await DoubtSettler.SettleAsync(lost, fixture.Service, fixture.Clock, CancellationToken.None);

        Assert.Equal(ChangeStatus.Changed, settled.Status);
        Assert.Equal(ChangeStatus.Changed, Assert.Single(fixture.Journal()).Status);
    }

    [Fact]
    public async Task What_was_sent_right_before_a_run_ended_is_in_doubt_for_as_long_as_an_operation_may_take()
    {
        using RoadFixture fixture = new(new[] { OneServer.Posture("""{ "parameters": { "connection_throttle.enable": "off" } }""") });
        Change made = Assert.Single(await fixture.RepairAsync(RoadFixture.Controls(ControlSettings.None, "LOG-011")));
        string[] lines = File.ReadAllLines(made.JournalPath);
        Assert.Contains("\"event\":\"attempt\"", lines[^2], StringComparison.Ordinal);
        File.WriteAllLines(made.JournalPath, lines[..^1]);
        SetThrottle(fixture, made, "off");

        Change early = await SettleAsync(fixture, TimeSpan.FromSeconds(1));
        Assert.Equal(ChangeStatus.InDoubt, early.Status);
        Assert.Contains("Look again later", early.Reason, StringComparison.Ordinal);
        Assert.Equal(ChangeStatus.InDoubt, Assert.Single(fixture.Journal()).Status);

        SetThrottle(fixture, made, "on");
        Assert.Equal(ChangeStatus.Changed, (await SettleAsync(fixture, TimeSpan.FromSeconds(2))).Status);
    }

    [Theory]
    [InlineData(1, 31)]
    [InlineData(2, 0)]
    public async Task What_was_never_sent_or_did_not_come_in_half_an_hour_had_no_effect(int linesLost, int minutes)
    {
        using RoadFixture fixture = new(new[] { OneServer.Posture("""{ "parameters": { "connection_throttle.enable": "off" } }""") });
        Change made = Assert.Single(await fixture.RepairAsync(RoadFixture.Controls(ControlSettings.None, "LOG-011")));
        File.WriteAllLines(made.JournalPath, File.ReadAllLines(made.JournalPath)[..^linesLost]);
        SetThrottle(fixture, made, "off");

        Change settled = await SettleAsync(fixture, TimeSpan.FromMinutes(minutes));
        Assert.Equal(ChangeStatus.Failed, settled.Status);
        Assert.Contains("had no effect", settled.Reason, StringComparison.Ordinal);
    }

    private static void SetThrottle(RoadFixture fixture, Change change, string value) =>
        fixture.Sandbox.Edit(change.TargetId, parameter => parameter["properties"]!["value"] = value);

    private static Task<Change> SettleAsync(RoadFixture fixture, TimeSpan later)
    {
        JournalEntry entry = Assert.Single(fixture.Journal());
        return DoubtSettler.SettleAsync(entry, fixture.Service, new ClockAt(entry.Time + later), CancellationToken.None);
    }

    private sealed class ClockAt(DateTimeOffset now) : IRoadClock
    {
        public DateTimeOffset UtcNow => now;

        public Task DelayAsync(TimeSpan time, CancellationToken stop) => Task.CompletedTask;
    }
}
