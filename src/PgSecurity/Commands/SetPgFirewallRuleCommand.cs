using System.Collections.Generic;
using System.Management.Automation;
using System.Text.Json.Nodes;
using PgSecurity.Changes;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation.Targets;
using PgSecurity.Errors;

namespace PgSecurity.Commands;

/// <summary>Creates a firewall rule of servers, or changes its addresses.</summary>
[Cmdlet(VerbsCommon.Set, "PgFirewallRule", SupportsShouldProcess = true)]
[OutputType(typeof(Change))]
public sealed class SetPgFirewallRuleCommand : SlowDisconnectingSettingCmdlet
{
    /// <summary>The name of the rule.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    public string Name { get; set; } = "";

    /// <summary>The first address, IPv4.</summary>
    [Parameter(Mandatory = true, Position = 2)]
    public string StartIpAddress { get; set; } = "";

    /// <summary>The last address; the first one where it is not given.</summary>
    [Parameter(Position = 3)]
    public string? EndIpAddress { get; set; }

    /// <summary>The address that you reach the servers from.</summary>
    [Parameter]
    public string? CallerAddress { get; set; }

    private protected override IReadOnlyList<string> Facets { get; } = new[] { FacetTypes.FirewallRules };

    private protected override string? Caller => CallerAddress;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        string last = EndIpAddress ?? StartIpAddress;
        if (Ipv4.TryParse(StartIpAddress, out uint first) && Ipv4.TryParse(last, out uint end) && first <= end) return;
        ThrowTerminatingError(ErrorRecords.ArgumentWrong(
            $"{StartIpAddress} to {last} is no range of IPv4 addresses.", "Write both as 198.51.100.7, the lower one first.", StartIpAddress));
    }

    private protected override IEnumerable<TargetChange> Changes(Posture posture)
    {
        JsonObject range = new() { ["startIpAddress"] = StartIpAddress, ["endIpAddress"] = EndIpAddress ?? StartIpAddress };
        yield return ServerSettings.Put(posture.Id, FacetTypes.FirewallRules, Name, range);
    }
}
