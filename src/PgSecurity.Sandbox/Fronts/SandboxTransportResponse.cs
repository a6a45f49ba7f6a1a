using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.IO;
using Azure;
using Azure.Core;

namespace PgSecurity.Sandbox.Fronts;

/// <summary>An answer of the sandbox as Azure.Core's response.</summary>
internal sealed class SandboxTransportResponse : Response
{
    private readonly SandboxResponse _answer;

    internal SandboxTransportResponse(SandboxResponse answer, string clientRequestId)
    {
        _answer = answer;
        ClientRequestId = clientRequestId;
        ContentStream = answer.Break == TransportBreak.Truncated
            ? new TruncatedStream(answer.Body, answer.Body.Length / 2)
            : new MemoryStream(answer.Body, writable: false);
    }

    /// <inheritdoc/>
    public override int Status => _answer.Status;

    /// <inheritdoc/>
    public override string ReasonPhrase => ReasonPhrases.Of(Status);

    /// <inheritdoc/>
    public override Stream? ContentStream { get; set; }

    /// <inheritdoc/>
    public override string ClientRequestId { get; set; }

    /// <inheritdoc/>
    public override void Dispose() => ContentStream?.Dispose();

    /// <inheritdoc/>
    protected override bool ContainsHeader(string name) => _answer.Headers.ContainsKey(name);

    /// <inheritdoc/>
    protected override IEnumerable<HttpHeader> EnumerateHeaders()
    {
        foreach (KeyValuePair<string, string> header in _answer.Headers)
        {
            yield return new HttpHeader(header.Key, header.Value);
        }
    }

    /// <inheritdoc/>
    protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value) => _answer.Headers.TryGetValue(name, out value);

    /// <inheritdoc/>
    protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values)
    {
        bool found = _answer.Headers.TryGetValue(name, out string? value);
        values = found ? new[] { value! } : null;
        return found;
    }
}
