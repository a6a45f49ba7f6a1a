using System;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;

namespace PgSecurity.Database.Encryption;

/// <summary>
/// A wrapping key in Key Vault or a managed HSM, over its REST API (<c>wrapkey</c>, <c>unwrapkey</c>): the key never leaves the
/// vault. It needs the permissions wrapKey and unwrapKey (the role <i>Key Vault Crypto User</i>). A token is sent to hosts of
/// Azure alone, whatever a key file says.
/// </summary>
public sealed class KeyVaultWrapper : IKeyWrapper
{
    private const string ApiVersion = "7.4";
    private const string Algorithm = "RSA-OAEP-256";
    private static readonly string[] Hosts =
    {
        ".vault.azure.net", ".vault.usgovcloudapi.net", ".vault.azure.cn", ".managedhsm.azure.net", ".managedhsm.usgovcloudapi.net", ".managedhsm.azure.cn",
    };

    private readonly Uri _key;
    private readonly Func<CancellationToken, Task<string>> _token;
    private readonly HttpClient _client;

    /// <summary>Makes it.</summary>
    /// <param name="key">The key's URI, <c>https://vault.vault.azure.net/keys/name</c> with or without a version.</param>
    /// <param name="token">Gives a token for <c>https://vault.azure.net/.default</c>.</param>
    /// <param name="client">Sends the requests.</param>
    /// <exception cref="EncryptionException">It is not the URI of a key in Azure.</exception>
    public KeyVaultWrapper(string key, Func<CancellationToken, Task<string>> token, HttpClient client)
    {
        _key = Parse(key);
        _token = token;
        _client = client;
    }

    /// <inheritdoc/>
    public async Task<WrappedKey> WrapAsync(byte[] dataKey, CancellationToken stop)
    {
        (string kid, byte[] value) = await SendAsync(_key, "wrapkey", dataKey, stop).ConfigureAwait(false);
        CryptographicOperations.ZeroMemory(dataKey);
        Uri full = Parse(kid);
        if (!IsSameKey(full) || full.Segments.Length < 4) throw new EncryptionException("Key Vault answered for another key than it was asked for.", "Try again; if it stays, tell the vault's operator.");
        return new WrappedKey(kid, Algorithm, value);
    }

    /// <inheritdoc/>
    public async Task<byte[]> UnwrapAsync(WrappedKey wrapped, CancellationToken stop)
    {
        Uri full = Parse(wrapped.WrappingKey);
        if (!IsSameKey(full) || wrapped.Algorithm != Algorithm)
        {
            throw new EncryptionException($"The key was wrapped by {wrapped.WrappingKey}, which is not {_key}.", "Name the wrapping key that you allow: the one that the key was made with.");
        }

        return (await SendAsync(full, "unwrapkey", wrapped.Value, stop).ConfigureAwait(false)).Value;
    }

    /// <summary>The same key, in any version; where the caller named a version, in that one.</summary>
    private bool IsSameKey(Uri full)
    {
        string[] wanted = Parts(_key);
        return string.Equals(full.Host, _key.Host, StringComparison.OrdinalIgnoreCase)
            && Parts(full).Take(wanted.Length).SequenceEqual(wanted, StringComparer.OrdinalIgnoreCase);
    }

    private static string[] Parts(Uri key) => key.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);

    private async Task<(string Kid, byte[] Value)> SendAsync(Uri key, string operation, byte[] value, CancellationToken stop)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, $"{key.GetLeftPart(UriPartial.Path).TrimEnd('/')}/{operation}?api-version={ApiVersion}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await _token(stop).ConfigureAwait(false));
        request.Content = new StringContent(new JsonObject { ["alg"] = Algorithm, ["value"] = ToUrl(value) }.ToJsonString(), Encoding.UTF8, "application/json");
        try
        {
            using HttpResponseMessage response = await _client.SendAsync(request, stop).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
            {
                throw new EncryptionException(
                    $"Key Vault refused {operation} with {key} ({(int)response.StatusCode}).",
                    "The identity needs the role Key Vault Crypto User on the key, the key must be enabled and allow wrapKey and unwrapKey, and the vault's firewall must let you in.");
            }

            using JsonDocument answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(stop).ConfigureAwait(false));
            return (answer.RootElement.GetProperty("kid").GetString() ?? "", FromUrl(answer.RootElement.GetProperty("value").GetString() ?? ""));
        }
        catch (Exception cause) when (cause is HttpRequestException or JsonException or FormatException or System.Collections.Generic.KeyNotFoundException
            || (cause is OperationCanceledException && !stop.IsCancellationRequested))
        {
            throw new EncryptionException($"Key Vault at {key.Host} gave no answer that can be used.", "Check the name of the vault and the way to it.", cause);
        }
    }

    private static Uri Parse(string key)
    {
        if (Uri.TryCreate(key, UriKind.Absolute, out Uri? uri) && uri.Scheme == "https" && uri.IsDefaultPort && uri.UserInfo.Length == 0
            && Array.Exists(Hosts, host => uri.Host.EndsWith(host, StringComparison.OrdinalIgnoreCase))
            && Parts(uri) is { Length: 2 or 3 } parts && parts[0] == "keys")
        {
            return uri;
        }

        throw new EncryptionException($"'{key}' is not the URI of a key in Key Vault.", "Give it as the portal shows it: https://<vault>.vault.azure.net/keys/<name>/<version>.");
    }

    private static string ToUrl(byte[] value) => Convert.ToBase64String(value).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private static byte[] FromUrl(string text)
    {
        string base64 = text.Replace('-', '+').Replace('_', '/');
        return Convert.FromBase64String(base64.PadRight((base64.Length + 3) / 4 * 4, '='));
    }
}
