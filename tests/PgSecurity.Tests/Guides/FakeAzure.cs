using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace PgSecurity.Tests.Guides;

/// <summary>
/// What runbooks need of Azure beside the module: a managed identity's endpoint, blobs, logs ingestion and the jobs of an
/// Automation account, over HTTP on loopback. It checks what the services check: the token's resource, the headers.
/// </summary>
internal sealed class FakeAzure : IDisposable
{
    private const string IdentityHeader = "identity-secret";

    private readonly HttpListener _listener = new();
    private readonly ConcurrentDictionary<string, int> _busy = new(StringComparer.Ordinal);

    public FakeAzure()
    {
        Address = $"http://127.0.0.1:{FreePort()}";
        _listener.Prefixes.Add(Address + "/");
        _listener.Start();
        _ = AnswerAsync();
        Environment.SetEnvironmentVariable("IDENTITY_ENDPOINT", Address + "/identity");
        Environment.SetEnvironmentVariable("IDENTITY_HEADER", IdentityHeader);
    }

    /// <summary>The address, without a slash at the end.</summary>
    public string Address { get; }

    /// <summary>The blobs, by container and name.</summary>
    public ConcurrentDictionary<string, byte[]> Blobs { get; } = new(StringComparer.Ordinal);

    /// <summary>The bodies that were sent to logs ingestion.</summary>
    public ConcurrentQueue<string> Logs { get; } = new();

    /// <summary>What a job does with its parameters; gives the status it ends with.</summary>
    public Func<JsonObject, string> RunJob { get; set; } = _ => "Completed";

    /// <summary>Answers the next requests whose path begins so with 503.</summary>
    public void BeBusy(string path, int times) => _busy[path] = times;

    /// <summary>A blob as text.</summary>
    public string Text(string name) => Encoding.UTF8.GetString(Blobs[name]);

    /// <summary>A blob as JSON.</summary>
    public JsonNode Json(string name) => JsonNode.Parse(Text(name))!;

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("IDENTITY_ENDPOINT", null);
        Environment.SetEnvironmentVariable("IDENTITY_HEADER", null);
        _listener.Close();
    }

    private async Task AnswerAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext exchange;
            try
            {
                exchange = await _listener.GetContextAsync();
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            _ = Task.Run(() => Answer(exchange));
        }
    }

    private void Answer(HttpListenerContext exchange)
    {
        (int status, byte[] body) = Reply(exchange.Request);
        exchange.Response.StatusCode = status;
        exchange.Response.ContentType = exchange.Request.Url!.AbsolutePath.StartsWith("/blobs/", StringComparison.Ordinal) ? "application/octet-stream" : "application/json";
        exchange.Response.Close(body, willBlock: true);
    }

    private (int Status, byte[] Body) Reply(HttpListenerRequest request)
    {
        string path = Uri.UnescapeDataString(request.Url!.AbsolutePath);
        if (IsBusy(path)) return (503, []);
        if (path == "/identity") return Identity(request);
        if (path.StartsWith("/blobs/", StringComparison.Ordinal)) return Blob(request, path["/blobs/".Length..]);
        if (path.StartsWith("/logs/dataCollectionRules/", StringComparison.Ordinal)) return Log(request);
        return path.Contains("/jobs/", StringComparison.Ordinal) ? Job(request) : (400, []);
    }

    private bool IsBusy(string path)
    {
        foreach ((string prefix, int times) in _busy.Where(item => item.Value > 0 && path.StartsWith(item.Key, StringComparison.Ordinal)))
        {
            _busy[prefix] = times - 1;
            return true;
        }

        return false;
    }

    private static (int, byte[]) Identity(HttpListenerRequest request) =>
        request.Headers["X-IDENTITY-HEADER"] != IdentityHeader || request.QueryString["resource"] is not { Length: > 0 } resource
            ? (400, [])
            : (200, Encoding.UTF8.GetBytes(new JsonObject { ["access_token"] = "token for " + resource }.ToJsonString()));

    private static bool Has(HttpListenerRequest request, string resource) => request.Headers["Authorization"] == "Bearer token for " + resource;

    private (int, byte[]) Blob(HttpListenerRequest request, string name)
    {
        if (!Has(request, "https://storage.azure.com/") || request.Headers["x-ms-version"] is null) return (403, []);
        if (request.HttpMethod == "GET") return Blobs.TryGetValue(name, out byte[]? blob) ? (200, blob) : (404, []);
        if (request.HttpMethod != "PUT" || request.Headers["x-ms-blob-type"] != "BlockBlob") return (400, []);
        Blobs[name] = Body(request);
        return (201, []);
    }

    private (int, byte[]) Log(HttpListenerRequest request)
    {
        if (!Has(request, "https://monitor.azure.com/")) return (403, []);
        byte[] body = Body(request);
        if (body.Length > 1024 * 1024) return (413, []);
        string text = Encoding.UTF8.GetString(body);
        if (JsonNode.Parse(text) is not JsonArray) return (400, []);
        Logs.Enqueue(text);
        return (204, []);
    }

    private (int, byte[]) Job(HttpListenerRequest request)
    {
        if (!Has(request, "https://management.azure.com/")) return (403, []);
        string status = request.HttpMethod == "PUT" ? RunJob(JsonNode.Parse(Body(request))!["properties"]!.AsObject()) : "Completed";
        return (request.HttpMethod == "PUT" ? 201 : 200, Encoding.UTF8.GetBytes(new JsonObject { ["properties"] = new JsonObject { ["status"] = status } }.ToJsonString()));
    }

    private static byte[] Body(HttpListenerRequest request)
    {
        using MemoryStream body = new();
        request.InputStream.CopyTo(body);
        return body.ToArray();
    }

    private static int FreePort()
    {
        using TcpListener probe = new(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
