using System;
using System.Threading;
using System.Threading.Tasks;
using Azure.Core;

namespace PgSecurity.Azure.Tests;

/// <summary>Gives the tokens of a list, one after another, then the last one again.</summary>
internal sealed class FixedCredential : TokenCredential
{
    private readonly string[] _tokens;

    internal FixedCredential(params string[] tokens) => _tokens = tokens;

    internal int Asked { get; private set; }

    internal string? Claims { get; private set; }

    internal string? Scope { get; private set; }

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        Claims = requestContext.Claims;
        Scope = requestContext.Scopes[0];
        return new AccessToken(_tokens[Math.Min(Asked++, _tokens.Length - 1)], new DateTimeOffset(2026, 11, 24, 20, 0, 0, TimeSpan.Zero));
    }

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        new(GetToken(requestContext, cancellationToken));
}
