using System;
using System.Linq;
using Xunit;

namespace PgSecurity.Tests.Commands;

public sealed class SetPgServerParameterTests(ModuleSession session) : SandboxChanges(session)
{
    private const string Command = "Set-PgServerParameter -ResourceId $id -JournalPath $journal -PassThru";

    [Fact]
    public void It_is_set_once_and_taken_back()
    {
        Change change = OneChange($"{Command} -Name connection_throttle.enable -Value on");
        Assert.Equal((ChangeStatus.Changed, "off", "on"), (change.Status, change.Before, change.After));
        Assert.Equal(ChangeStatus.AlreadyCompliant, OneChange($"{Command} -Name connection_throttle.enable -Value on").Status);
        Assert.Equal("off", Assert.Single(UndoAll()).After);
    }

    [Fact]
    public void WhatIf_changes_nothing()
    {
        Assert.Empty(Session.Run($"{Command} -Name connection_throttle.enable -Value on -WhatIf"));
        Assert.Empty(Session.Run("Get-PgSecurityChange -JournalPath $journal"));
    }

    [Fact]
    public void Members_of_a_list_are_added_and_the_others_stay()
    {
        Change change = OneChange($"{Command} -Name shared_preload_libraries -Add pgaudit");
        Assert.Equal(ChangeStatus.RestartRequired, change.Status);
        Assert.Equal(change.Before + ",pgaudit", change.After);
        Assert.Contains(Changes($"{Command} -Name shared_preload_libraries -Remove pgaudit -AllowRestart"), back => back.After == change.Before);
    }

    [Theory]
    [InlineData("-Name connection_throttle.enable")]
    [InlineData("-Name pgaudit.log -Value all -Add ddl")]
    public void Neither_or_both_are_wrong(string arguments)
    {
        Assert.StartsWith("ArgumentWrong", OneError($"{Command} {arguments}").FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_that_is_not_allowed_is_refused_with_those_that_are() =>
        Assert.Contains("allowed are", OneError("Set-PgServerParameter -ResourceId $id -JournalPath $journal -Name connection_throttle.enable -Value maybe").ToString(), StringComparison.Ordinal);
}
