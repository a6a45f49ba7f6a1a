using System.Collections.Generic;
using System.Management.Automation;
using PgSecurity.Changes;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation.Targets;

namespace PgSecurity.Commands;

/// <summary>Turns public network access of servers on or off.</summary>
[Cmdlet(VerbsCommon.Set, "PgPublicNetworkAccess", SupportsShouldProcess = true)]
[OutputType(typeof(Change))]
public sealed class SetPgPublicNetworkAccessCommand : SlowDisconnectingSettingCmdlet
{
    /// <summary>On or off.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateSet("Enabled", "Disabled")]
    public string State { get; set; } = "";

    private protected override IReadOnlyList<string> Facets { get; } = new[] { FacetTypes.PrivateEndpointConnections };

    private protected override IEnumerable<TargetChange> Changes(Posture posture)
    {
        yield return ServerSettings.Property(posture.Id, "network", "publicNetworkAccess", State);
    }
}
