using System.Collections.Generic;
using System.Linq;

namespace PgSecurity.Core.Postures.Derived;

/// <summary>What addresses a firewall rule lets in.</summary>
internal enum FirewallReach
{
    /// <summary>An end is not known.</summary>
    Unknown,

    /// <summary>An end is no IPv4 address, or the range is reversed.</summary>
    Unreadable,

    /// <summary>Both ends 0.0.0.0: every resource in Azure, of any tenant, whatever the rule's name.</summary>
    Azure,

    /// <summary>Private addresses alone: it lets nobody in.</summary>
    Private,

    /// <summary>Addresses alone that no packet comes from: it lets nobody in.</summary>
    Unroutable,

    /// <summary>Public addresses.</summary>
    Public,
}

/// <summary>A firewall rule read as numbers.</summary>
internal sealed class FirewallRule
{
    private FirewallRule(Resource resource, FirewallReach reach, Ipv4Set publicAddresses, string? gap)
    {
        Resource = resource;
        Reach = reach;
        PublicAddresses = publicAddresses;
        Gap = gap;
    }

    /// <summary>The rule.</summary>
    public Resource Resource { get; }

    /// <summary>What it lets in.</summary>
    public FirewallReach Reach { get; }

    /// <summary>The public addresses that it lets in.</summary>
    public Ipv4Set PublicAddresses { get; }

    /// <summary>Why its extent is not known; null where it is.</summary>
    public string? Gap { get; }

    /// <summary>Reads the rules of a facet.</summary>
    public static IReadOnlyList<FirewallRule> ReadAll(Facet facet) => facet.Resources.Select(Read).ToList();

    /// <summary>Reads a rule.</summary>
    public static FirewallRule Read(Resource rule)
    {
        ResourceField start = ResourceField.Of(rule, "properties.startIpAddress");
        ResourceField end = ResourceField.Of(rule, "properties.endIpAddress");
        string? gap = start.UnknownReason ?? end.UnknownReason;
        if (gap is not null) return new FirewallRule(rule, FirewallReach.Unknown, Nothing, gap);

        bool readable = Ipv4Range.TryParseAddress(start.Text, out uint first) & Ipv4Range.TryParseAddress(end.Text, out uint last);
        if (!readable || first > last)
        {
            string ends = $"{start.Text ?? "nothing"}–{end.Text ?? "nothing"}";
            return new FirewallRule(rule, FirewallReach.Unreadable, Nothing, $"rule '{rule.Name}' is no range of IPv4 addresses: {ends}");
        }

        if (first == 0 && last == 0) return new FirewallRule(rule, FirewallReach.Azure, Nothing, null);

        Ipv4Set all = new(new[] { new Ipv4Range(first, last) });
        Ipv4Set open = all.Except(Ipv4Space.NotPublic);
        FirewallReach reach = open.Addresses > 0 ? FirewallReach.Public
            : all.Except(Ipv4Space.Private).Addresses == 0 ? FirewallReach.Private
            : FirewallReach.Unroutable;
        return new FirewallRule(rule, reach, open, null);
    }

    private static Ipv4Set Nothing => new(Enumerable.Empty<Ipv4Range>());
}
