using System;
using System.Text.Json;
using Azure;

namespace PgSecurity.Azure.Arm;

/// <summary>One answer with its body read.</summary>
internal sealed class ArmReply
{
    internal ArmReply(Response response, JsonElement body)
    {
        Response = response;
        Body = body;
    }

    internal Response Response { get; }

    /// <summary>The body; undefined where it is empty.</summary>
    internal JsonElement Body { get; }

    internal int Status => Response.Status;

    internal string? Header(string name) => ArmHeaders.Text(Response, name);

    /// <summary>Reads a body that is JSON or empty; null where it is neither.</summary>
    internal static ArmReply? Read(Response response)
    {
        ReadOnlyMemory<byte> bytes = response.Content?.ToMemory() ?? ReadOnlyMemory<byte>.Empty;
        if (bytes.IsEmpty) return new ArmReply(response, default);
        try
        {
            return new ArmReply(response, JsonDocument.Parse(bytes.ToArray()).RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
