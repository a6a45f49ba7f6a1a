using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Azure.Appliers;
using PgSecurity.Core.Journal;
using PgSecurity.Core.Remediation.Guards;
using PgSecurity.Core.Remediation.Restores;
using PgSecurity.Core.Remediation.Road;
using PgSecurity.Sandbox;
using PgSecurity.Sandbox.Faults;
using Xunit;

namespace PgSecurity.Azure.Tests.Remediation;

/// <summary>A restore is measured, and what it made is gone afterwards, whatever happened.</summary>
public sealed class RestoreTrialTests
{
    [Fact]
    public async Task It_is_measured_held_against_its_source_and_gone()
    {
        using RoadFixture fixture = Slow();
        RestoreTest test = await RunAsync(fixture, wish => wish with { Rto = TimeSpan.FromHours(4), Rpo = TimeSpan.FromMinutes(15) });

        Assert.True(test.Outcome == Outcome.Pass, test.Reason);
        Assert.InRange(test.RecoveryTime!.Value, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15));
        Assert.InRange(test.RecoveryPointAge!.Value, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        Assert.Equal((true, true, true), (test.MeetsRto, test.MeetsRpo, test.IsCleanedUp));
        Assert.NotNull(test.LastBackup);
        Assert.Equal(["answers", "version", "encryption", "publicAccess", "firewall", "transport", "authentication"], test.Checks.Select(check => check.Name));
        Assert.Null(fixture.Sandbox.Find(test.RestoredServerId));
        Assert.Equal(["PUT", "DELETE"], fixture.Sandbox.Writes.Where(write => write.Path == test.RestoredServerId).Select(write => write.Method));
        Assert.Equal([ChangeStatus.Changed, ChangeStatus.Changed], fixture.Journal().Select(entry => entry.Status));
    }

