using System;
using System.Collections.Generic;
using System.Management.Automation;
using PgSecurity.Changes;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation.Targets;

namespace PgSecurity.Commands;

/// <summary>Has new passwords stored as SCRAM verifiers and, where asked for, only SCRAM accepted.</summary>
[Cmdlet(VerbsCommon.Set, "PgPasswordEncryption", SupportsShouldProcess = true)]
[OutputType(typeof(Change))]
public sealed class SetPgPasswordEncryptionCommand : DatabaseSettingCmdlet
{
    private const string LogInMethod = "azure.accepted_password_auth_method";

    /// <summary>Whether passwords that are stored as MD5 are refused too.</summary>
    [Parameter]
    public SwitchParameter ScramOnly { get; set; }

    private protected override IReadOnlyList<string> Facets => ScramOnly ? ParameterChange.GuardFacets(LogInMethod) : Array.Empty<string>();

    private protected override IEnumerable<TargetChange> Changes(Posture posture)
    {
        yield return ParameterChange.Set(posture.Id, "password_encryption", "scram-sha-256");
        if (ScramOnly) yield return ParameterChange.Set(posture.Id, LogInMethod, "scram-sha-256");
    }
}
