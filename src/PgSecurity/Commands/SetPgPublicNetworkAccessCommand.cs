using System.Collections.Generic;
using System.Management.Automation;
using PgSecurity.Changes;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation.Guards;
using PgSecurity.Core.Remediation.Targets;

namespace PgSecurity.Commands;

/// <summary>Turns public network access of servers on or off.</summary>
[Cmdlet(VerbsCommon.Set, "PgPublicNetworkAccess", SupportsShouldProcess = true)]
[OutputType(typeof(Change))]
public sealed class SetPgPublicNetworkAccessCommand : SlowSettingCmdlet
{
    /// <summary>On or off.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateSet("Enabled", "Disabled")]
    public string State { get; set; } = "";

    /// <summary>Lets clients lose their connection or their way in.</summary>
    [Parameter]
    public SwitchParameter AllowConnectivityLoss { get; set; }

    private protected override IReadOnlyList<string> Facets { get; } = new[] { FacetTypes.PrivateEndpointConnections };

    private protected override Consents Consents => new() { ConnectivityLoss = AllowConnectivityLoss };

    private protected override IEnumerable<TargetChange> Changes(Posture posture)
    {
        yield return ServerSettings.Property(posture.Id, "network", "publicNetworkAccess", State);
    }
}
