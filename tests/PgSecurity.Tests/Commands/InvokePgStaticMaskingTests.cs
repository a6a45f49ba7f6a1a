using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using PgSecurity.Database.Tests.Masking;
using PgSecurity.Tests.Masking;
using PgSecurity.Database.Tests.Lab;
using Xunit;

namespace PgSecurity.Tests.Commands;

[Collection(DumpLabCollection.Name)]
public sealed class InvokePgStaticMaskingTests(ModuleSession session, DumpLab lab) : LiveCommandTests(session, lab), IClassFixture<ModuleSession>
{
    [PostgresTheory]
    [InlineData("", "ServerNotTagged")]
    [InlineData("-ServerFile production.json", "ServerIsProduction")]
    [InlineData("-ServerFile production.json -AllowIrreversible", "ServerIsProduction")]
    [InlineData("-AllowProduction", "ServerNotTagged")]
    public void Without_the_fitting_consent_nothing_is_destroyed(string arguments, string id) =>
        Refused($"Invoke-PgStaticMasking {At} -Plan shop.json -Confirm:$false {arguments}", id);

    [PostgresFact]
    public void A_file_of_another_server_says_nothing_of_this_one()
    {
        string before = Everything();
        Session.Run("Invoke-PgStaticMasking 127.0.0.1 shop -Credential $credential -Plan shop.json -ServerFile server.json -Confirm:$false");
        Assert.Equal(["ServerNotInFile", "ServerNotTagged"], Session.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]).Order(StringComparer.Ordinal));
        Assert.Equal(before, Everything());
    }

    [PostgresFact]
    public void WhatIf_destroys_nothing()
    {
        string before = Everything();
        Assert.Empty(Session.RunClean<MaskingChange>($"Invoke-PgStaticMasking {At} -Plan shop.json -ServerFile server.json -WhatIf"));
        Assert.Equal(before, Everything());
    }

    [PostgresTheory]
    [InlineData("-ServerFile server.json")]
    [InlineData("-AllowIrreversible -SkipVacuum")]
    [InlineData("-ServerFile production.json -AllowProduction")]
    public void With_it_every_sensitive_value_is_gone(string arguments)
    {
        IReadOnlyList<MaskingChange> changes = Session.RunClean<MaskingChange>($"Invoke-PgStaticMasking {At} -Plan shop.json -Confirm:$false {arguments}");
        Assert.All(changes, change => Assert.Equal(("Masked", 0L), (change.Proof, change.RowsEqual!.Value)));
        Assert.DoesNotContain("Berg", Everything(), StringComparison.Ordinal);
        Assert.DoesNotContain("anna@", Everything(), StringComparison.Ordinal);
    }
}
