using System;
using System.Linq;
using Xunit;

namespace PgSecurity.Tests.Commands;

public sealed class RemovePgFirewallRuleTests(ModuleSession session) : SandboxChanges(session)
{
    private const string Command = "Remove-PgFirewallRule -ResourceId $id -JournalPath $journal -PassThru";

    [Fact]
    public void Rules_are_removed_by_name_with_consent_and_come_back()
    {
        Assert.Contains("-AllowConnectivityLoss", OneError("Remove-PgFirewallRule -ResourceId $id -JournalPath $journal -Name AllowAllAzure*").ToString(), StringComparison.Ordinal);
        Change gone = OneChange($"{Command} -Name AllowAllAzure* -AllowConnectivityLoss");
        Assert.Equal((ChangeStatus.Changed, "(none)"), (gone.Status, gone.After));
        Assert.Equal(gone.Before, Assert.Single(UndoAll()).After);
    }

    [Fact]
    public void The_callers_own_rule_stays()
    {
        Session.Run("Set-PgFirewallRule -ResourceId $id -JournalPath $journal -Name mine -StartIpAddress 203.0.113.77");
        string refusal = OneError("Remove-PgFirewallRule -ResourceId $id -JournalPath $journal -Name mine -AllowConnectivityLoss -CallerAddress 203.0.113.77").ToString();
        Assert.Contains("lock yourself out", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_no_rule_has_changes_nothing() => Assert.Empty(Changes($"{Command} -Name nothing -AllowConnectivityLoss"));
}
