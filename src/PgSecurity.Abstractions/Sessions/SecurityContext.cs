using System;
using System.Collections.Generic;

namespace PgSecurity;

/// <summary>Who is connected, and to what. Holds no secret.</summary>
public sealed class SecurityContext
{
    /// <summary>The user's or application's name or id; empty where that is not known.</summary>
    public string Account { get; init; } = string.Empty;

    /// <summary>The tenant's id; empty where that is not known.</summary>
    public string TenantId { get; init; } = string.Empty;

    /// <summary>The cloud, such as <c>AzureCloud</c>.</summary>
    public string Cloud { get; init; } = string.Empty;

    /// <summary>Where the identity comes from.</summary>
    public string Source { get; init; } = string.Empty;

    /// <summary>The address of Azure Resource Manager.</summary>
    public string Endpoint { get; init; } = string.Empty;

    /// <summary>The subscriptions that are meant where none is named; empty for all that the identity sees.</summary>
    public IReadOnlyList<string> Subscriptions { get; init; } = Array.Empty<string>();

    /// <summary>When the token in hand ends, in UTC; it is renewed where the source can. Null where that is not known.</summary>
    public DateTimeOffset? ExpiresOn { get; init; }

    /// <summary>Whether it is a sandbox, in which nothing real is read or changed.</summary>
    public bool IsSandbox { get; init; }
}
