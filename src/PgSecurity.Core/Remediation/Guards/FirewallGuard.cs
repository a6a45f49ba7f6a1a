using System.Collections.Generic;
using System.Linq;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Derived;
using PgSecurity.Core.Remediation.Service;

namespace PgSecurity.Core.Remediation.Guards;

/// <summary>A firewall rule that somebody comes in by goes only with consent, and the caller's own not at all.</summary>
internal sealed class FirewallGuard : IGuard
{
    public IEnumerable<GuardVerdict> Judge(GuardedChange change)
    {
        if (change.Change.Type != FacetTypes.FirewallRules) yield break;
        if (IsInert(change.Before))
        {
            if (change.Change.Method == WriteMethod.Put && change.Current is null && IsVirtualNetwork(change.Before))
            {
                yield return GuardVerdict.Refuse("firewall", "The server is in a virtual network: firewall rules have no effect there.");
            }

            yield break;
        }

        IReadOnlyList<FirewallRule> before = FirewallRule.ReadAll(change.Before.FacetOf(FacetTypes.FirewallRules));
        IReadOnlyList<FirewallRule> after = FirewallRule.ReadAll(change.After.FacetOf(FacetTypes.FirewallRules));
        Ipv4Set lost = Union(before).Except(Union(after));
        bool losesAzure = LetsInAzure(before) && !LetsInAzure(after);
        if (Ipv4Range.TryParseAddress(change.CallerAddress, out uint caller) && Holds(lost, caller))
        {
            yield return GuardVerdict.Refuse("callerAddress", $"Your own address {change.CallerAddress} comes in by this rule alone: you would lock yourself out. Add a rule for it first (Set-PgFirewallRule).");
        }
        else if (lost.Addresses > 0 || losesAzure)
        {
            yield return GuardVerdict.Ask("connectivityLoss", Consent.ConnectivityLoss, losesAzure
                ? "Clients in Azure that come in by the rule for all of Azure lose their way in."
                : $"{lost.Addresses} addresses lose their way in.");
        }
        else if (change.Change.Method == WriteMethod.Delete && before.Any(rule => rule.Gap is not null && rule.Resource.Name == change.Change.Name && rule.Reach == FirewallReach.Unknown))
        {
            yield return GuardVerdict.Refuse("firewall", "Whom the rule lets in is not known.");
        }
    }

    private static bool IsInert(Posture posture) =>
        IsVirtualNetwork(posture) || GuardedChange.Is(GuardedChange.Server(posture, "properties.network.publicNetworkAccess").Text, "Disabled");

    private static bool IsVirtualNetwork(Posture posture) =>
        GuardedChange.Server(posture, "properties.network.delegatedSubnetResourceId").Text is { Length: > 0 };

    private static Ipv4Set Union(IEnumerable<FirewallRule> rules) => new(rules.SelectMany(rule => rule.PublicAddresses.Spans));

    private static bool LetsInAzure(IEnumerable<FirewallRule> rules) => rules.Any(rule => rule.Reach == FirewallReach.Azure);

    private static bool Holds(Ipv4Set set, uint address) => set.Spans.Any(span => address >= span.First && address <= span.Last);
}
