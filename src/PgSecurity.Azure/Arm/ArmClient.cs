using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace PgSecurity.Azure.Arm;

/// <summary>
/// Azure Resource Manager over HTTP: paths in, JSON out. Appends the API version of the path's provider, follows pages
/// and long-running operations to their end, stays within what ARM grants each subscription, and turns everything that
/// goes wrong into an <see cref="ArmFault"/>. Serves Microsoft Graph and a vault's data plane as well. Safe for many threads.
/// </summary>
public sealed class ArmClient
{
    // A list that never ends is the service's fault, not a reason to run for ever.
    private const int MostPages = 10_000;
    private readonly HttpPipeline _pipeline;
    private readonly ArmClientOptions _options;

    /// <summary>Makes a client.</summary>
    /// <param name="endpoint">The address to speak to.</param>
    /// <param name="credential">Gives the tokens; null sends none.</param>
    /// <param name="options">How it behaves; null for the defaults.</param>
    public ArmClient(ArmEndpoint endpoint, TokenCredential? credential, ArmClientOptions? options = null)
    {
        Endpoint = endpoint;
        _options = options ?? new ArmClientOptions();
        Governor = new ThrottleGovernor(_options);
        _pipeline = BuildPipeline(credential);
    }

    /// <summary>The address that it speaks to.</summary>
    public ArmEndpoint Endpoint { get; }

    /// <summary>The id that all its requests carry.</summary>
    public string CorrelationId => _options.CorrelationId;

    internal ThrottleGovernor Governor { get; }

    internal ArmClock Clock => _options.Clock;

    internal ArmClientOptions Options => _options;

    /// <summary>Reads a resource.</summary>
    /// <param name="path">The path, such as a resource id; with a query of its own if it needs one.</param>
    /// <param name="stop">Ends the wait.</param>
    /// <exception cref="ArmException">It could not be read.</exception>
    public async Task<JsonElement> GetAsync(string path, CancellationToken stop)
    {
        ArmReply reply = await ReadAsync(Endpoint.Of(Versioned(path)), stop).ConfigureAwait(false);
        if (reply.Body.ValueKind is JsonValueKind.Object or JsonValueKind.Array) return reply.Body;
        throw new ArmException(ArmFaults.Malformed("GET", PathOf(path), reply.Response, "The answer has no resource in it"));
    }

    /// <summary>Reads a resource; null where there is none (404 with a code that says so).</summary>
    /// <exception cref="ArmException">It could not be told.</exception>
    public async Task<JsonElement?> FindAsync(string path, CancellationToken stop)
    {
        try
        {
            return await GetAsync(path, stop).ConfigureAwait(false);
        }
        catch (ArmException error) when (error.Fault.Kind == ArmFaultKind.NotFound && ArmFaultCodes.SaysAbsent(error.Fault.Code))
        {
            return null;
        }
    }

    /// <summary>
    /// Reads a list, page by page. A fault after the first page is told beside what was read; one on the first is thrown.
    /// </summary>
    /// <exception cref="ArmException">The first page could not be read.</exception>
    public async Task<ArmListing> ListAsync(string path, CancellationToken stop)
    {
        List<JsonElement> items = new();
        ArmFault? fault = await ReadPagesAsync(path, items.Add, MostPages, stop).ConfigureAwait(false);
        return new ArmListing(items, fault);
    }

    /// <summary>Reads a list, page by page, and keeps nothing of it, for lists that may be long.</summary>
    /// <param name="path">The path, with its query.</param>
    /// <param name="take">Gets each item, in the service's order.</param>
    /// <param name="mostPages">How many pages are read, at least 1.</param>
    /// <param name="stop">Ends the wait.</param>
    /// <returns>Why there may be more items; null where these were all.</returns>
    /// <exception cref="ArmException">The first page could not be read.</exception>
    internal async Task<ArmFault?> ReadPagesAsync(string path, Action<JsonElement> take, int mostPages, CancellationToken stop)
    {
        string address = Endpoint.Of(Versioned(path));
        for (int page = 1; page <= mostPages; page++)
        {
            ArmReply reply;
            try
            {
                reply = await ReadAsync(address, stop).ConfigureAwait(false);
                if (!TryTakeItems(reply.Body, take))
                {
                    throw new ArmException(ArmFaults.Malformed("GET", PathOf(path), reply.Response, "The answer is no list"));
                }
            }
            catch (ArmException error) when (page > 1)
            {
                return error.Fault;
            }

            string? next = NextLink(reply.Body);
            if (next is null) return null;
            if (next == address || !Uri.TryCreate(next, UriKind.Absolute, out Uri? uri) || !Endpoint.Owns(uri))
            {
                return ArmFaults.Malformed("GET", PathOf(path), reply.Response, "The next page is not at the endpoint, and the token goes nowhere else");
            }

            address = next;
        }

        return new ArmFault(ArmFaultKind.Malformed, "GET", PathOf(path), mostPages < MostPages ? $"The list is longer than {mostPages} pages" : "The list does not end");
    }

