using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PgSecurity.Sandbox.Estate;

namespace PgSecurity.Sandbox.Tests.Fidelity;

/// <summary>One exchange of a recorded session.</summary>
internal sealed class RecordedExchange
{
    private RecordedExchange(JsonObject line)
    {
        Number = line["n"]!.GetValue<int>();
        Method = line["method"]!.GetValue<string>();
        Url = new Uri(line["url"]!.GetValue<string>());
        Request = line["request"];
        Status = line["status"]!.GetValue<int>();
        Headers = (line["headers"] as JsonObject ?? new JsonObject())
            .ToDictionary(pair => pair.Key, pair => pair.Value?.ToString() ?? string.Empty, StringComparer.OrdinalIgnoreCase);
        Response = line["response"];
        Path = ArmPath.Parse(Url.AbsolutePath);
        ApiVersion = Regex.Match(Url.Query, "api-version=([^&]*)").Groups[1].Value;
    }

    internal int Number { get; }

    internal string Method { get; }

    internal Uri Url { get; }

    internal JsonNode? Request { get; }

    internal int Status { get; }

    internal IReadOnlyDictionary<string, string> Headers { get; }

    internal JsonNode? Response { get; }

    internal ArmPath Path { get; }

    internal string ApiVersion { get; }

    /// <summary>Reads a session, one exchange a line.</summary>
    internal static IReadOnlyList<RecordedExchange> ReadSession(string file) => File.ReadLines(file)
        .Where(line => line.Length > 0)
        .Select(line => new RecordedExchange((JsonObject)JsonNode.Parse(line)!))
        .ToArray();

    /// <summary>An exchange written by hand, for sessions that are always there.</summary>
    internal static RecordedExchange Of(int number, string method, string url, int status, string? request = null, string? response = null, string? headers = null) =>
        new(new JsonObject
        {
            ["n"] = number,
            ["method"] = method,
            ["url"] = url,
            ["request"] = request is null ? null : JsonNode.Parse(request),
            ["status"] = status,
            ["headers"] = headers is null ? new JsonObject() : JsonNode.Parse(headers),
            ["response"] = response is null ? null : JsonNode.Parse(response),
        });
}
