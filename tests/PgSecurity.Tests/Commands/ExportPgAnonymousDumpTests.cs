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
public sealed class ExportPgAnonymousDumpTests(ModuleSession session, DumpLab lab) : LiveCommandTests(session, lab), IClassFixture<ModuleSession>
{
    [PostgresTheory]
    [InlineData("$masked")]
    [InlineData("$credential")]
    public void A_login_that_reads_raw_data_is_refused(string login)
    {
        Refused($"Export-PgAnonymousDump localhost shop -Credential {login} -Plan shop.json -OutputPath c.dump -Table public.customer", "RawDataReadable");
        Assert.False(File.Exists(Path.Combine(Folder.FullPath, "c.dump")));
    }

    [PostgresFact]
    public void A_table_without_sensitive_columns_is_dumped()
    {
        MaskingChange change = Session.RunClean<MaskingChange>($"Export-PgAnonymousDump {At} -Plan shop.json -OutputPath p.sql -Table public.product -Format plain").Single();
        Assert.Equal(Path.Combine(Folder.FullPath, "p.sql"), change.Target);
        Assert.Contains("lamp", File.ReadAllText(change.Target), StringComparison.Ordinal);
        Refused($"Export-PgAnonymousDump {At} -Plan shop.json -OutputPath p.sql -Table public.product", "FileExists");
    }

    [PostgresTheory]
    [InlineData("-Table public.nowhere", "TableNotFound")]
    [InlineData("-Table public.product -PgDump /no/such/program", "PgDumpMissing")]
    public void What_is_wrong_is_told(string arguments, string id) => Refused($"Export-PgAnonymousDump {At} -Plan shop.json -OutputPath x {arguments}", id);

    [PostgresFact]
    public void WhatIf_writes_no_file()
    {
        Assert.Empty(Session.RunClean<MaskingChange>($"Export-PgAnonymousDump {At} -Plan shop.json -OutputPath w.dump -Table public.product -WhatIf"));
        Assert.False(File.Exists(Path.Combine(Folder.FullPath, "w.dump")));
    }
}
