using System;
using System.IO;
using System.Linq;
using Xunit;

namespace PgSecurity.Tests.Commands;

public sealed class GetPgSecurityChangeTests(ModuleSession session) : SandboxChanges(session)
{
    [Fact]
    public void A_journal_has_what_was_changed_and_can_be_narrowed()
    {
        Change made = OneChange("Repair-PgSecurityFinding -ResourceId $id -Control LOG-011 -JournalPath $journal");
        Change read = OneChange("Get-PgSecurityChange -JournalPath $journal");
        Assert.Equal((made.ChangeId, made.Before, made.After, made.Status), (read.ChangeId, read.Before, read.After, read.Status));
        Assert.Equal(made.JournalPath, read.JournalPath);
        Assert.Single(Session.Run("Get-PgServer -ServerName psql-basket-prod | Get-PgSecurityChange -JournalPath $journal"));
        Assert.Empty(Session.Run("Get-PgServer -ServerName psql-shop-prod | Get-PgSecurityChange -JournalPath $journal"));
        Assert.Empty(Session.Run("Get-PgSecurityChange -JournalPath $journal -Control NET-001"));
        Assert.Empty(Session.Run("Get-PgSecurityChange -JournalPath $journal -Before '2020-01-01'"));
        Assert.Single(Session.Run($"Get-PgSecurityChange {made.ChangeId} -JournalPath $journal"));
    }

    [Fact]
    public void A_torn_line_is_a_warning_and_the_change_is_settled()
    {
        Change made = OneChange("Repair-PgSecurityFinding -ResourceId $id -Control LOG-011 -JournalPath $journal");
        string[] lines = File.ReadAllLines(made.JournalPath);
        File.WriteAllText(made.JournalPath, string.Join("\n", lines[..^1]) + "\n" + lines[^1][..30]);

        Assert.Equal(ChangeStatus.InDoubt, OneChange("Get-PgSecurityChange -JournalPath $journal").Status);
        Assert.Contains("torn", Assert.Single(Session.Warnings), StringComparison.Ordinal);
        Assert.Equal(ChangeStatus.Changed, OneChange("Get-PgSecurityChange -JournalPath $journal -InDoubt").Status);
        Assert.Equal(ChangeStatus.Changed, OneChange("Get-PgSecurityChange -JournalPath $journal").Status);
    }

    [Fact]
    public void No_journal_is_no_change() => Assert.Empty(Changes("Get-PgSecurityChange -JournalPath $journal"));
}
