using System;
using System.IO;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.Tasks;

namespace PgSecurity.Database.Tls.Revocation;

/// <summary>
/// What certificates point at, over plain HTTP, as it is published: the answers are signed. Each download has a limit of
/// time and size, and what an address gives is asked for once.
/// </summary>
internal sealed class Downloads : IDisposable
{
    private const int LargestAnswer = 32 * 1024 * 1024;
    private readonly HttpClient _client;

    /// <summary>Makes it.</summary>
    /// <param name="timeout">The limit of one download.</param>
    public Downloads(TimeSpan timeout)
    {
        _client = new HttpClient(new HttpClientHandler { UseCookies = false, MaxAutomaticRedirections = 3 })
        {
            Timeout = timeout,
            MaxResponseContentBufferSize = LargestAnswer,
        };
    }

    /// <summary>Gets a file.</summary>
    /// <exception cref="IOException">It cannot be had; the message says why.</exception>
    public Task<byte[]> GetAsync(string url, CancellationToken stop) => SendAsync(url, null, stop);

    /// <summary>Posts a request of OCSP and gets the answer.</summary>
    /// <exception cref="IOException">It cannot be had; the message says why.</exception>
    public Task<byte[]> AskAsync(string url, byte[] request, CancellationToken stop) => SendAsync(url, request, stop);

    public void Dispose() => _client.Dispose();

    private async Task<byte[]> SendAsync(string url, byte[]? body, CancellationToken stop)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? address) || address.Scheme != "http")
        {
            throw new IOException($"{url} is not an HTTP address");
        }

        try
        {
            using HttpRequestMessage request = new(body is null ? HttpMethod.Get : HttpMethod.Post, address);
            if (body is not null)
            {
                request.Content = new ByteArrayContent(body);
                request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/ocsp-request");
            }

            using HttpResponseMessage response = await _client.SendAsync(request, stop).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode) throw new IOException($"{url} answered {(int)response.StatusCode}");
#if NET8_0_OR_GREATER
            return await response.Content.ReadAsByteArrayAsync(stop).ConfigureAwait(false);
#else
            return await response.Content.ReadAsByteArrayAsync().ConfigureAwait(false);
#endif
        }
        catch (HttpRequestException cause)
        {
            throw new IOException($"{url} cannot be reached", cause);
        }
        catch (OperationCanceledException cause) when (!stop.IsCancellationRequested)
        {
            throw new IOException($"{url} did not answer in time", cause);
        }
    }
}
