using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Azure.Core;

namespace PgSecurity.Azure.Credentials;

/// <summary>
/// Tokens that can be asked for on one thread only, as those of the Az context, which a cmdlet's thread asks for: that
/// thread fills them in before work and while it waits; the work takes what is held.
/// </summary>
public sealed class HeldTokenCredential : TokenCredential
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(10);

    // Whoever holds the login keeps tokens too, and may give the one in hand until shortly before its end.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly Dictionary<string, DateTimeOffset> _asked = new(StringComparer.OrdinalIgnoreCase);
    private readonly object _gate = new();
    private readonly Dictionary<string, AccessToken> _tokens = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _refusals = new(StringComparer.OrdinalIgnoreCase);
    private readonly Func<string, AccessToken> _ask;
    private readonly string _source;

    /// <summary>Makes a credential.</summary>
    /// <param name="source">What it is, for messages.</param>
    /// <param name="ask">Gets a token for a scope; called by <see cref="Refresh"/> only.</param>
    public HeldTokenCredential(string source, Func<string, AccessToken> ask)
    {
        _source = source;
        _ask = ask;
    }

    /// <summary>Gets tokens that are missing or end soon. Called on the thread on which they can be had.</summary>
    /// <param name="scopes">The scopes that will be needed.</param>
    /// <param name="now">The time.</param>
    public void Refresh(IEnumerable<string> scopes, DateTimeOffset now)
    {
        foreach (string scope in scopes)
        {
            if (!IsDue(scope, now)) continue;
            _asked[scope] = now;
            try
            {
                AccessToken token = _ask(scope);
                lock (_gate)
                {
                    _tokens[scope] = token;
                    _refusals.Remove(scope);
                }
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                lock (_gate)
                {
                    _refusals[scope] = error.Message;
                }
            }
        }
    }

    /// <inheritdoc/>
    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        string scope = requestContext.Scopes[0];
        lock (_gate)
        {
            if (_tokens.TryGetValue(scope, out AccessToken token) && token.ExpiresOn > DateTimeOffset.UtcNow) return token;
            throw new CredentialException(_refusals.TryGetValue(scope, out string? why) ? $"{_source}: {why}" : $"{_source}: no token for {scope} is held");
        }
    }

    /// <inheritdoc/>
    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        new(GetToken(requestContext, cancellationToken));

    private bool IsDue(string scope, DateTimeOffset now)
    {
        lock (_gate)
        {
            return !_tokens.TryGetValue(scope, out AccessToken token) ? !_refusals.ContainsKey(scope) : token.ExpiresOn - now < Margin && now - _asked[scope] >= Patience;
        }
    }
}
