using System;
using System.Linq;
using Xunit;

namespace PgSecurity.Tests.Commands;

public sealed class SetPgServerLockTests(ModuleSession session) : SandboxChanges(session)
{
    private const string Command = "Set-PgServerLock -ResourceId $id -JournalPath $journal -PassThru";

    [Fact]
    public void It_is_set_once_and_taken_back()
    {
        Change change = OneChange($"{Command} -Level CanNotDelete -Notes kept");
        Assert.Equal((ChangeStatus.Changed, "(none)", "level=CanNotDelete, notes=kept"), (change.Status, change.Before, change.After));
        Assert.Equal(ChangeStatus.AlreadyCompliant, OneChange($"{Command} -Level CanNotDelete -Notes kept").Status);
        Assert.Equal("(none)", Assert.Single(UndoAll()).After);
    }

    [Fact]
    public void WhatIf_changes_nothing()
    {
        Assert.Empty(Session.Run($"{Command} -Level CanNotDelete -Notes kept -WhatIf"));
        Assert.Empty(Session.Run("Get-PgSecurityChange -JournalPath $journal"));
    }
}
