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
public sealed class GetPgSensitiveColumnTests(ModuleSession session, DumpLab lab) : LiveCommandTests(session, lab), IClassFixture<ModuleSession>
{
    [PostgresFact]
    public void Sensitive_columns_come_with_their_readers()
    {
        IReadOnlyList<SensitiveColumn> columns = Session.RunClean<SensitiveColumn>($"Get-PgSensitiveColumn {At}");
        SensitiveColumn email = columns.Single(column => column.ToString() == "public.customer.email");
        Assert.Equal(("localhost", "shop", "Email"), (email.Server, email.Database, email.Category));
        Assert.Contains("clerk (Grant)", email.UnmaskedReaders.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(columns, column => column.Category.Length == 0 && !column.HasRule);
        Assert.Contains(Session.RunClean<SensitiveColumn>($"Get-PgSensitiveColumn {At} -All"), column => column.ToString() == "public.product.title");
    }

    [PostgresFact]
    public void A_draft_is_written_once_and_is_no_plan()
    {
        Session.RunClean<SensitiveColumn>($"Get-PgSensitiveColumn {At} -DraftPlan draft.json");
        Assert.Contains("\"Größe\"", File.ReadAllText(Path.Combine(Folder.FullPath, "draft.json")), StringComparison.Ordinal);
        Session.Run($"Get-PgSensitiveColumn {At} -DraftPlan draft.json");
        Assert.StartsWith("OutputNotWritable,", Assert.Single(Session.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Refused($"Get-PgSensitiveColumn {At} -Plan draft.json", "PlanInvalid");
    }

    [PostgresTheory]
    [InlineData("Get-PgSensitiveColumn localhost nowhere -Credential $credential", "DatabaseStatement")]
    [InlineData("Get-PgSensitiveColumn localhost shop -Credential $credential -RootCertificate missing.pem", "DatabaseUntrusted")]
    [InlineData("Get-PgSensitiveColumn localhost shop -Credential $credential -Port 1", "DatabaseUnreachable")]
    [InlineData("Get-PgSensitiveColumn localhost shop -Credential $credential -Plan missing.json", "PlanUnreadable")]
    public void What_is_wrong_is_one_error(string script, string id) => Refused(script, id);

    [PostgresFact]
    public void One_database_that_is_not_there_does_not_stop_the_others()
    {
        IReadOnlyList<PSObject> output = Session.Run("'nowhere', 'shop' | ForEach-Object { Get-PgSensitiveColumn localhost $_ -Credential $credential }");
        Assert.NotEmpty(output);
        Assert.Single(Session.Errors);
    }
}
