using System;
using System.Collections.Generic;
using System.Linq;

namespace PgSecurity.Core.Remediation.Service;

/// <summary>What a change's guards must know beside the server's own facets: what it is to use and does not use yet.</summary>
public sealed record Surroundings
{
    /// <summary>The type of the facts on whether a server's name is free, named by it: <c>properties.nameAvailable</c>, <c>message</c>.</summary>
    public const string ServerNameType = "PgSecurity/serverNames";

    /// <summary>
    /// The type of the facts on whether an identity may use a key by its roles, named by <see cref="KeyUse.Usage"/>:
    /// <c>properties.mayUse</c> (<c>true</c>, <c>false</c>, or unknown with the reason), <c>roles</c>.
    /// </summary>
    public const string KeyAccessType = "PgSecurity/keyAccess";

    /// <summary>Nothing.</summary>
    public static Surroundings None { get; } = new();

    /// <summary>Resources: each is then in the facet of its type, or the facet's gap says why it is not.</summary>
    public IReadOnlyList<NamedResource> Resources { get; init; } = Array.Empty<NamedResource>();

    /// <summary>ARM ids of groups whose locks matter beside those of the server.</summary>
    public IReadOnlyList<string> LockScopes { get; init; } = Array.Empty<string>();

    /// <summary>Keys, with their vaults and who may use them.</summary>
    public IReadOnlyList<KeyUse> Keys { get; init; } = Array.Empty<KeyUse>();

    /// <summary>Names for new servers, which must be free in all of Azure.</summary>
    public IReadOnlyList<string> ServerNames { get; init; } = Array.Empty<string>();

    /// <summary>Whether there is nothing to be read.</summary>
    public bool IsEmpty => Resources.Count + LockScopes.Count + Keys.Count + ServerNames.Count == 0;

    /// <summary>Both.</summary>
    public Surroundings And(Surroundings other) => new()
    {
        Resources = Resources.Union(other.Resources).ToList(),
        LockScopes = LockScopes.Union(other.LockScopes, StringComparer.OrdinalIgnoreCase).ToList(),
        Keys = Keys.Union(other.Keys).ToList(),
        ServerNames = ServerNames.Union(other.ServerNames, StringComparer.OrdinalIgnoreCase).ToList(),
    };

    /// <summary>What is in these and not in the others.</summary>
    public Surroundings Without(Surroundings other) => new()
    {
        Resources = Resources.Except(other.Resources).ToList(),
        LockScopes = LockScopes.Except(other.LockScopes, StringComparer.OrdinalIgnoreCase).ToList(),
        Keys = Keys.Except(other.Keys).ToList(),
        ServerNames = ServerNames.Except(other.ServerNames, StringComparer.OrdinalIgnoreCase).ToList(),
    };
}

/// <summary>A key that a server is to use.</summary>
/// <param name="Usage">What for: <c>primary</c> or <c>geoBackup</c>.</param>
/// <param name="KeyUri">The key's URI.</param>
/// <param name="IdentityId">The ARM id of the identity that is to use it; null for the one that the server has for this usage.</param>
public sealed record KeyUse(string Usage, string KeyUri, string? IdentityId);

/// <summary>A resource that is to be read.</summary>
/// <param name="Id">Its ARM id, or the https address of something in a vault.</param>
/// <param name="Type">The type of the facet that it is put in.</param>
public sealed record NamedResource(string Id, string Type);
