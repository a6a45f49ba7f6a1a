using System;
using System.Linq;
using Xunit;

namespace PgSecurity.Tests.Commands;

public sealed class SetPgDiagnosticSettingTests(ModuleSession session) : SandboxChanges(session)
{
    private const string Command = "Set-PgDiagnosticSetting -ResourceId $id -JournalPath $journal -PassThru";

    private const string Workspace = "-WorkspaceId /subscriptions/2f1c9d3e-5b7a-4c68-9e0d-7a1b3c5d7e9f/resourceGroups/rg-monitoring-prod/providers/Microsoft.OperationalInsights/workspaces/log-contoso-security";

    [Fact]
    public void Logs_are_sent_once_and_the_setting_goes_with_the_undo()
    {
        Change change = OneChange($"{Command} {Workspace}");
        Assert.Equal((ChangeStatus.Changed, "(none)"), (change.Status, change.Before));
        Assert.Contains("log-contoso-security", change.After, StringComparison.Ordinal);
        Assert.Equal(ChangeStatus.AlreadyCompliant, OneChange($"{Command} {Workspace} -Name another").Status);
        Assert.Equal("(none)", Assert.Single(UndoAll()).After);
    }
}
