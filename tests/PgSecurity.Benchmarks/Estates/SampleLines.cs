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
/// server; the service lists more than four hundred, each with its description, range and link. What belongs to a server alone
/// holds <see cref="Number"/>, in whose place <see cref="SnapshotBytes"/> writes another number each time: no line comes
/// twice, and of its resources those alone come again in the same words that do so in a real estate, its parameters and what
/// a tenant has for all of its servers.
/// </summary>
internal static class SampleLines
{
    /// <summary>What stands in a line where each of its servers has a number of its own.</summary>
    public const string Number = "90817263";

    private const int ParametersOfALiveServer = 425;

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>As they are.</summary>
    public static IReadOnlyList<byte[]> AsTheyAre() => Lines(line => line);

    /// <summary>With all parameters.</summary>
    public static IReadOnlyList<byte[]> AsLargeAsLive() => Lines(Fill);

    private static byte[][] Lines(Func<JsonObject, JsonObject> change) => File.ReadLines(Repository.SampleEstate)
        .Select(line => Encoding.UTF8.GetBytes(Numbered(change(JsonNode.Parse(line)!.AsObject()))))
        .ToArray();

    /// <summary>The line with a number in the server's name, and in each resource below the server but its parameters.</summary>
    private static string Numbered(JsonObject line)
    {
        string id = (string)line["server"]!["id"]!;
        foreach (JsonNode? facet in line["facets"]?.AsArray() ?? new JsonArray())
        {
            if (string.Equals((string?)facet!["type"], FacetTypes.Configurations, StringComparison.OrdinalIgnoreCase)) continue;
            foreach (JsonNode? resource in facet["resources"]!.AsArray())
            {
                bool isOwn = ((string?)resource!["id"])?.StartsWith(id + "/", StringComparison.OrdinalIgnoreCase) == true;
                if (isOwn && resource["properties"] is JsonObject properties) properties["etag"] = Number;
            }
        }

        string name = id.Substring(id.LastIndexOf('/') + 1);
        return line.ToJsonString(Plain).Replace(name, $"{name}-{Number}", StringComparison.Ordinal);
    }

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
