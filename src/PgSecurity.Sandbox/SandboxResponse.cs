using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json.Nodes;

namespace PgSecurity.Sandbox;

/// <summary>How an answer breaks on its way to the client.</summary>
public enum TransportBreak
{
    /// <summary>It does not.</summary>
    None,

    /// <summary>The connection is reset before any answer.</summary>
    Reset,

    /// <summary>The body ends in its middle, though the headers announce all of it.</summary>
    Truncated,
}

/// <summary>An answer of the sandbox, to be carried by a front.</summary>
public sealed class SandboxResponse
{
    /// <summary>Makes an answer.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="body">The body; null for none.</param>
    public SandboxResponse(int status, byte[]? body = null)
    {
        Status = status;
        Body = body ?? Array.Empty<byte>();
    }

    /// <summary>The HTTP status.</summary>
    public int Status { get; }

    /// <summary>The headers, content type among them; names without regard to case.</summary>
    public IDictionary<string, string> Headers { get; } =
        new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The body; empty where there is none.</summary>
    public byte[] Body { get; internal set; }

    /// <summary>How long a front waits before it answers.</summary>
    public TimeSpan Delay { get; internal set; }

    /// <summary>How the answer breaks on its way.</summary>
    public TransportBreak Break { get; internal set; }

    /// <summary>The body as text.</summary>
    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>The body as JSON; null where there is none.</summary>
    /// <exception cref="System.Text.Json.JsonException">The body is not JSON, as with a fault that breaks it.</exception>
    public JsonNode? Json => Body.Length == 0 ? null : JsonNode.Parse(Body);

    /// <summary>A header's value; null where the answer does not have it.</summary>
    public string? Header(string name) => Headers.TryGetValue(name, out string? value) ? value : null;
}
