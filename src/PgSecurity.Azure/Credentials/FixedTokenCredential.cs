using System;
using System.Threading;
using System.Threading.Tasks;
using Azure.Core;

namespace PgSecurity.Azure.Credentials;

/// <summary>A token that somebody else got. It is good for one audience, and until it ends.</summary>
public sealed class FixedTokenCredential : TokenCredential
{
    private readonly AccessToken _token;
    private readonly string _scope;

    /// <summary>Makes a credential.</summary>
    /// <param name="token">The token.</param>
    /// <param name="scope">The scope that it is for, such as <c>https://management.azure.com/.default</c>.</param>
    public FixedTokenCredential(string token, string scope)
    {
        _token = new AccessToken(token, TokenClaims.Read(token)?.ExpiresOn ?? DateTimeOffset.UtcNow.AddHours(1));
        _scope = scope;
    }

    /// <inheritdoc/>
    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        if (!string.Equals(requestContext.Scopes[0], _scope, StringComparison.OrdinalIgnoreCase))
        {
            throw new CredentialException("the access token is for " + _scope + " only");
        }

        return _token.ExpiresOn > DateTimeOffset.UtcNow
            ? _token
            : throw new CredentialException("the access token has expired; get a new one and connect again");
    }

    /// <inheritdoc/>
    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        new(GetToken(requestContext, cancellationToken));
}
