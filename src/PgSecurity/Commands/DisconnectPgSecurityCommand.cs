using System.Management.Automation;
using PgSecurity.Pipeline;

namespace PgSecurity.Commands;

/// <summary>Closes the runspace's connection: its tokens are forgotten, and a sandbox with all its changes is gone.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "PgSecurity")]
[OutputType(typeof(void))]
public sealed class DisconnectPgSecurityCommand : PgCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (RunspaceState.Current.Connection is null) WriteVerbose("There is no connection.");
        RunspaceState.Current.Connection = null;
    }
}
