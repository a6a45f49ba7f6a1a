using System.Management.Automation;
namespace PgSecurity.Commands;
/// <summary>x</summary>
[Cmdlet(VerbsCommon.Get, "PgSecurityControl")]
public sealed class GetPgSecurityControlCommand : PSCmdlet
{
    /// <summary>x</summary>
    protected override void EndProcessing() { WriteObject(MyInvocation.MyCommand.Module?.ModuleBase); WriteObject(MyInvocation.MyCommand.Module?.Name);}
}
