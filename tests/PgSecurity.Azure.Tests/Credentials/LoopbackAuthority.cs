using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Azure.Core.Pipeline;

namespace PgSecurity.Azure.Tests.Credentials;

/// <summary>
/// Leads every request of Azure.Identity to an endpoint on loopback, whatever the authority's host: Azure.Identity itself
/// accepts no authority without TLS.
/// </summary>
internal sealed class LoopbackAuthority(Uri endpoint) : HttpClientHandler
{
    internal static HttpClientTransport TransportTo(IdentityEndpoint endpoint) => new(new HttpClient(new LoopbackAuthority(endpoint.Address)));

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Add("X-Asked-For", request.RequestUri!.AbsoluteUri);
        request.RequestUri = new UriBuilder(request.RequestUri) { Scheme = "http", Host = endpoint.Host, Port = endpoint.Port }.Uri;
        return base.SendAsync(request, cancellationToken);
    }

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
        SendAsync(request, cancellationToken).GetAwaiter().GetResult();
}
