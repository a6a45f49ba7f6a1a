namespace PgSecurity.Sandbox;

/// <summary>One resource provider, or a part of one. Used under the sandbox's lock.</summary>
internal interface IProvider
{
    /// <summary>Whether the request is this provider's to answer.</summary>
    bool Answers(Exchange exchange);

    /// <summary>Answers it.</summary>
    SandboxResponse Answer(Exchange exchange);
}
