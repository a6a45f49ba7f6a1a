using System;
using System.Linq;
using Xunit;

namespace PgSecurity.Tests.Commands;

public sealed class SetPgTlsMinimumTests(ModuleSession session) : SandboxChanges(session)
{
    private const string Command = "Set-PgTlsMinimum -ResourceId $id -JournalPath $journal -PassThru";

    [Fact]
    public void It_is_set_once_and_taken_back()
    {
        Change change = OneChange($"{Command} -MinimumVersion TLSv1.3 -AllowConnectivityLoss");
        Assert.Equal((ChangeStatus.Changed, "TLSv1.2", "TLSv1.3"), (change.Status, change.Before, change.After));
        Assert.Equal(ChangeStatus.AlreadyCompliant, OneChange($"{Command} -MinimumVersion TLSv1.3 -AllowConnectivityLoss").Status);
        Assert.Equal("TLSv1.2", Assert.Single(UndoAll()).After);
    }

    [Fact]
    public void Without_consent_it_is_refused_and_WhatIf_changes_nothing()
    {
        Assert.StartsWith("ChangeRefused", OneError("Set-PgTlsMinimum -ResourceId $id -JournalPath $journal -MinimumVersion TLSv1.3").FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("-AllowConnectivityLoss", Session.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Empty(Session.Run($"{Command} -MinimumVersion TLSv1.3 -AllowConnectivityLoss -WhatIf"));
        Assert.Empty(Session.Run("Get-PgSecurityChange -JournalPath $journal"));
    }
}
