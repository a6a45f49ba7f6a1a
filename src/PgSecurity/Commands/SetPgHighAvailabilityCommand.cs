using System;
using System.Collections.Generic;
using System.Management.Automation;
using PgSecurity.Changes;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation.Guards;
using PgSecurity.Core.Remediation.Targets;

namespace PgSecurity.Commands;

/// <summary>Sets the mode of high availability of servers.</summary>
[Cmdlet(VerbsCommon.Set, "PgHighAvailability", SupportsShouldProcess = true)]
[OutputType(typeof(Change))]
public sealed class SetPgHighAvailabilityCommand : SlowDisconnectingSettingCmdlet
{
    /// <summary>The mode.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateSet("ZoneRedundant", "SameZone", "Disabled")]
    public string Mode { get; set; } = "";

    /// <summary>Lets what costs money be turned on.</summary>
    [Parameter]
    public SwitchParameter AllowCost { get; set; }

    private protected override Consents Consents => base.Consents with { Cost = AllowCost };

    private protected override IEnumerable<TargetChange> Changes(Posture posture)
    {
        string now = ResourceField.Of(posture.Server, "properties.highAvailability.mode").Text ?? "Disabled";
        bool isOn = !string.Equals(now, "Disabled", StringComparison.OrdinalIgnoreCase);
        bool changes = !string.Equals(now, Mode, StringComparison.OrdinalIgnoreCase);

        // From one kind of standby to the other there is no way but over none.
        if (isOn && changes && Mode != "Disabled") yield return ServerSettings.Property(posture.Id, "highAvailability", "mode", "Disabled");
        yield return ServerSettings.Property(posture.Id, "highAvailability", "mode", Mode);
    }
}
