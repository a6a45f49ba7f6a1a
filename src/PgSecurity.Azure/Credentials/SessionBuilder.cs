using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Azure.Core;
using PgSecurity.Azure.Arm;

namespace PgSecurity.Azure.Credentials;

/// <summary>Makes sessions, and proves each by asking for a token.</summary>
public sealed class SessionBuilder
{
    /// <summary>The cloud.</summary>
    public AzureCloud Cloud { get; init; } = AzureCloud.Public;

    /// <summary>Where Resource Manager is spoken to, if not at the cloud's own address. One on loopback serves Microsoft Graph too.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>The subscriptions that are meant where none is named.</summary>
    public IReadOnlyList<string> Subscriptions { get; init; } = Array.Empty<string>();

    /// <summary>Gets a line for each request. Called from any thread.</summary>
    public Action<string>? Log { get; init; }

    /// <summary>Makes a session.</summary>
    /// <param name="credential">Gives the tokens.</param>
    /// <param name="source">Where the identity comes from, in words.</param>
    /// <param name="stop">Ends the wait.</param>
    /// <exception cref="CredentialException">No token could be had.</exception>
    public async Task<AzureSession> ConnectAsync(TokenCredential credential, string source, CancellationToken stop)
    {
        AccessToken token;
        try
        {
            token = await credential.GetTokenAsync(new TokenRequestContext(new[] { Cloud.ResourceManagerScope }), stop).ConfigureAwait(false);
        }
        catch (Exception error) when (error is not OperationCanceledException || !stop.IsCancellationRequested)
        {
            throw new CredentialException(TokenRefusal.Of(error), error);
        }

        TokenClaims? claims = TokenClaims.Read(token.Token);
        string correlation = Guid.NewGuid().ToString();
        ArmClient arm = Client(Endpoint ?? Cloud.ResourceManager, Cloud.ResourceManagerScope, credential, correlation);
        return new AzureSession(
            arm,
            Endpoint is { IsLoopback: true } ? arm : Client(Cloud.Graph, Cloud.GraphScope, credential, correlation),
            Cloud,
            source)
        {
            Account = claims?.Account,
            TenantId = claims?.TenantId,
            ExpiresOn = token.ExpiresOn,
            VaultClients = host => Client(VaultAddress(host), Cloud.VaultScope(host), credential, correlation),
            Tokens = async (scope, ending) => (await credential.GetTokenAsync(new TokenRequestContext(new[] { scope }), ending).ConfigureAwait(false)).Token,
            Subscriptions = Subscriptions,
        };
    }

    /// <summary>A vault behind an endpoint on loopback is a part of the path there, as the sandbox has it.</summary>
    private Uri VaultAddress(string host) => new(Endpoint is { IsLoopback: true } local ? $"{local.AbsoluteUri.TrimEnd('/')}/_/{host}" : $"https://{host}");

    private ArmClient Client(Uri address, string scope, TokenCredential credential, string correlation) =>
        new(new ArmEndpoint(address), credential, new ArmClientOptions { Scope = scope, CorrelationId = correlation, Log = Log });
}
