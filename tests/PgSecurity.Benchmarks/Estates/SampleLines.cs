using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using PgSecurity.Core.Defaults;
using PgSecurity.Core.Postures;

namespace PgSecurity.Benchmarks;

/// <summary>
/// The lines of the sample estate: as they are, and as large as a live server's. The sample keeps some seventy parameters a
/// server; the service lists more than four hundred, each with its description, range and link.
/// </summary>
internal static class SampleLines
{
    private const int ParametersOfALiveServer = 425;

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>As they are.</summary>
    public static IReadOnlyList<byte[]> AsTheyAre() => File.ReadLines(Repository.SampleEstate).Select(Encoding.UTF8.GetBytes).ToArray();

    /// <summary>With all parameters.</summary>
    public static IReadOnlyList<byte[]> AsLargeAsLive() => File.ReadLines(Repository.SampleEstate)
        .Select(line => Encoding.UTF8.GetBytes(Fill(JsonNode.Parse(line)!.AsObject()).ToJsonString(Plain)))
        .ToArray();

    private static JsonObject Fill(JsonObject line)
    {
        JsonArray? parameters = line["facets"]?.AsArray()
            .FirstOrDefault(facet => string.Equals((string?)facet!["type"], FacetTypes.Configurations, StringComparison.OrdinalIgnoreCase))?["resources"]?.AsArray();
        if (parameters is null || parameters.Count == 0) return line;

        HashSet<string> there = new(parameters.Select(parameter => (string)parameter!["name"]!), StringComparer.OrdinalIgnoreCase);
        foreach (string name in Names((string?)line["server"]?["properties"]?["version"]).Where(name => !there.Contains(name)))
        {
            if (parameters.Count >= ParametersOfALiveServer) break;
            parameters.Add(Parameter((string)line["server"]!["id"]!, name));
        }

        return line;
    }

    private static IEnumerable<string> Names(string? version) =>
        (ServiceDefaults.ParametersOf(version) ?? Array.Empty<ParameterDefault>()).Select(parameter => parameter.Name)
            .Concat(Enumerable.Range(1, ParametersOfALiveServer).Select(number => FormattableString.Invariant($"extension_setting.number_{number}")));

    /// <summary>A parameter in the members, and at the length, in which the service lists it.</summary>
    private static JsonObject Parameter(string server, string name) => new()
    {
        ["id"] = $"{server}/configurations/{name}",
        ["type"] = FacetTypes.Configurations,
        ["name"] = name,
        ["properties"] = new JsonObject
        {
            ["value"] = "200",
            ["description"] = $"Sets how much of what the server does {name} bounds, and says so in the log of the server.",
            ["defaultValue"] = "200",
            ["dataType"] = "Integer",
            ["allowedValues"] = "0-2147483647",
            ["source"] = "system-default",
            ["isDynamicConfig"] = true,
            ["isReadOnly"] = false,
            ["isConfigPendingRestart"] = false,
            ["documentationLink"] = $"https://www.postgresql.org/docs/current/runtime-config-resource.html#GUC-{name.ToUpperInvariant()}",
        },
    };
}
