using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PgSecurity.Core.Exports.AzurePolicy;
using PgSecurity.Core.Policy;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Tests.Exports;

/// <summary>
/// The exported initiative as somebody assigns it who has nothing but its files: definitions found by their ids, their
/// parameters given by the initiative, and the initiative's at their defaults.
/// </summary>
internal sealed class ExportedInitiative
{
    private static readonly Regex Parameter = new(@"^\[parameters\('([^']+)'\)\]$", RegexOptions.CultureInvariant);

    private static readonly Lazy<ExportedInitiative> Read = new(() => new ExportedInitiative(PolicyFiles.Of(CatalogueExport.Whole, PolicyFormat.Json)
        .ToDictionary(file => file.Path, file => JsonNode.Parse(file.Content)!)));

    private readonly Dictionary<string, CompiledPolicy> _policies;

    private ExportedInitiative(Dictionary<string, JsonNode> files)
    {
        Dictionary<string, JsonNode> definitions = files
            .Where(file => file.Key.StartsWith("definitions/", StringComparison.Ordinal))
            .ToDictionary(file => (string)file.Value["name"]!, file => file.Value);
        JsonNode initiative = files["initiative.json"]["properties"]!;
        _policies = ((JsonArray)initiative["policyDefinitions"]!).ToDictionary(
            one => (string)one!["policyDefinitionReferenceId"]!,
            one => Compile(definitions[((string)one!["policyDefinitionId"]!).Split('/')[^1]], (JsonObject)one["parameters"]!, initiative["parameters"]!),
            StringComparer.OrdinalIgnoreCase);
    }

    public static ExportedInitiative Whole => Read.Value;

    /// <summary>Whether a control is in it.</summary>
    public bool Has(string control) => _policies.ContainsKey(control);

    /// <summary>What the definition of a control says of a server.</summary>
    public PolicyOutcome Evaluate(string control, Posture posture) => _policies[control].Evaluate(posture);

    private static CompiledPolicy Compile(JsonNode definition, JsonObject given, JsonNode declared)
    {
        Dictionary<string, JsonElement> values = given.ToDictionary(
            one => one.Key,
            one => JsonSerializer.SerializeToElement(Resolve(one.Value!["value"], declared)));
        return PolicyDefinition.Load(JsonSerializer.SerializeToElement(definition), (string)definition["name"]!).Compile(values);
    }

    private static JsonNode? Resolve(JsonNode? value, JsonNode declared) =>
        value is JsonValue text && text.TryGetValue(out string? expression) && Parameter.Match(expression) is { Success: true } match
            ? declared[match.Groups[1].Value]!["defaultValue"]
            : value;
}
