using System.Threading.Tasks;
using Azure.Core;
using Azure.Core.Pipeline;
using PgSecurity.Sandbox;
using PgSecurity.Sandbox.Fronts;

namespace PgSecurity.Azure.Tests.Remediation;

/// <summary>The sandbox's transport for one of several runs, which takes turns with the others at every request.</summary>
internal sealed class TurnTransport : HttpPipelineTransport
{
    private readonly SandboxTransport _sandbox;
    private readonly Turns _turns;
    private readonly int _run;

    internal TurnTransport(SandboxArm sandbox, Turns turns, int run)
    {
        _sandbox = new SandboxTransport(sandbox);
        _turns = turns;
        _run = run;
    }

    public override Request CreateRequest() => _sandbox.CreateRequest();

    public override void Process(HttpMessage message) => _sandbox.Process(message);

    public override async ValueTask ProcessAsync(HttpMessage message)
    {
        await _turns.TakeAsync(_run);
        await _sandbox.ProcessAsync(message);
    }
}
