using System;
using System.Threading;
using System.Threading.Tasks;
using Azure.Core;
using Azure.Core.Pipeline;

namespace PgSecurity.Azure.Arm;

/// <summary>
/// Puts the bearer token on requests to the endpoint, and on no other. Azure.Core's own policy refuses plain HTTP; this
/// one allows it on loopback, for a sandbox. A refused token is asked for once more, with the claims that a challenge names.
/// </summary>
internal sealed class TokenPolicy : HttpPipelinePolicy
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);
    private readonly SemaphoreSlim _asking = new(1, 1);
    private readonly TokenCredential _credential;
    private readonly ArmEndpoint _endpoint;
    private readonly string[] _scopes;
    private readonly ArmClock _clock;
    private AccessToken _token;

    internal TokenPolicy(TokenCredential credential, ArmEndpoint endpoint, string scope, ArmClock clock)
    {
        _credential = credential;
        _endpoint = endpoint;
        _scopes = new[] { scope };
        _clock = clock;
    }

    /// <inheritdoc/>
    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        if (!_endpoint.Owns(message.Request.Uri.ToUri()))
        {
            throw new InvalidOperationException("A request to a host other than the endpoint must not carry its token.");
        }

        string used = await TokenAsync(null, null, message.CancellationToken).ConfigureAwait(false);
        message.Request.Headers.SetValue("Authorization", "Bearer " + used);
        await ProcessNextAsync(message, pipeline).ConfigureAwait(false);
        if (message.Response.Status != 401) return;

        string again = await TokenAsync(used, ClaimsChallenge.In(message.Response), message.CancellationToken).ConfigureAwait(false);
        if (again == used) return;
        message.Response.Dispose();
        message.Request.Headers.SetValue("Authorization", "Bearer " + again);
        await ProcessNextAsync(message, pipeline).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("Requests are made asynchronously.");

    private async Task<string> TokenAsync(string? refused, string? claims, CancellationToken stop)
    {
        await _asking.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            bool isFresh = _token.Token is not null && _token.Token != refused && _token.ExpiresOn - _clock.UtcNow > Margin;
            if (!isFresh)
            {
                _token = await _credential.GetTokenAsync(new TokenRequestContext(_scopes, claims: claims, isCaeEnabled: true), stop).ConfigureAwait(false);
            }

            return _token.Token!;
        }
        catch (Exception error) when (error is not OperationCanceledException || !stop.IsCancellationRequested)
        {
            throw new TokenUnavailableException(error);
        }
        finally
        {
            _asking.Release();
        }
    }
}
