using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Azure.Core;

namespace PgSecurity.Azure.Credentials;

/// <summary>
/// Tokens of a managed identity. Our own request: hybrid workers answer <c>expires_on</c> as a date, which others take for
/// broken (azure-sdk-for-python#19641), and a machine without an identity must be told of within seconds.
/// </summary>
public sealed class ManagedIdentityCredential : TokenCredential
{
    private const int MostAttempts = 3;
    private readonly ManagedIdentityEndpoint _endpoint;
    private readonly string? _clientId;
    private readonly TimeSpan _timeout;

    /// <summary>Makes a credential.</summary>
    /// <param name="endpoint">Where tokens come from.</param>
    /// <param name="clientId">The client id of a user-assigned identity; null for the system-assigned one.</param>
    /// <param name="timeout">How long one attempt may take; null for five seconds.</param>
    public ManagedIdentityCredential(ManagedIdentityEndpoint endpoint, string? clientId, TimeSpan? timeout = null)
    {
        _endpoint = endpoint;
        _clientId = clientId;
        _timeout = timeout ?? TimeSpan.FromSeconds(5);
    }

    /// <inheritdoc/>
    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Tokens are asked for asynchronously.");

    /// <inheritdoc/>
    public override async ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        // A proxy must never see the request, and its answer would be no token.
        using HttpClientHandler handler = new() { UseProxy = false, AllowAutoRedirect = false };
        using HttpClient client = new(handler) { Timeout = _timeout };
        string? proof = null;
        for (int attempt = 1; ; attempt++)
        {
            using HttpRequestMessage request = new(HttpMethod.Get, Address(requestContext.Scopes[0]));
            foreach (KeyValuePair<string, string> header in _endpoint.Headers)
            {
                request.Headers.TryAddWithoutValidation(header.Key, header.Value);
            }

            if (proof is not null) request.Headers.TryAddWithoutValidation("Authorization", "Basic " + proof);
            try
            {
                using HttpResponseMessage response = await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
#if NET
                string body = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
#else
                string body = await response.Content.ReadAsStringAsync().ConfigureAwait(false);
#endif
                if (response.IsSuccessStatusCode) return Read(body);
                if (_endpoint.KeyFolder is string folder && proof is null && (int)response.StatusCode == 401)
                {
                    proof = ArcProof.Read(ChallengeOf(response), folder);
                    continue;
                }

                bool isPassing = (int)response.StatusCode is 404 or 410 or 429 or >= 500;
                if (!isPassing || attempt >= MostAttempts) throw new CredentialException($"{_endpoint.Name}: {(int)response.StatusCode}: {Reason(body)}");
            }
            catch (Exception error) when (error is HttpRequestException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                throw new CredentialException($"{_endpoint.Name}: no answer at {_endpoint.Address.Host}", error);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(500 * attempt), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>When a token ends: seconds since 1970, as a number or text, or a date as hybrid workers answer it.</summary>
    internal static DateTimeOffset? ExpiresOn(JsonElement value)
    {
        string? text = value.ValueKind switch
        {
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.String => value.GetString(),
            _ => null,
        };
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds) && seconds < 253402300800) return DateTimeOffset.FromUnixTimeSeconds(seconds);
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset date) ? date : null;
    }

    private static string? ChallengeOf(HttpResponseMessage response) =>
        response.Headers.TryGetValues("WWW-Authenticate", out IEnumerable<string>? values) ? values.FirstOrDefault() : null;

    private Uri Address(string scope)
    {
        const string Suffix = "/.default";
        string resource = scope.EndsWith(Suffix, StringComparison.Ordinal) ? scope.Substring(0, scope.Length - Suffix.Length) : scope;
        string separator = _endpoint.Address.Query.Length > 0 ? "&" : "?";
        string query = separator + "api-version=" + _endpoint.ApiVersion + "&resource=" + Uri.EscapeDataString(resource);
        if (_clientId is not null) query += "&" + _endpoint.ClientIdName + "=" + Uri.EscapeDataString(_clientId);
        return new Uri(_endpoint.Address.AbsoluteUri + query);
    }

    private AccessToken Read(string body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            JsonElement answer = document.RootElement;
            if (answer.ValueKind == JsonValueKind.Object
                && answer.TryGetProperty("access_token", out JsonElement token)
                && token.GetString() is { Length: > 0 } text)
            {
                DateTimeOffset? expires = answer.TryGetProperty("expires_on", out JsonElement on) ? ExpiresOn(on) : null;
                return new AccessToken(text, expires ?? TokenClaims.Read(text)?.ExpiresOn ?? DateTimeOffset.UtcNow.AddMinutes(30));
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // Told below, without the body: it may hold a token.
        }

        throw new CredentialException($"{_endpoint.Name}: the answer holds no token");
    }

    private static string Reason(string body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            foreach (string name in new[] { "error_description", "message", "error" })
            {
                bool isText = document.RootElement.ValueKind == JsonValueKind.Object
                    && document.RootElement.TryGetProperty(name, out JsonElement value)
                    && value.ValueKind == JsonValueKind.String;
                if (isText) return document.RootElement.GetProperty(name).GetString()!;
            }
        }
        catch (JsonException)
        {
            // An answer of something else than an identity endpoint.
        }

        return "the request was refused";
    }
}
