using System;
using System.Linq;
using Xunit;

namespace PgSecurity.Tests.Commands;

public sealed class SetPgBackupRetentionTests(ModuleSession session) : SandboxChanges(session)
{
    private const string Command = "Set-PgBackupRetention -ResourceId $id -JournalPath $journal -PassThru";

    [Fact]
    public void It_is_set_once_and_taken_back()
    {
        Change change = OneChange($"{Command} -Days 21");
        Assert.Equal((ChangeStatus.Changed, "backup.backupRetentionDays=7", "backup.backupRetentionDays=21"), (change.Status, change.Before, change.After));
        Assert.Equal(ChangeStatus.AlreadyCompliant, OneChange($"{Command} -Days 21").Status);
        Assert.Equal("backup.backupRetentionDays=7", Assert.Single(UndoAll()).After);
    }

    [Fact]
    public void WhatIf_changes_nothing()
    {
        Assert.Empty(Session.Run($"{Command} -Days 21 -WhatIf"));
        Assert.Empty(Session.Run("Get-PgSecurityChange -JournalPath $journal"));
    }

    [Fact]
    public void Fewer_days_need_consent()
    {
        Session.Run($"{Command} -Days 30");
        Assert.Contains("-AllowRecoveryPointLoss", OneError("Set-PgBackupRetention -ResourceId $id -JournalPath $journal -Days 14").ToString(), StringComparison.Ordinal);
        Assert.Equal(ChangeStatus.Changed, OneChange($"{Command} -Days 14 -AllowRecoveryPointLoss").Status);
    }
}
