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
public sealed class RemovePgMaskingRuleTests(ModuleSession session, DumpLab lab) : LiveCommandTests(session, lab), IClassFixture<ModuleSession>
{
    [PostgresFact]
    public void Without_the_library_it_is_refused() =>
        Refused($"Remove-PgMaskingRule {At} -Schema public -Table customer -Column email -Confirm:$false", "AnonNotLoaded");
}
