using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading.Tasks;
using Azure.Core;
using Azure.Core.Pipeline;
using PgSecurity.Sandbox;
using PgSecurity.Sandbox.Fronts;

namespace PgSecurity.Azure.Tests.Inventory;

/// <summary>A transport to a sandbox that notes what was asked for: method and path.</summary>
internal sealed class RecordingTransport(SandboxArm arm) : HttpPipelineTransport
{
    private readonly SandboxTransport _inner = new(arm);
    private readonly ConcurrentQueue<(string Method, string Path)> _asked = new();

    /// <summary>What was asked for, in order.</summary>
    internal IReadOnlyCollection<(string Method, string Path)> Asked => _asked;

    public override Request CreateRequest() => _inner.CreateRequest();

    public override void Process(HttpMessage message)
    {
        Note(message);
        _inner.Process(message);
    }

    public override ValueTask ProcessAsync(HttpMessage message)
    {
        Note(message);
        return _inner.ProcessAsync(message);
    }

    private void Note(HttpMessage message) =>
        _asked.Enqueue((message.Request.Method.Method, message.Request.Uri.ToUri().AbsolutePath));
}
