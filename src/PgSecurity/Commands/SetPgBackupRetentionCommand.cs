using System.Collections.Generic;
using System.Management.Automation;
using PgSecurity.Changes;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation.Guards;
using PgSecurity.Core.Remediation.Targets;

namespace PgSecurity.Commands;

/// <summary>Sets for how many days backups of servers are kept.</summary>
[Cmdlet(VerbsCommon.Set, "PgBackupRetention", SupportsShouldProcess = true)]
[OutputType(typeof(Change))]
public sealed class SetPgBackupRetentionCommand : SlowSettingCmdlet
{
    /// <summary>The days: 7 to 35.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateRange(7, 35)]
    public int Days { get; set; }

    /// <summary>Lets recovery points be dropped.</summary>
    [Parameter]
    public SwitchParameter AllowRecoveryPointLoss { get; set; }

    private protected override Consents Consents => new() { RecoveryPointLoss = AllowRecoveryPointLoss };

    private protected override IEnumerable<TargetChange> Changes(Posture posture)
    {
        yield return ServerSettings.Property(posture.Id, "backup", "backupRetentionDays", Days);
    }
}
