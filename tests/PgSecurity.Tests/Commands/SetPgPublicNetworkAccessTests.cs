using System;
using System.Linq;
using Xunit;

namespace PgSecurity.Tests.Commands;

public sealed class SetPgPublicNetworkAccessTests(ModuleSession session) : SandboxChanges(session)
{
    private const string Command = "Set-PgPublicNetworkAccess -ResourceId $id -JournalPath $journal -PassThru";

    [Fact]
    public void It_goes_off_only_with_another_way_in()
    {
        Assert.Contains("otherWayIn", OneError("Set-PgPublicNetworkAccess -ResourceId $id -JournalPath $journal -State Disabled -AllowConnectivityLoss").ToString(), StringComparison.Ordinal);
        Session.Run("$id = (Get-PgServer -ServerName psql-shop-prod).ResourceId");
        Assert.Contains("-AllowConnectivityLoss", OneError("Set-PgPublicNetworkAccess -ResourceId $id -JournalPath $journal -State Disabled").ToString(), StringComparison.Ordinal);
        Assert.Equal(ChangeStatus.Changed, OneChange($"{Command} -State Disabled -AllowConnectivityLoss").Status);
        Assert.Equal(ChangeStatus.Changed, OneChange($"{Command} -State Enabled").Status);
    }
}
