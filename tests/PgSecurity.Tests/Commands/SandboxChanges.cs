using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Xunit;

namespace PgSecurity.Tests.Commands;

/// <summary>Changes on the sample estate in a sandbox, journaled to a folder of the test's own.</summary>
public abstract class SandboxChanges : IClassFixture<ModuleSession>, IDisposable
{
    /// <summary>A server of the sample estate with many findings and no lock.</summary>
    protected const string Server = "psql-basket-prod";

    private protected SandboxChanges(ModuleSession session)
    {
        Session = session;
        Folder = new TemporaryFolder();
        Session.Run("$null = Connect-PgSecurity -Sandbox");
        Session.Set("journal", Folder.FullPath);
        Session.Run($"$id = (Get-PgServer -ServerName {Server}).ResourceId");
    }

    protected ModuleSession Session { get; }

    private protected TemporaryFolder Folder { get; }

    public void Dispose()
    {
        Session.Run("Disconnect-PgSecurity");
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The changes that a script makes, with no error.</summary>
    protected IReadOnlyList<Change> Changes(string script) => Session.RunClean<Change>(script);

    /// <summary>The one change that a script makes.</summary>
    protected Change OneChange(string script) => Assert.Single(Changes(script));

    /// <summary>The error that a script gives, and nothing else.</summary>
    protected ErrorRecord OneError(string script)
    {
        Session.Run(script);
        return Assert.Single(Session.Errors);
    }

    /// <summary>Takes everything back that the test changed, and says what was put back.</summary>
    protected IReadOnlyList<Change> UndoAll(string switches = "-AllowRestart -AllowConnectivityLoss -AllowCost -AllowRecoveryPointLoss") =>
        Changes($"Get-PgSecurityChange -JournalPath $journal -Status Changed, RestartRequired | Undo-PgSecurityChange -JournalPath $journal {switches}")
            .Where(change => change.Status != ChangeStatus.AlreadyCompliant).ToList();
}
