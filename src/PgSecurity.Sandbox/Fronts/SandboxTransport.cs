using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace PgSecurity.Sandbox.Fronts;

/// <summary>
/// The sandbox behind Azure.Core's transport, for a pipeline that would otherwise speak to Azure. A reset comes as the
/// exception that the real transport throws, a truncated body as a stream that breaks, a delay ends with the token.
/// </summary>
public sealed class SandboxTransport : HttpPipelineTransport
{
    private readonly SandboxArm _arm;
    private readonly HttpPipelineTransport _requests = HttpClientTransport.Shared;

    /// <summary>Makes a transport to a sandbox.</summary>
    public SandboxTransport(SandboxArm arm) => _arm = arm;

    /// <inheritdoc/>
    public override Request CreateRequest() => _requests.CreateRequest();

    /// <inheritdoc/>
    public override void Process(HttpMessage message)
    {
        SandboxResponse answer = _arm.Handle(Translate(message));
        if (answer.Delay > TimeSpan.Zero && message.CancellationToken.WaitHandle.WaitOne(answer.Delay))
        {
            message.CancellationToken.ThrowIfCancellationRequested();
        }

        Answer(message, answer);
    }

    /// <inheritdoc/>
    public override async ValueTask ProcessAsync(HttpMessage message)
    {
        SandboxResponse answer = _arm.Handle(Translate(message));
        if (answer.Delay > TimeSpan.Zero) await Task.Delay(answer.Delay, message.CancellationToken).ConfigureAwait(false);
        Answer(message, answer);
    }

    private static SandboxRequest Translate(HttpMessage message)
    {
        message.CancellationToken.ThrowIfCancellationRequested();
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        foreach (HttpHeader header in message.Request.Headers)
        {
            headers[header.Name] = header.Value;
        }

        byte[]? body = null;
        if (message.Request.Content is RequestContent content)
        {
            using MemoryStream buffer = new();
            content.WriteTo(buffer, message.CancellationToken);
            body = buffer.ToArray();
        }

        return new SandboxRequest(message.Request.Method.Method, message.Request.Uri.ToUri(), headers, body);
    }

    private static void Answer(HttpMessage message, SandboxResponse answer)
    {
        if (answer.Break == TransportBreak.Reset)
        {
            throw new RequestFailedException("The connection was reset.", new IOException("The connection was reset by the sandbox."));
        }

        message.Response = new SandboxTransportResponse(answer, message.Request.ClientRequestId);
    }
}
