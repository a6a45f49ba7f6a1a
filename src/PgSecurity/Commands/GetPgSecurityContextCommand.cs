using System.Management.Automation;
using PgSecurity.Pipeline;
using PgSecurity.Sessions;

namespace PgSecurity.Commands;

/// <summary>Says who is connected, and to what; nothing where nobody is.</summary>
[Cmdlet(VerbsCommon.Get, "PgSecurityContext")]
[OutputType(typeof(SecurityContext))]
public sealed class GetPgSecurityContextCommand : PgCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (RunspaceState.Current.Connection is Connection connection) WriteObject(connection.ToContext());
        else WriteVerbose("There is no connection. Connect-PgSecurity makes one; so does the first cmdlet that needs one.");
    }
}
