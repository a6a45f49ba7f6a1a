using System;
using System.Linq;
using Xunit;

namespace PgSecurity.Tests.Commands;

public sealed class SetPgHighAvailabilityTests(ModuleSession session) : SandboxChanges(session)
{
    private const string Command = "Set-PgHighAvailability -ResourceId $id -JournalPath $journal -PassThru";

    [Fact]
    public void It_is_set_once_and_taken_back()
    {
        Change change = OneChange($"{Command} -Mode ZoneRedundant -AllowCost");
        Assert.Equal((ChangeStatus.Changed, "highAvailability.mode=Disabled", "highAvailability.mode=ZoneRedundant"), (change.Status, change.Before, change.After));
        Assert.Equal(ChangeStatus.AlreadyCompliant, OneChange($"{Command} -Mode ZoneRedundant -AllowCost").Status);
        Assert.Equal("highAvailability.mode=Disabled", Assert.Single(UndoAll()).After);
    }

    [Fact]
    public void Without_consent_it_is_refused_and_WhatIf_changes_nothing()
    {
        Assert.StartsWith("ChangeRefused", OneError("Set-PgHighAvailability -ResourceId $id -JournalPath $journal -Mode ZoneRedundant").FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("-AllowCost", Session.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Empty(Session.Run($"{Command} -Mode ZoneRedundant -AllowCost -WhatIf"));
        Assert.Empty(Session.Run("Get-PgSecurityChange -JournalPath $journal"));
    }

    [Fact]
    public void With_NoWait_it_is_left_to_Azure_and_undone_when_it_is_settled()
    {
        Change left = OneChange($"{Command} -Mode ZoneRedundant -AllowCost -NoWait");
        Assert.Equal((ChangeStatus.InDoubt, "highAvailability.mode=Disabled"), (left.Status, left.Before));
        Assert.Contains("Get-PgSecurityChange -InDoubt", left.Reason, StringComparison.Ordinal);
        Change settled = Enumerable.Range(0, 150).Select(_ => OneChange("Get-PgSecurityChange -InDoubt -JournalPath $journal")).First(change => change.Status != ChangeStatus.InDoubt);
        Assert.Equal((ChangeStatus.Changed, "highAvailability.mode=ZoneRedundant"), (settled.Status, settled.After));
        Assert.Equal("highAvailability.mode=Disabled", Assert.Single(UndoAll()).After);
    }
}
