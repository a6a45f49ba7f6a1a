using System.Collections.Generic;
using System.Management.Automation;
using PgSecurity.Changes;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation.Guards;
using PgSecurity.Core.Remediation.Targets;

namespace PgSecurity.Commands;

/// <summary>Has new passwords stored as SCRAM verifiers and, where asked for, only SCRAM accepted.</summary>
[Cmdlet(VerbsCommon.Set, "PgPasswordEncryption", SupportsShouldProcess = true)]
[OutputType(typeof(Change))]
public sealed class SetPgPasswordEncryptionCommand : SettingCmdlet
{
    /// <summary>Whether passwords that are stored as MD5 are refused too.</summary>
    [Parameter]
    public SwitchParameter ScramOnly { get; set; }

    /// <summary>Lets clients lose their connection or their way in.</summary>
    [Parameter]
    public SwitchParameter AllowConnectivityLoss { get; set; }

    private protected override Consents Consents => new() { ConnectivityLoss = AllowConnectivityLoss };

    private protected override IEnumerable<TargetChange> Changes(Posture posture)
    {
        yield return ParameterChange.Set(posture.Id, "password_encryption", "scram-sha-256");
        if (ScramOnly) yield return ParameterChange.Set(posture.Id, "azure.accepted_password_auth_method", "scram-sha-256");
    }
}
