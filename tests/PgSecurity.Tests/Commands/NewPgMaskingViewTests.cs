using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using PgSecurity.Database.Tests.Masking;
using PgSecurity.Tests.Masking;
using PgSecurity.Database.Tests.Lab;
using Xunit;

namespace PgSecurity.Tests.Commands;

[Collection(DumpLabCollection.Name)]
public sealed class NewPgMaskingViewTests(ModuleSession session, DumpLab lab) : LiveCommandTests(session, lab), IClassFixture<ModuleSession>
{
    [PostgresFact]
    public void Every_sensitive_table_of_the_plan_gets_a_view_that_is_proved()
    {
        IReadOnlyList<MaskingChange> changes = Session.RunClean<MaskingChange>($"New-PgMaskingView {At} -Plan shop.json -Reader analyst -RevokeTable");
        Assert.Equal(["mask.customer", "mask.hr_employee", "mask.visit"], changes.Select(change => change.Target).Order(StringComparer.Ordinal));
        Assert.All(changes, change => Assert.Equal(("Changed", 0L), (change.Status, change.RowsEqual!.Value)));
        Assert.NotEmpty(Session.Warnings);
        Assert.All(Session.Warnings, warning => Assert.StartsWith("NOT MASKED", warning, StringComparison.Ordinal));
        Assert.Equal(["AlreadyCompliant"], Session.RunClean<MaskingChange>($"New-PgMaskingView {At} -Plan shop.json").Select(change => change.Status).Distinct());
    }

    [PostgresFact]
    public void WhatIf_changes_nothing()
    {
        string before = Everything();
        Assert.Empty(Session.RunClean<MaskingChange>($"New-PgMaskingView {At} -Plan shop.json -Reader analyst -WhatIf"));
        Assert.Equal(before, Everything());
    }

    [PostgresFact]
    public async Task Undo_brings_back_what_was_there()
    {
        string before = Everything();
        MaskingChange change = Session.RunClean<MaskingChange>($"New-PgMaskingView {At} -Plan shop.json -Table customer").Single();
        Assert.NotEqual(before, Everything());
        await Lab.Cluster.RunSqlAsync("shop", string.Join(";\n", change.UndoSql));
        Assert.Equal(before, Everything());
    }

    [PostgresTheory]
    [InlineData("-Table nowhere", "TableNotFound")]
    [InlineData("-Table customer -ViewSchema public", "NameTaken")]
    public void What_cannot_be_made_is_refused(string arguments, string id) => Refused($"New-PgMaskingView {At} -Plan shop.json {arguments}", id);

    [PostgresFact]
    public void A_column_that_nobody_decided_about_stops_it()
    {
        Folder.Write("part.json", MaskingLab.PlanText("\"phone\""));
        Assert.Contains("public.customer.phone", Refused($"New-PgMaskingView {At} -Plan part.json -Table customer", "PlanIncomplete").ToString(), StringComparison.Ordinal);
    }
}
