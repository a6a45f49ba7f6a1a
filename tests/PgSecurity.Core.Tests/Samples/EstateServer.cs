using System.Collections.Generic;

namespace PgSecurity.Core.Tests.Samples;

/// <summary>One server of the estate: who it is, what people say about it, and what that came to.</summary>
public sealed record EstateServer(
    EstateSubscription Subscription, string Group, string Name, string Region, string Version, string Story, IReadOnlyList<string> Traits)
{
    /// <summary>The server that it replicates; null for a primary.</summary>
    public string? ReplicaOf { get; init; }

    /// <summary>The name of the delegated subnet of a server in a virtual network; null for others.</summary>
    public string? Subnet { get; init; }

    /// <summary>Whether a network security group guards the delegated subnet.</summary>
    public bool HasSecurityGroup { get; init; }

    /// <summary>Whether the server in the virtual network has its private DNS zone.</summary>
    public bool HasDnsZone { get; init; } = true;
}
