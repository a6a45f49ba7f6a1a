using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Azure.Arm;

namespace PgSecurity.Azure.Credentials;

/// <summary>A connection to Azure, or to a sandbox that answers as Azure does. Holds no secret that it shows. Safe for many threads.</summary>
public sealed class AzureSession
{
    private readonly ConcurrentDictionary<string, ArmClient> _vaults = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Makes a session.</summary>
    /// <param name="arm">The client of Resource Manager.</param>
    /// <param name="graph">The client of Microsoft Graph; null where no token for it can be had.</param>
    /// <param name="cloud">The cloud.</param>
    /// <param name="source">Where the identity comes from, in words.</param>
    public AzureSession(ArmClient arm, ArmClient? graph, AzureCloud cloud, string source)
    {
        Arm = arm;
        Graph = graph;
        Cloud = cloud;
        Source = source;
    }

    /// <summary>The client of Resource Manager.</summary>
    public ArmClient Arm { get; }

    /// <summary>The client of Microsoft Graph; null where no token for it can be had.</summary>
    public ArmClient? Graph { get; }

    /// <summary>The cloud.</summary>
    public AzureCloud Cloud { get; }

    /// <summary>Makes the client of a vault's data plane, by its host; null where no token for vaults can be had.</summary>
    public Func<string, ArmClient>? VaultClients { get; init; }

    /// <summary>Gives a token for a scope; null where there are none, as in a sandbox.</summary>
    public Func<string, CancellationToken, Task<string>>? Tokens { get; init; }

    /// <summary>The client of a vault's or managed HSM's data plane.</summary>
    /// <param name="host">The host; it must be one of this cloud's, since a token goes to it.</param>
    /// <exception cref="CredentialException">The host is another one, or no token for vaults can be had.</exception>
    public ArmClient Vault(string host)
    {
        if (!Cloud.OwnsVault(host)) throw new CredentialException($"'{host}' is no vault of {Cloud.Name}: a token goes to hosts that end in {Cloud.VaultSuffix} or {Cloud.ManagedHsmSuffix} only");
        if (VaultClients is null) throw new CredentialException("This connection has no tokens for Key Vault");
        return _vaults.GetOrAdd(host, VaultClients);
    }

    /// <summary>Where the identity comes from, such as <c>managed identity (IMDS)</c>.</summary>
    public string Source { get; }

    /// <summary>Who it is: a name or an application's id; null where that is not known.</summary>
    public string? Account { get; init; }

    /// <summary>The tenant's id; null where that is not known.</summary>
    public string? TenantId { get; init; }

    /// <summary>When the token in hand ends; null where that is not known.</summary>
    public DateTimeOffset? ExpiresOn { get; init; }

    /// <summary>The subscriptions that are meant where none is named: ids; empty for all that the identity sees.</summary>
    public IReadOnlyList<string> Subscriptions { get; init; } = Array.Empty<string>();

    /// <summary>Whether it is a sandbox, in which nothing real is read or changed.</summary>
    public bool IsSandbox { get; init; }
}
