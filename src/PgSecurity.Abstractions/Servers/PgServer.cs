using System;
using System.Collections.Generic;

namespace PgSecurity;

/// <summary>A server as it was listed. A value is empty where it is not known.</summary>
public sealed class PgServer
{
    /// <summary>The ARM id.</summary>
    public string ResourceId { get; init; } = string.Empty;

    /// <summary>The server's name.</summary>
    public string ServerName { get; init; } = string.Empty;

    /// <summary>The resource group's name.</summary>
    public string ResourceGroupName { get; init; } = string.Empty;

    /// <summary>The subscription's id.</summary>
    public string SubscriptionId { get; init; } = string.Empty;

    /// <summary>The region, as the service answers it.</summary>
    public string Location { get; init; } = string.Empty;

    /// <summary>The major version.</summary>
    public string Version { get; init; } = string.Empty;

    /// <summary>The state, such as Ready or Stopped.</summary>
    public string State { get; init; } = string.Empty;

    /// <summary>The tier: Burstable, GeneralPurpose, MemoryOptimized.</summary>
    public string Tier { get; init; } = string.Empty;

    /// <summary>The role in a replication: Primary, AsyncReplica, GeoAsyncReplica, None.</summary>
    public string ReplicationRole { get; init; } = string.Empty;

    /// <summary>Public, or VirtualNetwork where the server has a delegated subnet.</summary>
    public string NetworkMode { get; init; } = string.Empty;

    /// <summary>Whether public access is Enabled or Disabled.</summary>
    public string PublicNetworkAccess { get; init; } = string.Empty;

    /// <summary>The host name.</summary>
    public string FullyQualifiedDomainName { get; init; } = string.Empty;

    /// <summary>Whether it is a retired single server.</summary>
    public bool IsSingleServer { get; init; }

    /// <summary>The tags.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override string ToString() => ResourceId;
}
