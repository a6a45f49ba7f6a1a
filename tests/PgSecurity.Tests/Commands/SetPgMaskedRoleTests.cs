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
public sealed class SetPgMaskedRoleTests(ModuleSession session, DumpLab lab) : LiveCommandTests(session, lab), IClassFixture<ModuleSession>
{
    [PostgresTheory]
    [InlineData("clerk", "AnonNotLoaded")]
    [InlineData("no_such_role", "RoleNotFound")]
    [InlineData("labsuper", "RoleNotMaskable")]
    public void What_cannot_be_masked_is_refused(string role, string id) => Refused($"Set-PgMaskedRole {At} {role}", id);

    [PostgresFact]
    public void With_WhatIf_nothing_is_asked_of_the_server_but_the_role() =>
        Assert.Empty(Session.RunClean<MaskingChange>($"Set-PgMaskedRole {At} clerk -WhatIf"));
}