    /// <summary>Changes a part of a resource, and waits for the operation's end.</summary>
    /// <exception cref="ArmException">It was refused, or its operation failed.</exception>
    public Task<ArmWriteResult> PatchAsync(string path, JsonNode body, CancellationToken stop) =>
        WriteAsync(RequestMethod.Patch, path, body, follow: true, stop);

    /// <summary>Creates or replaces a resource, and waits for the operation's end.</summary>
    /// <exception cref="ArmException">It was refused, or its operation failed.</exception>
    public Task<ArmWriteResult> PutAsync(string path, JsonNode? body, CancellationToken stop) =>
        WriteAsync(RequestMethod.Put, path, body, follow: true, stop);

    /// <summary>Does an action, such as <c>…/restart</c>, and waits for the operation's end.</summary>
    /// <exception cref="ArmException">It was refused, or its operation failed.</exception>
    public Task<ArmWriteResult> PostAsync(string path, JsonNode? body, CancellationToken stop) =>
        WriteAsync(RequestMethod.Post, path, body, follow: true, stop);

    /// <summary>Writes, and leaves the operation that may begin to the service: <see cref="ArmWriteResult.IsUnderWay"/> tells of one.</summary>
    /// <exception cref="ArmException">It was refused.</exception>
    public Task<ArmWriteResult> StartAsync(RequestMethod method, string path, JsonNode? body, CancellationToken stop) =>
        WriteAsync(method, path, body, follow: false, stop);

    /// <summary>Deletes a resource, and waits for the operation's end. One that is not there is deleted (204).</summary>
    /// <exception cref="ArmException">It was refused, or its operation failed.</exception>
    public async Task<ArmWriteResult> DeleteAsync(string path, CancellationToken stop)
    {
        try
        {
            return await WriteAsync(RequestMethod.Delete, path, null, follow: true, stop).ConfigureAwait(false);
        }
        catch (ArmException error) when (error.Fault is { Kind: ArmFaultKind.NotFound, Code: "ResourceNotFound" })
        {
            return new ArmWriteResult(204, default) { RequestId = error.Fault.RequestId, CorrelationId = CorrelationId };
        }
    }

    /// <summary>Makes a request that reads, though it is a POST: a query of Resource Graph, or of the directory.</summary>
    internal async Task<JsonElement> AskAsync(string path, JsonNode body, CancellationToken stop)
    {
        ArmReply reply = await ReadAsync(RequestMethod.Post, Endpoint.Of(Versioned(path)), body, stop).ConfigureAwait(false);
        return reply.Body.ValueKind == JsonValueKind.Object
            ? reply.Body
            : throw new ArmException(ArmFaults.Malformed("POST", PathOf(path), reply.Response, "The answer is no object"));
    }

    /// <summary>Reads an address. An answer that is no JSON is asked for once more: proxies answer so in passing.</summary>
    internal Task<ArmReply> ReadAsync(string address, CancellationToken stop) => ReadAsync(RequestMethod.Get, address, null, stop);

    private async Task<ArmReply> ReadAsync(RequestMethod method, string address, JsonNode? body, CancellationToken stop)
    {
        try
        {
            return await SendAsync(method, address, body, stop).ConfigureAwait(false);
        }
        catch (ArmException error) when (error.Fault.Kind == ArmFaultKind.Malformed)
        {
            return await SendAsync(method, address, body, stop).ConfigureAwait(false);
        }
    }

    private async Task<ArmWriteResult> WriteAsync(RequestMethod method, string path, JsonNode? body, bool follow, CancellationToken stop)
    {
        DateTimeOffset start = Clock.UtcNow;
        ArmReply first = await SendAsync(method, Endpoint.Of(Versioned(path)), body, stop).ConfigureAwait(false);
        ArmOperation? operation = ArmOperation.Of(this, method.Method, path, first);
        if (operation is null)
        {
            return new ArmWriteResult(first.Status, first.Body) { RequestId = first.Header("x-ms-request-id"), CorrelationId = CorrelationId };
        }

        if (!follow)
        {
            return new ArmWriteResult(first.Status, first.Body)
            {
                OperationId = operation.Id, IsUnderWay = true, RequestId = first.Header("x-ms-request-id"), CorrelationId = CorrelationId,
            };
        }

        JsonElement last = await operation.FollowAsync(stop).ConfigureAwait(false);
        return new ArmWriteResult(first.Status, last)
        {
            OperationId = operation.Id,
            Polls = operation.Polls,
            Duration = Clock.UtcNow - start,
            RequestId = first.Header("x-ms-request-id"),
            CorrelationId = CorrelationId,
        };
    }

