using System;
using System.Linq;
using System.Management.Automation;
using Xunit;

namespace PgSecurity.Tests.Commands;

public sealed class NewPgReadReplicaTests(ModuleSession session) : SandboxChanges(session)
{
    private const string Command = "Get-PgServer psql-cards-test | New-PgReadReplica -JournalPath $journal -PassThru";

    [Fact]
    public void A_replica_is_made_as_its_primary_is_once_and_deleted_only_with_consent()
    {
        Change made = OneChange($"{Command} -AllowCost");
        Assert.Equal((ChangeStatus.Changed, "(none)", "West Europe, Standard_D4ds_v5, Ready"), (made.Status, made.Before, made.After));
        Assert.EndsWith("/flexibleServers/psql-cards-test-replica", made.TargetId, StringComparison.Ordinal);
        object[] facts = Session.Run("""
            $posture = Get-PgServer psql-cards-test-replica
            Get-PgSecurityFinding -ResourceId $posture.ResourceId -Control NET-001, DAT-005 -IncludePassed
            """).Select(item => item.BaseObject).ToArray();
        Assert.All(facts.Cast<Finding>(), finding => Assert.Equal(Outcome.Pass, finding.Outcome));
        Assert.Equal(ChangeStatus.AlreadyCompliant, OneChange($"{Command} -AllowCost").Status);

        Change kept = OneChange("Get-PgSecurityChange -JournalPath $journal | Undo-PgSecurityChange -JournalPath $journal");
        Assert.Equal(ChangeStatus.Skipped, kept.Status);
        Assert.Contains("-AllowOneWay", kept.Reason, StringComparison.Ordinal);
        Change deleted = OneChange("Get-PgSecurityChange -JournalPath $journal -Status Changed | Undo-PgSecurityChange -JournalPath $journal -AllowOneWay -AllowConnectivityLoss");
        Assert.Equal((ChangeStatus.Changed, "(none)"), (deleted.Status, deleted.After));
        Assert.Empty(Session.Run("Get-PgServer psql-cards-test-replica -ErrorAction SilentlyContinue"));
    }

    [Theory]
    [InlineData("psql-cards-test", "", "-AllowCost")]
    [InlineData("psql-sandbox-test", "-AllowCost", "Burstable servers have no read replicas")]
    [InlineData("psql-ledger-prod-ne", "-AllowCost", "make the replica of its primary")]
    [InlineData("psql-cards-test", "-AllowCost -Name psql-basket-prod", "cannot be had")]
    [InlineData("psql-cards-test", "-AllowCost -Location northeurope", "-KeyUri, -IdentityId")]
    [InlineData("psql-acquirer-prod", "-AllowCost -Location northeurope", "-SubnetId")]
    [InlineData("wingtip-build", "-AllowCost", "The server is Stopped")]
    public void What_cannot_be_or_was_not_agreed_to_is_refused(string server, string parameters, string reason)
    {
        Assert.Contains(reason, OneError($"Get-PgServer {server} | New-PgReadReplica {parameters} -JournalPath $journal").ToString(), StringComparison.Ordinal);
        Assert.Empty(Session.Run("Get-PgSecurityChange -JournalPath $journal"));
    }

    [Fact]
    public void With_NoWait_it_is_settled_later()
    {
        Change left = OneChange($"{Command} -AllowCost -NoWait");
        Assert.Equal(ChangeStatus.InDoubt, left.Status);
        Change settled = Enumerable.Range(0, 150).Select(_ => OneChange("Get-PgSecurityChange -InDoubt -JournalPath $journal")).First(change => change.Status != ChangeStatus.InDoubt);
        Assert.Equal((ChangeStatus.Changed, "West Europe, Standard_D4ds_v5, Ready"), (settled.Status, settled.After));
        Assert.Empty(Session.Run("Get-PgSecurityChange -InDoubt -JournalPath $journal"));
    }

    [Theory]
    [InlineData("-Name 'no_such_name'")]
    [InlineData("-Name '-{server}'")]
    [InlineData("-KeyUri https://kv.vault.azure.net/keys/k")]
    public void Arguments_that_do_not_fit_are_one_error(string parameters)
    {
        ErrorRecord error = OneError($"New-PgReadReplica -ResourceId $id {parameters}");
        Assert.StartsWith("ArgumentWrong", error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }
}
