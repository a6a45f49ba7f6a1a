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
public sealed class NewPgMaskingDataWrapperTests(ModuleSession session, DumpLab lab) : LiveCommandTests(session, lab), IClassFixture<ModuleSession>
{
    private const string Wrapper = "New-PgMaskingDataWrapper localhost reporting -Credential $credential -Name shop -Plan shop.json -ForeignServer localhost -ForeignPort $port -ForeignDatabase shop -ForeignCredential $credential -Table customer -ForeignRootCertificate $roots";

    [PostgresFact]
    public void Tables_of_another_database_are_shown_masked()
    {
        IReadOnlyList<MaskingChange> changes = Session.RunClean<MaskingChange>($"{Wrapper} -Reader analyst");
        Assert.Equal(["MaskingView", "DataWrapper"], changes.Select(change => change.Kind));
        Assert.StartsWith("an******", Lab.Read("select email from mask.customer where id = 1", "reporting").Single(), StringComparison.Ordinal);
        Session.Run(Wrapper);
        Assert.StartsWith("NameTaken,", Assert.Single(Session.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [PostgresFact]
    public void WhatIf_makes_nothing()
    {
        Assert.Empty(Session.RunClean<MaskingChange>($"{Wrapper} -WhatIf"));
        Assert.Equal("0", Lab.Read("select count(*) from pg_foreign_server", "reporting").Single());
    }
}
