using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Azure.Credentials;
using PgSecurity.Sandbox;

namespace PgSecurity.Sessions;

/// <summary>The connection of a runspace, with what renews its tokens.</summary>
internal sealed class Connection
{
    private bool _usesVaults;
    private bool _usesDatabases;

    /// <summary>Makes a connection.</summary>
    /// <param name="session">The session.</param>
    /// <param name="held">The credential that only the pipeline's thread can renew; null where it renews itself.</param>
    /// <param name="sandbox">The sandbox behind it; null for Azure.</param>
    /// <param name="requests">What its requests are noted in.</param>
    public Connection(AzureSession session, RequestLog requests, HeldTokenCredential? held = null, SandboxArm? sandbox = null)
    {
        Session = session;
        Requests = requests;
        Held = held;
        Sandbox = sandbox;
        Names = new NameCache(session);
    }

    /// <summary>The session.</summary>
    public AzureSession Session { get; }

    /// <summary>The sandbox behind it; null for Azure.</summary>
    public SandboxArm? Sandbox { get; }

    /// <summary>What its requests are noted in.</summary>
    public RequestLog Requests { get; }

    /// <summary>The names that it sees, for completion.</summary>
    public NameCache Names { get; }

    private HeldTokenCredential? Held { get; }

    /// <summary>Renews tokens that only the pipeline's thread can renew, where they end soon. Called on that thread.</summary>
    public void Renew()
    {
        IEnumerable<string> scopes = Scopes(Session.Cloud);
        if (_usesVaults) scopes = scopes.Concat(VaultScopes(Session.Cloud));
        if (_usesDatabases) scopes = scopes.Append(Session.Cloud.DatabaseScope);
        Held?.Refresh(scopes, DateTimeOffset.UtcNow);
    }

    /// <summary>From now on there are tokens for vaults too. Called on the pipeline's thread.</summary>
    public void UseVaults()
    {
        _usesVaults = true;
        Renew();
    }

    /// <summary>From now on there are tokens for databases too. Called on the pipeline's thread.</summary>
    public void UseDatabases()
    {
        _usesDatabases = true;
        Renew();
    }

    /// <summary>A token for the data plane of a vault or managed HSM.</summary>
    /// <param name="host">Its host.</param>
    /// <param name="stop">Ends the wait.</param>
    /// <exception cref="CredentialException">None can be had, or the host is of another cloud.</exception>
    public Task<string> VaultTokenAsync(string host, CancellationToken stop)
    {
        if (Session.Tokens is null) throw new CredentialException("A sandbox has no token for Key Vault");
        return Session.Cloud.OwnsVault(host)
            ? Session.Tokens(Session.Cloud.VaultScope(host), stop)
            : throw new CredentialException($"'{host}' is no vault of {Session.Cloud.Name}, to which this session is connected");
    }

    /// <summary>The scopes that a session needs.</summary>
    public static IEnumerable<string> Scopes(AzureCloud cloud)
    {
        yield return cloud.ResourceManagerScope;
        yield return cloud.GraphScope;
    }

    private static IEnumerable<string> VaultScopes(AzureCloud cloud) => new[] { cloud.VaultScope(cloud.VaultSuffix), cloud.VaultScope(cloud.ManagedHsmSuffix) };

    /// <summary>What can be shown of it.</summary>
    public SecurityContext ToContext() => new()
    {
        Account = Session.Account ?? string.Empty,
        TenantId = Session.TenantId ?? string.Empty,
        Cloud = Session.Cloud.Name,
        Source = Session.Source,
        Endpoint = Session.Arm.Endpoint.ToString(),
        Subscriptions = Session.Subscriptions,
        ExpiresOn = Session.ExpiresOn,
        IsSandbox = Session.IsSandbox,
    };
}
