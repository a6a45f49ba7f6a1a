using System;
using System.Linq;
using Xunit;

namespace PgSecurity.Tests.Commands;

public sealed class RemovePgEntraAdministratorTests(ModuleSession session) : SandboxChanges(session)
{
    private const string Command = "Remove-PgEntraAdministrator -ResourceId $id -JournalPath $journal -PassThru";

    private const string Group = "-ObjectId 9a8b7c6d-5e4f-4a3b-8c2d-1e0f9a8b7c6d -Name grp-payments-dba -TenantId 6b0f8a52-93c4-4e1d-a7f6-1c2d3e4f5a6b";

    [Fact]
    public void One_that_was_added_is_removed_and_comes_back()
    {
        Session.Run("Set-PgAuthentication -ResourceId $id -JournalPath $journal -Entra Enabled -TenantId 6b0f8a52-93c4-4e1d-a7f6-1c2d3e4f5a6b");
        Session.Run($"Add-PgEntraAdministrator -ResourceId $id -JournalPath $journal {Group}");
        Change gone = OneChange($"{Command} -ObjectId 9a8b7c6d-5e4f-4a3b-8c2d-1e0f9a8b7c6d");
        Assert.True(gone.Status == ChangeStatus.Changed, gone.Reason);
        Assert.Equal(ChangeStatus.Changed, OneChange($"Undo-PgSecurityChange {gone.ChangeId} -JournalPath $journal").Status);
    }

    [Fact]
    public void The_last_one_stays_while_passwords_are_off()
    {
        Session.Run("$id = (Get-PgServer -ServerName psql-cards-test).ResourceId");
        string refusal = OneError("Remove-PgEntraAdministrator -ResourceId $id -JournalPath $journal -ObjectId 9a8b7c6d-5e4f-4a3b-8c2d-1e0f9a8b7c6d").ToString();
        Assert.Contains("lastEntraAdministrator", refusal, StringComparison.Ordinal);
    }
}
