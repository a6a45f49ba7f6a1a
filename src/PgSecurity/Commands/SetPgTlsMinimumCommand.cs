using System.Collections.Generic;
using System.Management.Automation;
using PgSecurity.Changes;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation.Targets;

namespace PgSecurity.Commands;

/// <summary>Sets the oldest version of TLS that servers accept.</summary>
[Cmdlet(VerbsCommon.Set, "PgTlsMinimum", SupportsShouldProcess = true)]
[OutputType(typeof(Change))]
public sealed class SetPgTlsMinimumCommand : DisconnectingSettingCmdlet
{
    /// <summary>The oldest version that is accepted.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateSet("TLSv1.2", "TLSv1.3")]
    public string MinimumVersion { get; set; } = "";

    private protected override IEnumerable<TargetChange> Changes(Posture posture)
    {
        yield return ParameterChange.Set(posture.Id, "ssl_min_protocol_version", MinimumVersion);
    }
}
