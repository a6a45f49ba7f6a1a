using System.Globalization;
using PgSecurity.Sandbox.Operations;

namespace PgSecurity.Sandbox.Related;

/// <summary>The addresses at which operations of other providers are polled, and the pauses they ask for.</summary>
internal static class RelatedAddresses
{
    /// <summary>Adds the address of a network operation's status.</summary>
    internal static SandboxResponse WithNetworkStatus(this SandboxResponse response, Exchange exchange, RelatedOperation operation, string location, int pause)
    {
        response.Headers["Azure-AsyncOperation"] =
            $"{Root(exchange)}/providers/Microsoft.Network/locations/{location}/operations/{operation.Id}?api-version={exchange.ApiVersion}&t=1&c=1&s=1&h=1";
        return response.WithPause(exchange, pause);
    }

    /// <summary>Adds the address of a network operation's result.</summary>
    internal static SandboxResponse WithNetworkResult(this SandboxResponse response, Exchange exchange, RelatedOperation operation, string location)
    {
        response.Headers["Location"] =
            $"{Root(exchange)}/providers/Microsoft.Network/locations/{location}/operationResults/{operation.Id}?api-version={exchange.ApiVersion}&t=1&c=1&s=1&h=1";
        return response;
    }

    /// <summary>Adds both addresses of an operation on a private DNS zone.</summary>
    internal static SandboxResponse WithDnsAddresses(this SandboxResponse response, Exchange exchange, RelatedOperation operation)
    {
        string root = $"{Root(exchange)}/resourceGroups/{exchange.Path.ResourceGroup}/providers/Microsoft.Network/";
        string rest = $"/{operation.Id}?api-version={exchange.ApiVersion}&t=1&c=1&s=1&h=1";
        response.Headers["Azure-AsyncOperation"] = root + "privateDnsOperationStatuses" + rest;
        response.Headers["Location"] = root + "privateDnsOperationResults" + rest;
        return response.WithPause(exchange, 30);
    }

    /// <summary>Adds a result address below the subscription.</summary>
    internal static SandboxResponse WithResultAt(this SandboxResponse response, Exchange exchange, string path, RelatedOperation operation, int pause)
    {
        response.Headers["Location"] = $"{Root(exchange)}/{path}/{operation.Id}?api-version={exchange.ApiVersion}";
        return response.WithPause(exchange, pause);
    }

    private static SandboxResponse WithPause(this SandboxResponse response, Exchange exchange, int seconds)
    {
        response.Headers["Retry-After"] = exchange.Options.Pace == SandboxPace.Instant ? "0" : seconds.ToString(CultureInfo.InvariantCulture);
        return response;
    }

    private static string Root(Exchange exchange) =>
        $"{exchange.Request.Url.Scheme}://{exchange.Request.Url.Authority}/subscriptions/{exchange.Path.Subscription}";
}
