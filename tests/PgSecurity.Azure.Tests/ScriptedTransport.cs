using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace PgSecurity.Azure.Tests;

/// <summary>A transport that answers by a function of the request, and keeps what was asked.</summary>
internal sealed class ScriptedTransport : HttpPipelineTransport
{
    private readonly Func<SentRequest, ScriptedResponse> _answer;
    private readonly List<SentRequest> _sent = new();

    internal ScriptedTransport(Func<SentRequest, ScriptedResponse> answer) => _answer = answer;

    internal IReadOnlyList<SentRequest> Sent
    {
        get
        {
            lock (_sent)
            {
                return _sent.ToArray();
            }
        }
    }

    public override Request CreateRequest() => HttpClientTransport.Shared.CreateRequest();

    public override void Process(HttpMessage message) => throw new NotSupportedException();

    public override ValueTask ProcessAsync(HttpMessage message)
    {
        message.CancellationToken.ThrowIfCancellationRequested();
        SentRequest request = SentRequest.Of(message.Request);
        lock (_sent)
        {
            _sent.Add(request);
        }

        ScriptedResponse response = _answer(request);
        if (response.Error is not null) throw response.Error;
        message.Response = response;
        return default;
    }
}

internal sealed record SentRequest(string Method, string Address, string Path, string? Authorization, string? CorrelationId, string Body)
{
    internal static SentRequest Of(Request request)
    {
        using MemoryStream body = new();
        request.Content?.WriteTo(body, default);
        Uri uri = request.Uri.ToUri();
        return new SentRequest(
            request.Method.Method,
            uri.OriginalString,
            uri.AbsolutePath,
            request.Headers.TryGetValue("Authorization", out string? token) ? token : null,
            request.Headers.TryGetValue("x-ms-correlation-request-id", out string? id) ? id : null,
            Encoding.UTF8.GetString(body.ToArray()));
    }
}

internal sealed class ScriptedResponse : Response
{
    private readonly Dictionary<string, string> _headers = new(StringComparer.OrdinalIgnoreCase);

    internal ScriptedResponse(int status, string body = "")
    {
        Status = status;
        if (body.Length > 0) ContentStream = new MemoryStream(Encoding.UTF8.GetBytes(body));
    }

    internal ScriptedResponse(Exception error)
        : this(0) => Error = error;

    internal Exception? Error { get; }

    public override int Status { get; }

    public override string ReasonPhrase => string.Empty;

    public override Stream? ContentStream { get; set; }

    public override string ClientRequestId { get; set; } = string.Empty;

    internal ScriptedResponse With(string name, string value)
    {
        _headers[name] = value;
        return this;
    }

    public override void Dispose()
    {
    }

    protected override bool ContainsHeader(string name) => _headers.ContainsKey(name);

    protected override IEnumerable<HttpHeader> EnumerateHeaders() => _headers.Select(pair => new HttpHeader(pair.Key, pair.Value));

    protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value) => _headers.TryGetValue(name, out value);

    protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values)
    {
        values = _headers.TryGetValue(name, out string? value) ? new[] { value } : null;
        return values is not null;
    }
}
