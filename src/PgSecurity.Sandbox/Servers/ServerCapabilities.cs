using PgSecurity.Sandbox.Estate;

namespace PgSecurity.Sandbox.Servers;

/// <summary>What a server can become.</summary>
internal sealed class ServerCapabilities : IServerChild
{
    public string Segment => "capabilities";

    public SandboxResponse Answer(Exchange exchange, EstateResource server) => Capabilities.Answer(exchange);
}
