using System;
using System.Linq;
using Xunit;

namespace PgSecurity.Tests.Commands;

public sealed class SetPgPasswordEncryptionTests(ModuleSession session) : SandboxChanges(session)
{
    private const string Command = "Set-PgPasswordEncryption -ResourceId $id -JournalPath $journal -PassThru";

    [Fact]
    public void New_passwords_are_stored_as_scram()
    {
        Session.Run("$id = (Get-PgServer -ServerName psql-loyalty-prod).ResourceId");
        Change change = OneChange($"{Command}");
        Assert.Equal((ChangeStatus.Changed, "md5", "scram-sha-256"), (change.Status, change.Before, change.After));
        Assert.Equal("md5", Assert.Single(UndoAll()).After);
    }

    [Fact]
    public void Only_scram_is_refused_while_md5_passwords_may_be_there() =>
        Assert.Contains("noMd5Roles", OneError("Set-PgPasswordEncryption -ResourceId $id -JournalPath $journal -ScramOnly -AllowConnectivityLoss").ToString(), StringComparison.Ordinal);
}
