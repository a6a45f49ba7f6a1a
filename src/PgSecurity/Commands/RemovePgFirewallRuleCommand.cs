using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PgSecurity.Changes;
using PgSecurity.Core;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation.Targets;

namespace PgSecurity.Commands;

/// <summary>Removes firewall rules of servers.</summary>
[Cmdlet(VerbsCommon.Remove, "PgFirewallRule", SupportsShouldProcess = true)]
[OutputType(typeof(Change))]
public sealed class RemovePgFirewallRuleCommand : SlowDisconnectingSettingCmdlet
{
    /// <summary>The names of the rules; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [SupportsWildcards]
    public string[] Name { get; set; } = Array.Empty<string>();

    /// <summary>The address that you reach the servers from.</summary>
    [Parameter]
    public string? CallerAddress { get; set; }

    private protected override IReadOnlyList<string> Facets { get; } = new[] { FacetTypes.FirewallRules };

    private protected override string? Caller => CallerAddress;

    private protected override IEnumerable<TargetChange> Changes(Posture posture)
    {
        return posture.FacetOf(FacetTypes.FirewallRules).Resources
            .Where(rule => Name.Any(pattern => new WildcardPattern(pattern, WildcardOptions.IgnoreCase).IsMatch(rule.Name)))
            .Select(rule => ServerSettings.Delete(posture.Id, rule));
    }
}
