using System;
using System.Linq;
using Xunit;

namespace PgSecurity.Tests.Commands;

public sealed class SetPgFirewallRuleTests(ModuleSession session) : SandboxChanges(session)
{
    private const string Command = "Set-PgFirewallRule -ResourceId $id -JournalPath $journal -PassThru";

    [Fact]
    public void It_is_set_once_and_taken_back()
    {
        Change change = OneChange($"{Command} -Name branch -StartIpAddress 203.0.113.9");
        Assert.Equal((ChangeStatus.Changed, "(none)", "startIpAddress=203.0.113.9, endIpAddress=203.0.113.9"), (change.Status, change.Before, change.After));
        Assert.Equal(ChangeStatus.AlreadyCompliant, OneChange($"{Command} -Name branch -StartIpAddress 203.0.113.9").Status);
        Assert.Equal("(none)", Assert.Single(UndoAll()).After);
    }

    [Fact]
    public void WhatIf_changes_nothing()
    {
        Assert.Empty(Session.Run($"{Command} -Name branch -StartIpAddress 203.0.113.9 -WhatIf"));
        Assert.Empty(Session.Run("Get-PgSecurityChange -JournalPath $journal"));
    }

    [Theory]
    [InlineData("203.0.113.9", "203.0.113.1")]
    [InlineData("010.0.0.1", "10.0.0.2")]
    [InlineData("2001:db8::1", "2001:db8::2")]
    public void What_is_no_range_is_wrong(string first, string last)
    {
        Assert.StartsWith("ArgumentWrong", OneError($"{Command} -Name branch -StartIpAddress {first} -EndIpAddress {last}").FullyQualifiedErrorId, StringComparison.Ordinal);
    }
}
