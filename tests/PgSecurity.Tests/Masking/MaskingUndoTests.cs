using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using PgSecurity.Database.Tests.Lab;
using PgSecurity.Database.Tests.Masking;
using Xunit;

namespace PgSecurity.Tests.Masking;

/// <summary>Masks in the journal of every change: taken back by it, settled by it, refused where somebody changed them since.</summary>
[Collection(DumpLabCollection.Name)]
public sealed class MaskingUndoTests(ModuleSession session, DumpLab lab) : LiveCommandTests(session, lab), IClassFixture<ModuleSession>
{
    private const string Undo = "Undo-PgSecurityChange -JournalPath journal -Credential $credential -RootCertificate $roots";
    private const string Wrapper = "New-PgMaskingDataWrapper localhost reporting -Credential $credential -Name shop -Plan shop.json -ForeignServer localhost -ForeignPort $port -ForeignDatabase shop -ForeignCredential $credential -Table customer -ForeignRootCertificate $roots";

    [PostgresFact]
    public void Views_are_taken_back_by_the_changes_of_the_pipeline()
    {
        string before = Everything();
        IReadOnlyList<MaskingChange> made = Session.RunClean<MaskingChange>($"$made = New-PgMaskingView {At} -Plan shop.json; $made");
        Assert.All(made, change => Assert.NotEmpty(change.ChangeId));
        IReadOnlyList<Change> known = Session.RunClean<Change>("Get-PgSecurityChange -JournalPath journal");
        Assert.Equal(made.Select(change => change.ChangeId), known.Select(change => change.ChangeId));
        Assert.All(known, change => Assert.Equal((ChangeStatus.Changed, ChangeClass.Reversible), (change.Status, change.Class)));
        Assert.Contains("masking view mask.customer in shop", known.Select(change => change.Step));

        IReadOnlyList<Change> back = Session.RunClean<Change>($"$made | {Undo}");

        Assert.All(back, change => Assert.Equal((ChangeStatus.Changed, ""), (change.Status, change.Reason)));
        Assert.Equal(before, Everything());
        Assert.All(Session.RunClean<Change>($"$made | {Undo}"), change => Assert.Equal(ChangeStatus.AlreadyCompliant, change.Status));
    }

    [PostgresFact]
    public async Task A_view_that_somebody_changed_since_stays_unless_forced()
    {
        Session.RunClean<MaskingChange>($"$made = New-PgMaskingView {At} -Plan shop.json -Table customer; $made");
        await Lab.Cluster.RunSqlAsync("shop", "grant select on mask.customer to analyst");

        Assert.StartsWith("Somebody changed it since", Session.RunClean<Change>($"$made | {Undo}").Single().Reason, StringComparison.Ordinal);
        Assert.Contains("-AllowOneWay", Session.RunClean<Change>($"$made | {Undo} -Force").Single().Reason, StringComparison.Ordinal);
        Assert.Equal((ChangeStatus.Changed, ChangeClass.OneWay), Session.RunClean<Change>($"$made | {Undo} -Force -AllowOneWay").Select(change => (change.Status, change.Class)).Single());
        Assert.Equal("0", Lab.Read("select count(*) from pg_class where relname = 'customer' and relkind = 'v'", "shop").Single());
    }

    [PostgresFact]
    public void A_right_that_a_view_took_is_given_back()
    {
        const string Right = "select has_table_privilege('public', 'public.customer', 'SELECT')";
        Lab.Cluster.RunSqlAsync("shop", "grant select on public.customer to public").GetAwaiter().GetResult();
        Session.RunClean<MaskingChange>($"$made = New-PgMaskingView {At} -Plan shop.json -Table customer -Reader analyst -RevokeTable; $made");
        Assert.Equal("False", Lab.Read(Right, "shop").Single());

        Assert.Equal(ChangeStatus.Changed, Session.RunClean<Change>($"$made | {Undo}").Single().Status);
        Assert.Equal("True", Lab.Read(Right, "shop").Single());
    }

