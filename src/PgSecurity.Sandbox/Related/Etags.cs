using PgSecurity.Sandbox.Estate;

namespace PgSecurity.Sandbox.Related;

/// <summary>The ETag header of the network provider, whose resources carry it in their bodies too. Servers have none.</summary>
internal static class Etags
{
    internal static SandboxResponse WithEtag(this SandboxResponse response, EstateResource resource)
    {
        if (resource.Body.Text("etag") is string etag) response.Headers["ETag"] = etag;
        return response;
    }

    internal static string Weak(Exchange exchange) => $"W/\"{exchange.NewGuid()}\"";
}