    [Fact]
    public async Task A_recovery_that_takes_longer_than_allowed_fails()
    {
        using RoadFixture fixture = Slow();
        RestoreTest test = await RunAsync(fixture, wish => wish with { Rto = TimeSpan.FromMinutes(2) });
        Assert.Equal((Outcome.Fail, false, true), (test.Outcome, test.MeetsRto, test.IsCleanedUp));
        Assert.Contains("longer than 00:02:00", test.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_point_that_is_too_new_yet_is_followed_by_an_older_one_and_its_age_counts()
    {
        using RoadFixture fixture = Slow();
        fixture.Sandbox.Faults.Add(new FaultRule
        {
            Kind = FaultKind.FailedOperation, Method = "PUT", Path = "*-rt", Times = 1, Code = "InvalidParameterValue", Message = "The PointInTimeUTC is later than the latest restore point.",
        });
        RestoreTest test = await RunAsync(fixture, wish => wish with { Rpo = TimeSpan.FromMinutes(1) });
        Assert.Equal((Outcome.Fail, false, true), (test.Outcome, test.MeetsRpo, test.IsCleanedUp));
        Assert.True(test.RecoveryPointAge >= TimeSpan.FromMinutes(5), test.Reason);
        Assert.Equal(2, fixture.Sandbox.Writes.Count(write => write.Method == "PUT" && write.Path == test.RestoredServerId));
    }

    [Theory]
    [InlineData(FaultKind.FailedOperation)]
    [InlineData(FaultKind.CanceledOperation)]
    [InlineData(FaultKind.ResetAfterEffect)]
    [InlineData(FaultKind.MalformedJson)]
    [InlineData(FaultKind.Status)]
    public async Task Whatever_goes_wrong_with_the_request_nothing_is_left(FaultKind kind)
    {
        using RoadFixture fixture = Slow();
        fixture.Sandbox.Faults.Add(new FaultRule { Kind = kind, Method = "PUT", Path = "*-rt", Times = 1, Status = 400, Code = "BadRequest", Message = "No." });
        RestoreTest test = await RunAsync(fixture, wish => wish);
        Assert.True(test.IsCleanedUp, test.Reason);
        Assert.Null(fixture.Sandbox.Find(test.RestoredServerId));
        Assert.Equal(test.PointInTime is null ? Outcome.Fail : Outcome.Pass, test.Outcome);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task A_stop_at_any_time_leaves_no_server_and_the_journal_tells_of_both(int waits)
    {
        using RoadFixture fixture = Slow();
        using CancellationTokenSource stop = new();
        int waited = 0;
        fixture.Clock.Meanwhile = () =>
        {
            if (fixture.Sandbox.Writes.Any(write => write.Method == "PUT") && ++waited == waits) stop.Cancel();
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(fixture, wish => wish, stop.Token));

        string restored = Wish(fixture).RestoredId;
        IReadOnlyList<JournalEntry> entries = fixture.Journal();
        Assert.Null(fixture.Sandbox.Find(restored));
        Assert.Equal([ChangeStatus.InDoubt, ChangeStatus.Changed], entries.Select(entry => entry.Status));
        Assert.All(entries, entry => Assert.Equal(restored, entry.TargetId));
    }

    [Fact]
    public async Task A_stop_before_anything_was_sent_waits_for_nothing()
    {
        using RoadFixture fixture = Slow();
        using CancellationTokenSource stop = new();
        stop.Cancel();
        DateTimeOffset before = fixture.Clock.UtcNow;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(fixture, wish => wish, stop.Token));
        Assert.Equal(before, fixture.Clock.UtcNow);
        Assert.Empty(fixture.Journal());
    }

    [Fact]
    public async Task A_server_that_could_not_be_deleted_is_said_and_an_undo_deletes_it()
    {
        using RoadFixture fixture = Slow();
        fixture.Sandbox.Faults.Add(new FaultRule { Kind = FaultKind.Status, Status = 403, Code = "AuthorizationFailed", Message = "No.", Method = "DELETE", Path = "*-rt", Times = 1 });
        RestoreTest test = await RunAsync(fixture, wish => wish);
        Assert.Equal((Outcome.Fail, false), (test.Outcome, test.IsCleanedUp));
        Assert.Contains("still stands", test.Reason, StringComparison.Ordinal);
        Assert.NotNull(fixture.Sandbox.Find(test.RestoredServerId));

        Change deleted = Assert.Single(await fixture.UndoAsync(), change => change.Status == ChangeStatus.Changed);
        Assert.Equal(test.RestoredServerId, deleted.TargetId);
        Assert.Null(fixture.Sandbox.Find(test.RestoredServerId));
    }

    [Fact]
    public async Task Without_consent_nothing_is_tried_and_nothing_is_said_of_the_backups()
    {
        using RoadFixture fixture = Slow();
        RestoreTest test = await RunAsync(fixture, wish => wish, default, Consents.None);
        Assert.Equal((Outcome.Unknown, (DateTimeOffset?)null, true), (test.Outcome, test.StartedAt, test.IsCleanedUp));
        Assert.Contains("-AllowCost", test.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(fixture.Sandbox.Writes, write => write.Method is "PUT" or "DELETE");
    }

    [Theory]
    [InlineData("TLSv1.3", "Ready, TLSv1.3 on port 5432")]
    [InlineData(null, "not looked at on the wire")]
    public async Task It_answers_on_the_wire_or_by_the_service_s_word(string? seen, string observed)
    {
        using RoadFixture fixture = Slow();
        string asked = "";
        RestoreTest test = await RunAsync(fixture, wish => wish with
        {
            Probe = (host, _) =>
            {
                asked = host;
                return Task.FromResult(seen);
            },
        });
        RestoreCheck answers = test.Checks[0];
        Assert.Equal(("answers", Outcome.Pass), (answers.Name, answers.Outcome));
        Assert.Contains(observed, answers.Observed, StringComparison.Ordinal);
        Assert.StartsWith("psql-cards-test-rt.", asked, StringComparison.Ordinal);
    }

    private static RoadFixture Slow() => RoadFixture.OfSampleEstate(new SandboxOptions { Pace = SandboxPace.Manual });

    private static RestoreWish Wish(RoadFixture fixture)
    {
        ServerId server = fixture.Postures.Single(posture => posture.Id.Name == "psql-cards-test").Id;
        return new RestoreWish(server, server.Value + "-rt");
    }

    private static async Task<RestoreTest> RunAsync(RoadFixture fixture, Func<RestoreWish, RestoreWish> with, CancellationToken stop = default, Consents? consents = null)
    {
        using ChangeJournal journal = new(fixture.Journals, Guid.NewGuid().ToString("N"), () => fixture.Clock.UtcNow);
        CollectedPostures postures = new(fixture.Session);
        ChangeRun Run(Consents given) => new(fixture.Service, postures, fixture.Clock, journal, RoadFixture.Options(given));
        RestoreTrial trial = new(fixture.Service, postures, fixture.Clock, Run(consents ?? RoadFixture.Everything), Run(Consents.None), journal);
        return await trial.RunAsync(with(Wish(fixture)), stop);
    }
}
