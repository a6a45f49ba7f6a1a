using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using PgSecurity.Core.Journal;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation.Planning;
using PgSecurity.Core.Remediation.Road;
using PgSecurity.Core.Remediation.Targets;
using PgSecurity.Sandbox;
using PgSecurity.Sandbox.Faults;
using Xunit;

namespace PgSecurity.Azure.Tests.Remediation;

/// <summary>Somebody else writes between a reading and a write, or after it: what the road does, at each of the places where it can tell.</summary>
public sealed class OthersMeanwhileTests
{
    private const string Libraries = "shared_preload_libraries";

    [Fact]
    public async Task An_addition_to_a_list_goes_on_from_what_somebody_else_added_meanwhile()
    {
        using RoadFixture fixture = Busy(out string list, theirs: "pg_cron,timescaledb");

        Change change = (await fixture.ChangeAsync(RoadFixture.Everything, Library(fixture, "pgaudit")))[0];

        Assert.Equal((ChangeStatus.Changed, "pg_cron,timescaledb", "pg_cron,timescaledb,pgaudit"), (change.Status, change.Before, change.After));
        Assert.Equal([ChangeStatus.Failed, ChangeStatus.Changed], fixture.Journal().Where(entry => entry.TargetName == Libraries).Select(entry => entry.Status));
        await fixture.UndoAsync();
        Assert.Equal("pg_cron,timescaledb", ValueOf(fixture, list));
    }

    [Theory]
    [InlineData("timescaledb")]
    [InlineData("")]
    public async Task A_list_that_somebody_else_shortened_meanwhile_is_left_as_they_set_it(string theirs)
    {
        using RoadFixture fixture = Busy(out string list, theirs);

        Change change = (await fixture.ChangeAsync(RoadFixture.Everything, Library(fixture, "pgaudit")))[0];

        Assert.Equal(ChangeStatus.Failed, change.Status);
        Assert.Contains("Somebody else changed it meanwhile", change.Reason, StringComparison.Ordinal);
        Assert.Equal(theirs, ValueOf(fixture, list));
    }

    [Fact]
    public async Task An_addition_that_is_gone_when_the_server_is_done_is_told_and_journaled_as_failed()
    {
        using RoadFixture fixture = Estate();
        string list = IdOf(fixture);
        ParameterChange later = ParameterChange.Set(fixture.Postures[0].Id, "log_lock_waits", "off");

        IReadOnlyList<Change> changes = await AskedAsync(fixture, [Library(fixture, "pgaudit"), later], planned =>
        {
            if (planned.TargetId == later.Id) Set(fixture, list, "pg_cron,timescaledb");
        });

        Assert.Equal([ChangeStatus.Failed, ChangeStatus.Changed], changes.Select(change => change.Status));
        Assert.Contains("is gone: the value is pg_cron,timescaledb", changes[0].Reason, StringComparison.Ordinal);
        JournalEntry entry = fixture.Journal().Single(entry => entry.TargetName == Libraries);
        Assert.Equal((ChangeStatus.Failed, "pg_cron,timescaledb"), (entry.Status, entry.After));
    }

    [Theory]
    [InlineData("timescaledb", ChangeStatus.Skipped)]
    [InlineData("pg_cron", ChangeStatus.RestartRequired)]
    public async Task What_changed_while_a_question_stood_open_is_not_overwritten(string theirs, ChangeStatus expected)
    {
        using RoadFixture fixture = Estate();
        string list = IdOf(fixture);

        Change change = (await AskedAsync(fixture, [ParameterChange.Set(fixture.Postures[0].Id, Libraries, "pgaudit")], _ =>
        {
            fixture.Sandbox.Clock.Advance(TimeSpan.FromMinutes(1));
            Set(fixture, list, theirs);
        }))[0];

        Assert.Equal(expected, change.Status);
        if (expected != ChangeStatus.Skipped) return;
        Assert.Contains("While the question was open it was changed from pg_cron to timescaledb", change.Reason, StringComparison.Ordinal);
        Assert.Empty(fixture.Sandbox.Writes);
        Assert.Empty(fixture.Journal());
    }

    private static RoadFixture Estate() => new([OneServer.Posture("""{ "parameters": { "shared_preload_libraries": "pg_cron", "log_lock_waits": "on" } }""")]);

    /// <summary>A server that is busy for the first write, during which somebody else sets the list.</summary>
    private static RoadFixture Busy(out string list, string theirs)
    {
        RoadFixture fixture = new([OneServer.Posture("""{ "parameters": { "shared_preload_libraries": "pg_cron" } }""")], new SandboxOptions { Pace = SandboxPace.Manual });
        string id = list = IdOf(fixture);
        fixture.Sandbox.Faults.Add(new FaultRule { Kind = FaultKind.FailedOperation, Method = "PATCH", Path = "*/configurations/*", Code = "ServerBusy", Message = "busy", Times = 1 });
        bool isSet = false;
        fixture.Clock.BeforeWaiting = () =>
        {
            if (!isSet) Set(fixture, id, theirs);
            isSet = true;
        };
        return fixture;
    }

    private static Task<IReadOnlyList<Change>> AskedAsync(RoadFixture fixture, IReadOnlyList<ParameterChange> changes, Action<PlannedChange> asked)
    {
        ChangeRequest request = new(fixture.Postures[0].Id, [FacetTypes.Configurations], _ => changes.Select(change => new ChangeItem(change, [])).ToList());
        return fixture.RunAsync([request], RoadFixture.Options(Core.Remediation.Guards.Consents.None) with
        {
            Confirm = planned =>
            {
                asked(planned);
                return true;
            },
        });
    }

    private static ParameterChange Library(RoadFixture fixture, string name) => ParameterChange.List(fixture.Postures[0].Id, Libraries, [name], add: true);

    private static string IdOf(RoadFixture fixture) => $"{fixture.Postures[0].Id.Value}/configurations/{Libraries}";

    private static string ValueOf(RoadFixture fixture, string id) => ParameterChange.Property(fixture.Sandbox.Find(id), "value");

    private static void Set(RoadFixture fixture, string id, string value) => fixture.Sandbox.Edit(id, parameter => parameter["properties"]!["value"] = value);
}
