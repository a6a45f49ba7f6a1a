using System;
using System.Linq;
using Xunit;

namespace PgSecurity.Tests.Commands;

public sealed class UndoPgSecurityChangeTests(ModuleSession session) : SandboxChanges(session)
{
    private const string Undo = "Undo-PgSecurityChange -JournalPath $journal";

    [Fact]
    public void A_change_of_the_pipeline_is_taken_back()
    {
        Change back = OneChange($"Repair-PgSecurityFinding -ResourceId $id -Control LOG-011 -JournalPath $journal | {Undo}");
        Assert.Equal((ChangeStatus.Changed, "on", "off"), (back.Status, back.Before, back.After));
        Assert.NotEmpty(back.Undoes);
        Assert.Single(Session.RunClean<Finding>("Get-PgSecurityFinding -ResourceId $id -Control LOG-011"));
    }

    [Fact]
    public void A_run_and_a_server_since_a_time_are_taken_back()
    {
        Change made = OneChange("Repair-PgSecurityFinding -ResourceId $id -Control LOG-011 -JournalPath $journal");
        Assert.Equal(ChangeStatus.Changed, OneChange($"{Undo} -RunId {made.RunId}").Status);
        Session.Run("Repair-PgSecurityFinding -ResourceId $id -Control LOG-013 -JournalPath $journal");
        Assert.Contains(Changes($"{Undo} -ResourceId $id -After '2020-01-01'"), change => change.Status == ChangeStatus.Changed);
    }

    [Fact]
    public void A_change_and_its_undo_that_are_selected_together_stay_as_they_are()
    {
        const string Everything = "Get-PgSecurityChange -JournalPath $journal -Status Changed | " + Undo + " -Verbose";
        Change made = OneChange("Repair-PgSecurityFinding -ResourceId $id -Control LOG-011 -JournalPath $journal");
        Change undone = OneChange($"{Undo} {made.ChangeId}");

        Assert.Empty(Changes(Everything));

        Assert.Contains(Session.Verbose, line => line.Contains(made.ChangeId, StringComparison.Ordinal) && line.Contains(undone.ChangeId, StringComparison.Ordinal));
        Assert.Equal(2, Session.Run("Get-PgSecurityChange -JournalPath $journal").Count);

        // Taken back twice it is made again: then it is the change itself that is left to take back.
        Change again = OneChange($"{Undo} {undone.ChangeId}");
        Assert.Equal("on", again.After);
        Change last = OneChange(Everything);
        Assert.Equal((made.ChangeId, ChangeStatus.Changed, "off"), (last.Undoes, last.Status, last.After));
    }

    [Fact]
    public void A_plan_sends_nothing()
    {
        Change made = OneChange("Repair-PgSecurityFinding -ResourceId $id -Control LOG-011 -JournalPath $journal");
        PlannedChange planned = Assert.Single(Session.RunClean<PlannedChange>($"{Undo} -RunId {made.RunId} -PlanOnly"));
        Assert.Equal(("on", "off", true), (planned.From, planned.To, planned.WillApply));
        Assert.Single(Session.Run("Get-PgSecurityChange -JournalPath $journal"));
    }

    [Fact]
    public void What_the_journals_do_not_have_is_an_error() =>
        Assert.StartsWith("ChangeNotFound", OneError($"{Undo} nonsense").FullyQualifiedErrorId, StringComparison.Ordinal);

    [Fact]
    public void Passwords_come_back_with_a_new_password_that_is_written_nowhere()
    {
        Session.Run("$id = (Get-PgServer -ServerName psql-catalog-prod).ResourceId");
        Change off = OneChange("Repair-PgSecurityFinding -ResourceId $id -Control IDN-002 -AllowConnectivityLoss -JournalPath $journal");
        Assert.True(off.Status == ChangeStatus.Changed, off.Reason);
        Assert.Contains("-AdministratorPassword", OneChange($"{Undo} {off.ChangeId}").Reason, StringComparison.Ordinal);
        Session.Run("$secret = [System.Security.SecureString]::new(); 'Correct-Horse-7-Battery'.ToCharArray() | ForEach-Object { $secret.AppendChar($_) }");
        Assert.Equal(ChangeStatus.Changed, OneChange($"{Undo} {off.ChangeId} -AdministratorPassword $secret").Status);
        Assert.All(
            System.IO.Directory.GetFiles(Folder.FullPath),
            path => Assert.DoesNotContain("Correct-Horse", System.IO.File.ReadAllText(path), StringComparison.Ordinal));
    }
}
