using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Xunit;

namespace PgSecurity.Tests.Commands;

public sealed class SetPgKeyRotationPolicyTests(ModuleSession session) : SandboxChanges(session)
{
    private const string Command = "Get-PgServer psql-cards-test | Set-PgKeyRotationPolicy -JournalPath $journal -PassThru";
    private const string Before = "rotate P18M after creation, notify P30D before expiry, new versions expire after P2Y";

    [Fact]
    public void Both_keys_get_the_policy_once_and_their_own_one_back()
    {
        const string Wanted = "-RotateAfterDays 90 -ExpireAfterDays 365 -NotifyBeforeExpiryDays 30";
        IReadOnlyList<Change> set = Changes($"{Command} {Wanted}");
        Assert.Equal(["rotation policy of key kv-cards-test/key-cards-test", "rotation policy of key kv-cards-test-geo/key-cards-test-geo"], set.Select(change => change.Step));
        Assert.All(set, change => Assert.Equal(
            (ChangeStatus.Changed, Before, "rotate P90D after creation, notify P30D before expiry, new versions expire after P365D"), (change.Status, change.Before, change.After)));
        Assert.All(Changes($"{Command} {Wanted}"), change => Assert.Equal(ChangeStatus.AlreadyCompliant, change.Status));
        IReadOnlyList<Change> back = UndoAll();
        Assert.Equal(2, back.Count);
        Assert.All(back, change => Assert.Equal((ChangeStatus.Changed, Before), (change.Status, change.After)));
    }

    [Fact]
    public void One_key_before_it_expires() => Assert.Equal(
        "rotate P60D before expiry, new versions expire after P365D", OneChange($"{Command} -RotateBeforeExpiryDays 60 -ExpireAfterDays 365 -Usage Primary").After);

    [Theory]
    [InlineData("psql-basket-prod", "no customer-managed key")]
    [InlineData("psql-disputes-prod", "pinned to one version")]
    [InlineData("psql-kyc-prod", "cannot be used")]
    public void What_would_not_help_is_refused(string server, string reason)
    {
        Session.Run($"Get-PgServer {server} | Set-PgKeyRotationPolicy -RotateAfterDays 90 -Usage Primary -JournalPath $journal");
        Assert.Contains(reason, Assert.Single(Session.Errors).ToString(), StringComparison.Ordinal);
        Assert.Empty(Session.Run("Get-PgSecurityChange -JournalPath $journal"));
    }

    [Theory]
    [InlineData("-RotateAfterDays 90 -NotifyBeforeExpiryDays 30")]
    [InlineData("-RotateAfterDays 90 -ExpireAfterDays 92")]
    [InlineData("-RotateBeforeExpiryDays 50 -ExpireAfterDays 52")]
    public void A_policy_that_the_vault_would_refuse_is_one_error(string parameters)
    {
        ErrorRecord error = OneError($"{Command} {parameters}");
        Assert.StartsWith("ArgumentWrong", error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIf_changes_nothing()
    {
        Assert.Empty(Session.Run($"{Command} -RotateAfterDays 90 -WhatIf"));
        Assert.Empty(Session.Run("Get-PgSecurityChange -JournalPath $journal"));
    }
}
