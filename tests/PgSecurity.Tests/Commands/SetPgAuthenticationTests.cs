using System;
using System.Linq;
using Xunit;

namespace PgSecurity.Tests.Commands;

public sealed class SetPgAuthenticationTests(ModuleSession session) : SandboxChanges(session)
{
    private const string Command = "Set-PgAuthentication -ResourceId $id -JournalPath $journal -PassThru";

    [Fact]
    public void Passwords_stay_on_where_nobody_else_could_come_in()
    {
        Assert.Contains("entraAdministrator", OneError("Set-PgAuthentication -ResourceId $id -JournalPath $journal -Password Disabled -AllowConnectivityLoss").ToString(), StringComparison.Ordinal);
        Assert.Equal(ChangeStatus.Changed, OneChange($"{Command} -Entra Enabled -TenantId 6b0f8a52-93c4-4e1d-a7f6-1c2d3e4f5a6b").Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-Entra Enabled")]
    [InlineData("-Password Enabled")]
    public void What_is_missing_is_named(string arguments) =>
        Assert.StartsWith("ArgumentWrong", OneError($"{Command} {arguments}").FullyQualifiedErrorId, StringComparison.Ordinal);

    [Fact]
    public void Passwords_go_off_and_come_back_with_a_new_one()
    {
        Session.Run("$id = (Get-PgServer -ServerName psql-catalog-prod).ResourceId");
        Assert.Equal(ChangeStatus.Changed, OneChange($"{Command} -Password Disabled -AllowConnectivityLoss").Status);
        Session.Run("$secret = [System.Security.SecureString]::new(); 'Correct-Horse-7-Battery'.ToCharArray() | ForEach-Object { $secret.AppendChar($_) }");
        Change on = OneChange($"{Command} -Password Enabled -AdministratorLogin pgadmin_contoso -AdministratorPassword $secret");
        Assert.True(on.Status == ChangeStatus.Changed, on.Reason);
        Assert.All(
            System.IO.Directory.GetFiles(Folder.FullPath),
            path => Assert.DoesNotContain("Correct-Horse", System.IO.File.ReadAllText(path), StringComparison.Ordinal));
    }
}
