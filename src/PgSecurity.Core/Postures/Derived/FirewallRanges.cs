using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace PgSecurity.Core.Postures.Derived;

/// <summary>
/// <c>PgSecurity/firewallRanges</c>: each firewall rule read as numbers, under the rule's own id, so that what fails can be
/// deleted. Properties: <c>startIpAddress</c>, <c>endIpAddress</c>, <c>reach</c> (<c>public</c>, <c>azure</c>,
/// <c>private</c>, <c>unroutable</c>, <c>unreadable</c>), <c>publicAddresses</c>, and <c>opensTheInternet</c>: whether it is one of the
/// widest rules without which the rest would no longer let in the internet at large.
/// </summary>
public sealed class FirewallRanges : IFactsAboutResources
{
    /// <summary>The type of the resources.</summary>
    public const string TypeName = "PgSecurity/firewallRanges";

    /// <inheritdoc/>
    public string Type => TypeName;

    /// <inheritdoc/>
    public IReadOnlyList<string> Sources { get; } = new[] { FacetTypes.FirewallRules };

    /// <inheritdoc/>
    public string AboutType => FacetTypes.FirewallRules;

    /// <inheritdoc/>
    public Facet Derive(Posture posture)
    {
        Facet source = posture.FacetOf(FacetTypes.FirewallRules);
        IReadOnlyList<FirewallRule> rules = FirewallRule.ReadAll(source);
        HashSet<FirewallRule> opening = new(Opening(rules));
        return new Facet(Type, rules.Select(rule => Describe(rule, opening.Contains(rule))).ToList(), source.Gap);
    }

    private static IEnumerable<FirewallRule> Opening(IReadOnlyList<FirewallRule> rules)
    {
        List<FirewallRule> left = rules.OrderBy(rule => rule.PublicAddresses.Addresses).ToList();
        while (Union(left).Addresses >= Ipv4Space.InternetAtLarge)
        {
            yield return left[left.Count - 1];
            left.RemoveAt(left.Count - 1);
        }
    }

    private static Ipv4Set Union(IEnumerable<FirewallRule> rules) => new(rules.SelectMany(rule => rule.PublicAddresses.Spans));

    private Resource Describe(FirewallRule rule, bool opensTheInternet) =>
        Reach(new Fact(), rule)
            .Set("startIpAddress", ResourceField.Of(rule.Resource, "properties.startIpAddress"))
            .Set("endIpAddress", ResourceField.Of(rule.Resource, "properties.endIpAddress"))
            .SetUnless(rule.Gap, "publicAddresses", rule.PublicAddresses.Addresses)
            .Set("opensTheInternet", MayOpen(rule, opensTheInternet), rule.Gap ?? "")
            .Summarize($"the rule {rule.Resource.Name} {Effect(rule)}")
            .ToResource(rule.Resource.Id, Type, rule.Resource.Name);

    private static Fact Reach(Fact fact, FirewallRule rule) => rule.Reach == FirewallReach.Unknown
        ? fact.SetUnknown("reach", rule.Gap!)
        : fact.Set("reach", Word(rule.Reach));

    private static Truth MayOpen(FirewallRule rule, bool opensTheInternet) =>
        rule.Reach == FirewallReach.Unknown ? Truth.Unknown : opensTheInternet.ToTruth();

    private static string Effect(FirewallRule rule) => rule.Reach switch
    {
        FirewallReach.Azure => "lets in every service in Azure, of any tenant (0.0.0.0–0.0.0.0)",
        FirewallReach.Public => string.Format(
            CultureInfo.InvariantCulture, "lets in {0} ({1:N0} public addresses)", Ends(rule), rule.PublicAddresses.Addresses),
        FirewallReach.Private => $"names private addresses, which never arrive at a public endpoint ({Ends(rule)})",
        FirewallReach.Unroutable => $"names addresses that no packet comes from ({Ends(rule)})",
        FirewallReach.Unreadable => $"names no range of IPv4 addresses ({Ends(rule)})",
        _ => "has an extent that is not known",
    };

    private static string Ends(FirewallRule rule)
    {
        string start = ResourceField.Of(rule.Resource, "properties.startIpAddress").Text ?? "nothing";
        string end = ResourceField.Of(rule.Resource, "properties.endIpAddress").Text ?? "nothing";
        return start == end ? start : $"{start}–{end}";
    }

    private static string Word(FirewallReach reach) => reach switch
    {
        FirewallReach.Azure => "azure",
        FirewallReach.Private => "private",
        FirewallReach.Unroutable => "unroutable",
        FirewallReach.Public => "public",
        _ => "unreadable",
    };
}
