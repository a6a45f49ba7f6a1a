using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace PgSecurity.Core.Postures.Derived;

/// <summary>
/// <c>PgSecurity/firewallExposures</c>: one resource, <c>union</c>, that says what all the firewall rules together let in,
/// by arithmetic. Properties: <c>rules</c>, <c>publicAddresses</c> (addresses in the union; private, unroutable and the
/// all-Azure rule apart), <c>widestSpan</c> and <c>widestSpanAddresses</c>, <c>wholeInternet</c>
/// (see <see cref="Ipv4Space.InternetAtLarge"/>), <c>allAzure</c>, <c>privateRules</c>, <c>unreadableRules</c>. Where not every
/// rule is known, what may still grow is marked unknown, and <c>knownRules</c> and <c>knownPublicAddresses</c> say how far
/// the known rules go: a limit that those alone exceed is exceeded.
/// </summary>
public sealed class FirewallExposures : IDerivedFacet
{
    /// <summary>The type of the resource.</summary>
    public const string TypeName = "PgSecurity/firewallExposures";

    /// <inheritdoc/>
    public string Type => TypeName;

    /// <inheritdoc/>
    public IReadOnlyList<string> Sources { get; } = new[] { FacetTypes.FirewallRules };

    /// <inheritdoc/>
    public Facet Derive(Posture posture)
    {
        Facet source = posture.FacetOf(FacetTypes.FirewallRules);
        IReadOnlyList<FirewallRule> rules = FirewallRule.ReadAll(source);
        Ipv4Set union = new(rules.SelectMany(rule => rule.PublicAddresses.Spans));
        string? moreRules = GapText.Of(posture, FacetTypes.FirewallRules);
        string? moreAddresses = moreRules ?? rules.Select(rule => rule.Gap).FirstOrDefault(gap => gap is not null);

        string? moreReaches = moreRules ?? rules.FirstOrDefault(rule => rule.Reach == FirewallReach.Unknown)?.Gap;
        Resource exposure = new Fact()
            .SetUnless(moreRules, "rules", rules.Count)
            .Set("knownRules", rules.Count)
            .SetUnless(moreAddresses, "publicAddresses", union.Addresses)
            .Set("knownPublicAddresses", union.Addresses)
            .Set("wholeInternet", AtLeast(union.Addresses >= Ipv4Space.InternetAtLarge, moreAddresses), moreAddresses ?? "")
            .Set("allAzure", AtLeast(Count(rules, FirewallReach.Azure) > 0, moreReaches), moreReaches ?? "")
            .SetUnless(moreReaches, "privateRules", Count(rules, FirewallReach.Private))
            .SetUnless(moreReaches, "unreadableRules", Count(rules, FirewallReach.Unreadable))
            .SetUnless(moreAddresses, "widestSpanAddresses", union.Widest?.Addresses ?? 0)
            .Set("widestSpan", moreAddresses is null ? union.Widest?.ToString() : null)
            .Summarize(Sentence(rules.Count, union, moreAddresses is not null))
            .ToResource(posture, Type, "union");
        return new Facet(Type, new[] { exposure });
    }

    private static string Sentence(int rules, Ipv4Set union, bool more)
    {
        string widest = union.Widest is Ipv4Range { Addresses: > 1 } span ? $", the widest span {span}" : "";
        return string.Format(
            CultureInfo.InvariantCulture,
            "{0}{1} firewall rules let in {0}{2:N0} public addresses{3}",
            more ? "at least " : "",
            rules,
            union.Addresses,
            widest);
    }

    private static int Count(IReadOnlyList<FirewallRule> rules, FirewallReach reach) => rules.Count(rule => rule.Reach == reach);

    private static Truth AtLeast(bool known, string? gap) => known ? Truth.True : gap is null ? Truth.False : Truth.Unknown;
}