    [PostgresFact]
    public void A_data_wrapper_is_one_change_and_its_password_is_nowhere()
    {
        IReadOnlyList<MaskingChange> made = Session.RunClean<MaskingChange>($"$made = {Wrapper} -Reader analyst; $made");
        Assert.Single(made.Select(change => change.ChangeId).Distinct());
        string journal = File.ReadAllText(Directory.GetFiles(Path.Combine(Folder.FullPath, "journal")).Single());
        Assert.Contains("create user mapping", journal, StringComparison.Ordinal);
        Assert.DoesNotContain(Lab.Cluster.Password, journal, StringComparison.Ordinal);

        Change back = Session.RunClean<Change>($"$made | {Undo}").Single();

        Assert.Equal((ChangeStatus.Changed, ChangeClass.WithSecret, ""), (back.Status, back.Class, back.Reason));
        Change again = Session.RunClean<Change>($"Undo-PgSecurityChange {back.ChangeId} -JournalPath journal -Credential $credential -RootCertificate $roots -WarningAction SilentlyContinue").Single();
        Assert.Equal(ChangeStatus.Skipped, again.Status);
        Assert.Contains("hold a secret, which the journal leaves out", again.Reason, StringComparison.Ordinal);
        string streams = Session.Shown($"{Wrapper} -Verbose -Debug");
        Assert.Contains("DataWrapper", streams, StringComparison.Ordinal);
        Assert.DoesNotContain(Lab.Cluster.Password, streams, StringComparison.Ordinal);
        Session.RunClean<Change>($"Get-PgSecurityChange -JournalPath journal -Status Changed | {Undo}");
        Assert.Equal("0", Lab.Read("select count(*) from pg_foreign_server", "reporting").Single());
        Assert.Equal("0", Lab.Read("select count(*) from pg_namespace where nspname in ('mask', 'shop_raw')", "reporting").Single());
    }

    [PostgresFact]
    public void Static_masking_is_one_way_and_the_undo_says_so()
    {
        Session.RunClean<MaskingChange>($"$made = Invoke-PgStaticMasking {At} -Plan shop.json -ServerFile server.json -Confirm:$false; $made");
        Change known = Session.RunClean<Change>("Get-PgSecurityChange -JournalPath journal").Single();
        Assert.Equal((ChangeStatus.Changed, ChangeClass.OneWay), (known.Status, known.Class));
        string masked = Everything();

        Change back = Session.RunClean<Change>($"$made | {Undo}").Single();

        Assert.Equal(ChangeStatus.Skipped, back.Status);
        Assert.Contains("only a backup has them", back.Reason, StringComparison.Ordinal);
        Assert.Equal(masked, Everything());
    }

    [PostgresTheory]
    [InlineData("New-PgMaskingView localhost shop -Credential $credential -Plan shop.json -Table customer")]
    [InlineData("Invoke-PgStaticMasking localhost shop -Credential $credential -Plan shop.json -ServerFile server.json -Confirm:$false")]
    public void A_change_whose_result_was_lost_is_settled_by_the_database(string script)
    {
        Session.Run(script);
        string journal = Directory.GetFiles(Path.Combine(Folder.FullPath, "journal")).Single();
        File.WriteAllLines(journal, File.ReadAllLines(journal).Where(line => !line.Contains("\"event\":\"result\"", StringComparison.Ordinal)));
        Assert.Equal(ChangeStatus.InDoubt, Session.RunClean<Change>("Get-PgSecurityChange -JournalPath journal").Single().Status);

        Change settled = Session.RunClean<Change>("Get-PgSecurityChange -JournalPath journal -InDoubt -Credential $credential -RootCertificate $roots").Single();

        Assert.Equal(ChangeStatus.Changed, settled.Status);
        Assert.Equal(ChangeStatus.Changed, Session.RunClean<Change>("Get-PgSecurityChange -JournalPath journal").Single().Status);
    }

    [PostgresFact]
    public void Without_a_journal_nothing_is_changed()
    {
        Folder.Write("file", "not a folder");
        ErrorRecord error = Refused($"New-PgMaskingView {At} -Plan shop.json -Table customer -JournalPath file", "JournalNotWritten");
        Assert.Contains("Nothing was changed", error.ToString(), StringComparison.Ordinal);
    }

    [PostgresFact]
    public void What_changes_nothing_leaves_no_journal()
    {
        Session.Run($"New-PgMaskingView {At} -Plan shop.json -Table nowhere");
        Session.Run($"New-PgMaskingView {At} -Plan shop.json -WhatIf");
        Assert.False(Directory.Exists(Path.Combine(Folder.FullPath, "journal")));
    }
}
