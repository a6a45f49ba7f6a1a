using System;
using System.Linq;
using Xunit;

namespace PgSecurity.Tests.Commands;

public sealed class SetPgAuditLoggingTests(ModuleSession session) : SandboxChanges(session)
{
    private const string Command = "Set-PgAuditLogging -ResourceId $id -JournalPath $journal -PassThru";

    [Fact]
    public void It_is_allowed_loaded_and_set_in_this_order_with_one_restart()
    {
        string[] steps = Changes($"{Command} -Class ddl, role -AllowRestart").Select(change => change.Step).ToArray();
        Assert.Equal(["parameter azure.extensions", "parameter shared_preload_libraries", "parameter pgaudit.log", "restart"], steps);
        Assert.All(Changes($"{Command} -Class ddl, role -AllowRestart"), change => Assert.Equal(ChangeStatus.AlreadyCompliant, change.Status));
    }

    [Fact]
    public void Without_a_restart_it_waits_for_one()
    {
        Assert.Contains(Changes($"{Command}"), change => change.Status == ChangeStatus.RestartRequired);
        Assert.NotEmpty(Session.Warnings);
    }
}
