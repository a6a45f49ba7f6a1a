using System.Collections.Generic;
using System.Linq;

namespace PgSecurity.Core.Postures.Derived;

/// <summary>
/// <c>PgSecurity/reachability</c>: one resource, <c>waysIn</c>, that says by which ways a client can reach the server.
/// Properties: <c>virtualNetwork</c> (delegated subnet), <c>privateEndpoint</c> (an approved connection),
/// <c>publicEndpoint</c> (public access not disabled, no delegated subnet), <c>firewallOpen</c> (a rule lets somebody in), and
/// <c>reachable</c>: one of the first two, or the public endpoint with a rule. <c>otherWayIn</c> is what stays when public
/// access is turned off. Public access that is absent counts as Enabled, the service's default without a subnet.
/// </summary>
public sealed class Reachability : IDerivedFacet
{
    /// <summary>The type of the resource.</summary>
    public const string TypeName = "PgSecurity/reachability";

    /// <inheritdoc/>
    public string Type => TypeName;

    /// <inheritdoc/>
    public IReadOnlyList<string> Sources { get; } = new[]
    {
        FacetTypes.Server, FacetTypes.PrivateEndpointConnections, FacetTypes.FirewallRules,
    };

    /// <inheritdoc/>
    public Facet Derive(Posture posture)
    {
        ResourceField subnet = ResourceField.Of(posture.Server, "properties.network.delegatedSubnetResourceId");
        ResourceField access = ResourceField.Of(posture.Server, "properties.network.publicNetworkAccess");
        Truth integrated = subnet.IsUnknown ? Truth.Unknown : (subnet.Text is { Length: > 0 }).ToTruth();
        Truth open = integrated.Not().And(access.Is("Disabled").Not());
        Truth endpoint = HasApprovedEndpoint(posture, out string? endpointGap);
        Truth admits = AdmitsAnybody(posture, out string? firewallGap);
        string gap = subnet.UnknownReason ?? access.UnknownReason ?? endpointGap ?? firewallGap ?? "";

        Resource ways = new Fact()
            .Set("virtualNetwork", integrated, subnet.UnknownReason ?? "")
            .Set("privateEndpoint", endpoint, endpointGap ?? "")
            .Set("publicEndpoint", open, subnet.UnknownReason ?? access.UnknownReason ?? "")
            .Set("firewallOpen", admits, firewallGap ?? "")
            .Set("otherWayIn", integrated.Or(endpoint), gap)
            .Set("reachable", integrated.Or(endpoint).Or(open.And(admits)), gap)
            .Summarize(Sentence(integrated, endpoint, open, admits))
            .ToResource(posture, Type, "waysIn");
        return new Facet(Type, new[] { ways });
    }

    private static Truth HasApprovedEndpoint(Posture posture, out string? gap)
    {
        Truth any = Truth.False;
        Facet connections = posture.FacetOf(FacetTypes.PrivateEndpointConnections);
        gap = GapText.Of(posture, FacetTypes.PrivateEndpointConnections);
        foreach (Resource connection in connections.Resources)
        {
            ResourceField status = ResourceField.Of(connection, "properties.privateLinkServiceConnectionState.status");
            gap ??= status.UnknownReason;
            any = any.Or(status.Is("Approved"));
        }

        return connections.IsComplete ? any : any.Or(Truth.Unknown);
    }

    private static Truth AdmitsAnybody(Posture posture, out string? gap)
    {
        IReadOnlyList<FirewallRule> all = FirewallRule.ReadAll(posture.FacetOf(FacetTypes.FirewallRules));
        gap = GapText.Of(posture, FacetTypes.FirewallRules) ?? all.FirstOrDefault(rule => rule.Reach == FirewallReach.Unknown)?.Gap;
        if (all.Any(rule => rule.Reach is FirewallReach.Public or FirewallReach.Azure)) return Truth.True;
        return gap is null ? Truth.False : Truth.Unknown;
    }

    private static string Sentence(Truth integrated, Truth endpoint, Truth open, Truth admits) => string.Join(", ", new[]
    {
        Say(integrated, "it is in a virtual network", "it is in no virtual network"),
        Say(endpoint, "it has an approved private endpoint", "it has no approved private endpoint"),
        Say(open, "public access is on", "public access is off"),
        Say(admits, "a firewall rule lets somebody in", "no firewall rule lets anybody in"),
    }.Where(part => part.Length > 0));

    private static string Say(Truth truth, string yes, string no) =>
        truth == Truth.True ? yes : truth == Truth.False ? no : "";
}
