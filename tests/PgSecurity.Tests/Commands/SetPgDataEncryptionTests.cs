using System;
using System.Linq;
using System.Management.Automation;
using Xunit;

namespace PgSecurity.Tests.Commands;

public sealed class SetPgDataEncryptionTests(ModuleSession session) : SandboxChanges(session)
{
    private const string Command = "Get-PgServer psql-disputes-prod | Set-PgDataEncryption -JournalPath $journal -PassThru";
    private const string Key = "https://kv-disputes.vault.azure.net/keys/key-disputes";
    private const string Version = Key + "/4f6a8c0e2b4d4f6a8c0e2b4d4f6a8c0e";

    [Fact]
    public void A_pinned_key_is_followed_and_pinned_again_and_the_geo_key_stays()
    {
        Change followed = OneChange($"{Command} -FollowNewestVersion -AllowConnectivityLoss");
        Assert.Equal(ChangeStatus.Changed, followed.Status);
        Assert.Contains($"primaryKeyURI={Version},", followed.Before, StringComparison.Ordinal);
        Assert.Contains($"primaryKeyURI={Key},", followed.After, StringComparison.Ordinal);
        Assert.Contains("geoBackupKeyURI=https://kv-disputes-geo.vault.azure.net/keys/key-disputes-geo", followed.After, StringComparison.Ordinal);
        Assert.Equal(Outcome.Pass, Assert.Single(Session.RunClean<Finding>("Get-PgServer psql-disputes-prod | Get-PgSecurityFinding -Control DAT-006 -IncludePassed")).Outcome);
        Assert.Equal(ChangeStatus.AlreadyCompliant, OneChange($"{Command} -FollowNewestVersion -AllowConnectivityLoss").Status);
        Assert.Contains($"primaryKeyURI={Version},", Assert.Single(UndoAll()).After, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("psql-basket-prod", "A server's creation fixes the kind of encryption key")]
    [InlineData("psql-cards-test", "has no role that lets it read, wrap and unwrap")]
    public void What_would_cut_a_server_from_its_key_is_refused(string server, string reason)
    {
        Assert.Contains(
            reason, OneError($"Get-PgServer {server} | Set-PgDataEncryption -KeyUri {Key} -AllowConnectivityLoss -JournalPath $journal").ToString(), StringComparison.Ordinal);
        Assert.Empty(Session.Run("Get-PgSecurityChange -JournalPath $journal"));
    }

    [Theory]
    [InlineData("-KeyUri " + Version, "names one version")]
    [InlineData("-KeyUri https://example.com/secret", "not the URI of a key")]
    [InlineData("-IdentityId id-cards", "not the ARM id of a user-assigned identity")]
    [InlineData("", "nothing to set")]
    public void Arguments_that_do_not_fit_are_one_error(string parameters, string reason)
    {
        ErrorRecord error = OneError($"Set-PgDataEncryption -ResourceId $id {parameters}");
        Assert.StartsWith("ArgumentWrong", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(reason, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_consent_nothing_is_sent()
    {
        Session.Run("Get-PgServer psql-disputes-prod | Set-PgDataEncryption -FollowNewestVersion -JournalPath $journal");
        Assert.Contains("-AllowConnectivityLoss", Assert.Single(Session.Errors).ToString(), StringComparison.Ordinal);
        Session.Run($"{Command} -FollowNewestVersion -AllowConnectivityLoss -WhatIf");
        Assert.Empty(Session.Run("Get-PgSecurityChange -JournalPath $journal"));
    }
}
