using System;
using System.Linq;
using Xunit;

namespace PgSecurity.Tests.Commands;

public sealed class AddPgEntraAdministratorTests(ModuleSession session) : SandboxChanges(session)
{
    private const string Command = "Add-PgEntraAdministrator -ResourceId $id -JournalPath $journal -PassThru";

    private const string Group = "-ObjectId 9a8b7c6d-5e4f-4a3b-8c2d-1e0f9a8b7c6d -Name grp-payments-dba -TenantId 6b0f8a52-93c4-4e1d-a7f6-1c2d3e4f5a6b";

    [Fact]
    public void A_group_is_added_once_Entra_is_on()
    {
        Assert.Contains("Entra authentication is not on", OneError($"Add-PgEntraAdministrator -ResourceId $id -JournalPath $journal {Group}").ToString(), StringComparison.Ordinal);
        Session.Run("Set-PgAuthentication -ResourceId $id -JournalPath $journal -Entra Enabled -TenantId 6b0f8a52-93c4-4e1d-a7f6-1c2d3e4f5a6b");
        Change added = OneChange($"{Command} {Group}");
        Assert.True(added.Status == ChangeStatus.Changed, added.Reason);
        Assert.Equal(ChangeStatus.AlreadyCompliant, OneChange($"{Command} {Group}").Status);
    }
}
