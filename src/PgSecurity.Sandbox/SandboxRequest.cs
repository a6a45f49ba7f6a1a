using System;
using System.Collections.Generic;
using System.Text;

namespace PgSecurity.Sandbox;

/// <summary>A request as the sandbox sees it, whichever front it came through.</summary>
public sealed class SandboxRequest
{
    /// <summary>Makes a request.</summary>
    /// <param name="method">The method, in capitals.</param>
    /// <param name="url">The absolute address; links in answers are built on its scheme, host and port.</param>
    /// <param name="headers">The headers; null for none.</param>
    /// <param name="body">The body; null for none.</param>
    public SandboxRequest(
        string method,
        Uri url,
        IEnumerable<KeyValuePair<string, string>>? headers = null,
        byte[]? body = null)
    {
        Method = method;
        Url = url;
        Body = body ?? Array.Empty<byte>();
        Dictionary<string, string> all = new(StringComparer.OrdinalIgnoreCase);
        if (headers is not null)
        {
            foreach (KeyValuePair<string, string> header in headers)
            {
                all[header.Key] = header.Value;
            }
        }

        Headers = all;
    }

    /// <summary>The method, in capitals.</summary>
    public string Method { get; }

    /// <summary>The absolute address.</summary>
    public Uri Url { get; }

    /// <summary>The headers; names without regard to case.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; }

    /// <summary>The body; empty where there is none.</summary>
    public byte[] Body { get; }

    /// <summary>A request of ARM's public address, for tests and scripts.</summary>
    /// <param name="method">The method, in capitals.</param>
    /// <param name="pathAndQuery">The path and query, starting with a slash.</param>
    /// <param name="json">The body; null for none.</param>
    public static SandboxRequest Arm(string method, string pathAndQuery, string? json = null) =>
        new(
            method,
            new Uri("https://management.azure.com" + pathAndQuery),
            headers: null,
            json is null ? null : Encoding.UTF8.GetBytes(json));
}