    private async Task<ArmReply> SendAsync(RequestMethod method, string address, JsonNode? body, CancellationToken stop)
    {
        string path = PathOf(address);
        using HttpMessage message = _pipeline.CreateMessage();
        message.Request.Method = method;
        message.Request.Uri.Reset(ExactUri.Of(address));
        message.Request.Headers.Add("Accept", "application/json");
        message.Request.Headers.Add("x-ms-correlation-request-id", CorrelationId);
        if (body is not null)
        {
            message.Request.Headers.Add("Content-Type", "application/json");
            message.Request.Content = RequestContent.Create(Encoding.UTF8.GetBytes(body.ToJsonString()));
        }

        Stopwatch watch = Stopwatch.StartNew();
        try
        {
            await _pipeline.SendAsync(message, stop).ConfigureAwait(false);
        }
        catch (TokenUnavailableException error)
        {
            Log(method, path, "no token", watch);
            throw new ArmException(
                new ArmFault(ArmFaultKind.Unauthorized, method.Method, path, "No token could be had: " + error.Message) { CorrelationId = CorrelationId },
                error);
        }
        catch (Exception error) when (ArmFaults.IsTransportError(error) && !stop.IsCancellationRequested)
        {
            ArmFault fault = ArmFaults.FromException(method.Method, path, error, CorrelationId);
            Log(method, path, fault.Kind.ToString(), watch);
            throw new ArmException(fault, error);
        }

        Response response = message.Response;
        Log(method, path, response.Status + " " + ArmHeaders.Text(response, "x-ms-request-id"), watch);
        if (response.Status is < 200 or >= 300) throw new ArmException(ArmFaults.FromResponse(method.Method, path, response));
        return ArmReply.Read(response)
            ?? throw new ArmException(ArmFaults.Malformed(method.Method, path, response, "The answer is no JSON"));
    }

    private void Log(RequestMethod method, string path, string what, Stopwatch watch) =>
        _options.Log?.Invoke(string.Format(CultureInfo.InvariantCulture, "{0} {1}: {2}, {3} ms", method.Method, path, what.TrimEnd(), watch.ElapsedMilliseconds));

    private HttpPipeline BuildPipeline(TokenCredential? credential)
    {
        PipelineOptions options = new() { RetryPolicy = new RepeatPolicy(_options) };
        options.Retry.NetworkTimeout = _options.RequestTimeout;
        options.Diagnostics.ApplicationId = "PgSecurity";
        options.Diagnostics.IsLoggingEnabled = false;
        options.Diagnostics.IsDistributedTracingEnabled = false;
        if (_options.Transport is not null) options.Transport = _options.Transport;

        List<HttpPipelinePolicy> each = new() { Governor };
        if (credential is not null)
        {
            string scope = _options.Scope ?? Endpoint.Address.AbsoluteUri.TrimEnd('/') + "/.default";
            each.Add(new TokenPolicy(credential, Endpoint, scope, Clock));
        }

        return HttpPipelineBuilder.Build(options, Array.Empty<HttpPipelinePolicy>(), each.ToArray(), new ResponseClassifier());
    }

    private static bool TryTakeItems(JsonElement body, Action<JsonElement> take)
    {
        JsonElement list = body;
        if (body.ValueKind == JsonValueKind.Object && !body.TryGetProperty("value", out list)) return false;
        if (list.ValueKind != JsonValueKind.Array) return false;
        foreach (JsonElement item in list.EnumerateArray())
        {
            take(item);
        }

        return true;
    }

    private static string? NextLink(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object) return null;
        bool isThere = body.TryGetProperty("nextLink", out JsonElement link) || body.TryGetProperty("@odata.nextLink", out link);
        return isThere && link.ValueKind == JsonValueKind.String && link.GetString() is { Length: > 0 } next ? next : null;
    }

    private static string Versioned(string path)
    {
        string rooted = path.Length > 0 && path[0] == '/' ? path : "/" + path;
        if (rooted.IndexOf("api-version=", StringComparison.OrdinalIgnoreCase) >= 0) return rooted;
        string? version = ArmApiVersions.For(rooted);
        if (version is null) return rooted;
        return rooted + (rooted.IndexOf("?", StringComparison.Ordinal) < 0 ? "?" : "&") + "api-version=" + version;
    }

    internal static string PathOf(string address)
    {
        string path = Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) && uri.Scheme != "file" ? uri.AbsolutePath : address;
        int query = path.IndexOf("?", StringComparison.Ordinal);
        return query < 0 ? path : path.Substring(0, query);
    }

    private sealed class PipelineOptions : ClientOptions
    {
    }
}
