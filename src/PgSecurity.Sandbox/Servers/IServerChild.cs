using PgSecurity.Sandbox.Estate;

namespace PgSecurity.Sandbox.Servers;

/// <summary>A child collection or an action of a server. Used under the sandbox's lock.</summary>
internal interface IServerChild
{
    /// <summary>The segment after the server's name.</summary>
    string Segment { get; }

    /// <summary>Answers a request; the server exists.</summary>
    SandboxResponse Answer(Exchange exchange, EstateResource server);
}
