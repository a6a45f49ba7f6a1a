using System;
using System.Linq;
using Xunit;

namespace PgSecurity.Tests.Commands;

public sealed class SetPgThreatProtectionTests(ModuleSession session) : SandboxChanges(session)
{
    private const string Command = "Set-PgThreatProtection -ResourceId $id -JournalPath $journal -PassThru";

    [Fact]
    public void It_is_set_once_and_taken_back()
    {
        Change change = OneChange($"{Command} -State Enabled -AllowCost");
        Assert.Equal((ChangeStatus.Changed, "state=Disabled", "state=Enabled"), (change.Status, change.Before, change.After));
        Assert.Equal(ChangeStatus.AlreadyCompliant, OneChange($"{Command} -State Enabled -AllowCost").Status);
        Assert.Equal("state=Disabled", Assert.Single(UndoAll()).After);
    }

    [Fact]
    public void Without_consent_it_is_refused_and_WhatIf_changes_nothing()
    {
        Assert.StartsWith("ChangeRefused", OneError("Set-PgThreatProtection -ResourceId $id -JournalPath $journal -State Enabled").FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("-AllowCost", Session.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Empty(Session.Run($"{Command} -State Enabled -AllowCost -WhatIf"));
        Assert.Empty(Session.Run("Get-PgSecurityChange -JournalPath $journal"));
    }
}
