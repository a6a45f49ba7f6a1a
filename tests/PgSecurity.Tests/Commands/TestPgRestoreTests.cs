using System;
using System.Linq;
using System.Management.Automation;
using Xunit;

namespace PgSecurity.Tests.Commands;

public sealed class TestPgRestoreTests(ModuleSession session) : SandboxChanges(session)
{
    [Fact]
    public void A_restore_is_measured_and_gone_and_the_journal_tells_of_both()
    {
        RestoreTest test = Assert.Single(Session.RunClean<RestoreTest>("Get-PgServer psql-cards-test | Test-PgRestore -AllowCost -Rto 04:00:00 -Rpo 00:15:00 -JournalPath $journal"));
        Assert.Equal((Outcome.Pass, "", true, true, true), (test.Outcome, test.Reason, test.MeetsRto, test.MeetsRpo, test.IsCleanedUp));
        Assert.Contains(test.Checks, check => check is { Name: "encryption", Outcome: Outcome.Pass } && check.Observed.Contains("key-cards-test", StringComparison.Ordinal));
        Assert.Empty(Session.Run("Get-PgServer psql-cards-test-rt-*"));
        Assert.Equal(["(none)", "West Europe, Standard_D4ds_v5, Ready"], Session.RunClean<Change>("Get-PgSecurityChange -JournalPath $journal").Select(change => change.Before));
        Assert.Empty(UndoAll());
    }

    [Theory]
    [InlineData("psql-cards-test", "", "-AllowCost")]
    [InlineData("psql-ledger-prod-ne", "-AllowCost", "replica has no backups")]
    public void What_is_not_tried_is_unknown_and_an_error(string server, string parameters, string reason)
    {
        RestoreTest test = Assert.IsType<RestoreTest>(Assert.Single(Session.Run($"Get-PgServer {server} | Test-PgRestore {parameters} -JournalPath $journal")).BaseObject);
        Assert.Equal((Outcome.Unknown, (bool?)null, true), (test.Outcome, test.MeetsRto, test.IsCleanedUp));
        ErrorRecord error = Assert.Single(Session.Errors);
        Assert.StartsWith("RestoreNotTried", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(reason, error.ToString(), StringComparison.Ordinal);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
        Assert.Empty(Session.Run("Get-PgSecurityChange -JournalPath $journal"));
    }

    [Fact]
    public void Several_servers_at_once_and_a_point_of_one_s_own()
    {
        RestoreTest[] tests = Session.RunClean<RestoreTest>(
            "Get-PgServer psql-cards-test, psql-basket-prod, wingtip-main | Test-PgRestore -AllowCost -PointInTime '2026-11-20T12:00:00Z' -Rpo 01:00:00 -JournalPath $journal").ToArray();
        Assert.Equal(["psql-basket-prod", "psql-cards-test", "wingtip-main"], tests.Select(test => test.ServerName).Order(StringComparer.Ordinal));
        Assert.All(tests, test => Assert.Equal((Outcome.Fail, false, true), (test.Outcome, test.MeetsRpo, test.IsCleanedUp)));
        Assert.All(tests, test => Assert.Equal(new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero), test.PointInTime!.Value.ToUniversalTime()));
    }

    [Fact]
    public void WhatIf_makes_nothing()
    {
        Assert.Empty(Session.Run("Get-PgServer psql-cards-test | Test-PgRestore -AllowCost -JournalPath $journal -WhatIf"));
        Assert.Empty(Session.Errors);
        Assert.Empty(Session.Run("Get-PgSecurityChange -JournalPath $journal"));
    }

    [Fact]
    public void A_time_of_nothing_is_one_error() =>
        Assert.StartsWith("ArgumentWrong", OneError("Test-PgRestore -ResourceId $id -Rto 00:00:00").FullyQualifiedErrorId, StringComparison.Ordinal);
}
