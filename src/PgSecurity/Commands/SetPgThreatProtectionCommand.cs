using System.Collections.Generic;
using System.Management.Automation;
using System.Text.Json.Nodes;
using PgSecurity.Changes;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation.Guards;
using PgSecurity.Core.Remediation.Targets;

namespace PgSecurity.Commands;

/// <summary>Turns threat protection of single servers on or off.</summary>
[Cmdlet(VerbsCommon.Set, "PgThreatProtection", SupportsShouldProcess = true)]
[OutputType(typeof(Change))]
public sealed class SetPgThreatProtectionCommand : SettingCmdlet
{
    /// <summary>On or off.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateSet("Enabled", "Disabled")]
    public string State { get; set; } = "";

    /// <summary>Lets what costs money be turned on.</summary>
    [Parameter]
    public SwitchParameter AllowCost { get; set; }

    private protected override IReadOnlyList<string> Facets { get; } = new[] { FacetTypes.ThreatProtection };

    private protected override Consents Consents => new() { Cost = AllowCost };

    private protected override IEnumerable<TargetChange> Changes(Posture posture)
    {
        yield return ServerSettings.Put(posture.Id, FacetTypes.ThreatProtection, "Default", new JsonObject { ["state"] = State });
    }
}
