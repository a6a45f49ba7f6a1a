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
public sealed class SetPgMaskingRuleTests(ModuleSession session, DumpLab lab) : LiveCommandTests(session, lab), IClassFixture<ModuleSession>
{
    [PostgresTheory]
    [InlineData("-Plan shop.json")]
    [InlineData("-Schema public -Table customer -Column phone")]
    [InlineData("-Schema public -Table customer -Column phone -Rule 'MASKED WITH VALUE NULL' -WhatIf")]
    public void Without_the_library_it_is_refused_and_the_way_without_it_is_named(string arguments) =>
        Assert.Contains("New-PgMaskingView", Refused($"Set-PgMaskingRule {At} {arguments}", "AnonNotLoaded").ErrorDetails.RecommendedAction, StringComparison.Ordinal);

    [PostgresFact]
    public void Columns_come_through_the_pipeline()
    {
        Session.Run($"Get-PgSensitiveColumn {At} | Where-Object Column -EQ phone | Set-PgMaskingRule -Credential $credential");
        Assert.StartsWith("AnonNotLoaded,", Assert.Single(Session.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }
}
