using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using PgSecurity.Sandbox.Estate;

namespace PgSecurity.Sandbox;

/// <summary>Answers in the forms that ARM and the providers behind it use.</summary>
internal static class Reply
{
    private const string JsonType = "application/json; charset=utf-8";

    internal static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonSerializerOptions NodeOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A JSON answer.</summary>
    internal static SandboxResponse Json(int status, JsonNode? node)
    {
        SandboxResponse response = new(status, Encoding.UTF8.GetBytes(node?.ToJsonString(NodeOptions) ?? "null"));
        response.Headers["Content-Type"] = JsonType;
        return response;
    }

    /// <summary>An answer with another body.</summary>
    internal static SandboxResponse With(SandboxResponse response, JsonNode body)
    {
        SandboxResponse changed = Json(response.Status, body);
        foreach (KeyValuePair<string, string> header in response.Headers) changed.Headers[header.Key] = header.Value;
        return changed;
    }

    /// <summary>A resource as it is kept.</summary>
    internal static SandboxResponse Resource(int status, EstateResource resource)
    {
        using MemoryStream buffer = new();
        using (Utf8JsonWriter writer = new(buffer, WriterOptions))
        {
            resource.WriteTo(writer);
        }

        SandboxResponse response = new(status, buffer.ToArray());
        response.Headers["Content-Type"] = JsonType;
        return response;
    }

    /// <summary>An answer without a body.</summary>
    internal static SandboxResponse Empty(int status) => new(status);

    /// <summary>An error in ARM's form.</summary>
    internal static SandboxResponse Error(int status, string code, string message) =>
        Json(status, new JsonObject { ["error"] = ErrorBody(code, message) });

    /// <summary>An error that ARM itself raises, before any provider has seen the request.</summary>
    internal static SandboxResponse Gateway(int status, string code, string message)
    {
        SandboxResponse response = Error(status, code, message);
        response.Headers["x-ms-failure-cause"] = "gateway";
        return response;
    }

    /// <summary>The object under <c>error</c>.</summary>
    internal static JsonObject ErrorBody(string code, string message) => new() { ["code"] = code, ["message"] = message };

    /// <summary>ARM's 404 for a resource.</summary>
    internal static SandboxResponse ResourceNotFound(string typeAndName, string? resourceGroup) =>
        Gateway(
            404,
            "ResourceNotFound",
            $"The Resource '{typeAndName}' under resource group '{resourceGroup ?? "<null>"}' was not found. "
            + "For more details please go to https://aka.ms/ARMResourceNotFoundFix");

    /// <summary>A page of a list, with <c>nextLink</c> where there is more.</summary>
    internal static SandboxResponse Page(IEnumerable<Action<Utf8JsonWriter>> items, string? nextLink)
    {
        using MemoryStream buffer = new();
        using (Utf8JsonWriter writer = new(buffer, WriterOptions))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("value");
            foreach (Action<Utf8JsonWriter> item in items)
            {
                item(writer);
            }

            writer.WriteEndArray();
            if (nextLink is not null) writer.WriteString("nextLink", nextLink);
            writer.WriteEndObject();
        }

        SandboxResponse response = new(200, buffer.ToArray());
        response.Headers["Content-Type"] = JsonType;
        return response;
    }
}
