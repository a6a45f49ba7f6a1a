using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using PgSecurity.Core.Tests.Controls;

namespace PgSecurity.Core.Tests.BuiltInPolicies;

/// <summary>
/// One of Microsoft's built-in definitions for flexible servers: its condition in our own hand, what that condition does,
/// what its text says, and where the two part.
/// </summary>
public sealed record BuiltInPolicy(string Id, string Title)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<BuiltInPolicy> All { get; } = [.. NetworkAndIdentityPolicies.All, .. ParameterPolicies.All, .. DiagnosticPolicies.All];

    /// <summary>The one of that GUID.</summary>
    public static BuiltInPolicy Find(string id) => All.Single(policy => policy.Id == id);

    /// <summary>The condition of the definition, written by hand.</summary>
    public required string Rule { get; init; }

    /// <summary>The parameters that have a meaning for the condition, with the values that the tests give.</summary>
    public string Parameters { get; init; } = "{}";

    /// <summary>Whether a server meets the definition as its condition stands.</summary>
    public required Func<ServerFacts, Truth> Does { get; init; }

    /// <summary>Whether a server meets the definition's title and description.</summary>
    public required Func<ServerFacts, Truth> TextSays { get; init; }

    /// <summary>The reasons for which condition and text may differ.</summary>
    public IReadOnlyDictionary<string, Func<ServerFacts, bool>> Departures { get; init; } = new Dictionary<string, Func<ServerFacts, bool>>();

    /// <summary>The ids of the controls that say that they replace it.</summary>
    public IReadOnlyList<string> Controls => Replacing.Value[Id].ToList();

    /// <summary>The values of the parameters.</summary>
    public Dictionary<string, JsonElement> Values
    {
        get
        {
            Dictionary<string, JsonElement> values = new();
            foreach ((string name, JsonNode? value) in (JsonObject)JsonNode.Parse(Parameters)!)
            {
                values[name] = JsonSerializer.SerializeToElement(value);
            }

            return values;
        }
    }

    /// <summary>The hand-written definition as a file would have it.</summary>
    public JsonElement Definition
    {
        get
        {
            JsonObject parameters = new();
            foreach ((string name, JsonElement value) in Values)
            {
                parameters[name] = new JsonObject { ["type"] = TypeOf(value.ValueKind) };
            }

            return JsonSerializer.SerializeToElement(new JsonObject
            {
                ["name"] = Id,
                ["properties"] = new JsonObject
                {
                    ["displayName"] = Title, ["mode"] = "Indexed", ["parameters"] = parameters, ["policyRule"] = JsonNode.Parse(Rule),
                },
            });
        }
    }

    /// <summary>A rule that wants a server parameter whose value meets a condition.</summary>
    public static string ParameterRule(string name, string condition) => Related("configurations", $"\"name\": \"{name}\", \"existenceCondition\": {condition}");

    /// <summary>A rule that wants a child resource of the server.</summary>
    public static string Related(string child, string details) =>
        "{ \"if\": " + IsServer + ", \"then\": { \"effect\": \"auditIfNotExists\", \"details\": { \"type\": \"Microsoft.DBforPostgreSQL/flexibleServers/"
        + child + "\"" + (details.Length == 0 ? "" : ", " + details) + " } } }";

    /// <summary>A rule that flags a server which meets a condition.</summary>
    public static string Flags(string condition) =>
        "{ \"if\": { \"allOf\": [ " + IsServer + ", " + condition + " ] }, \"then\": { \"effect\": \"audit\" } }";

    /// <summary>A condition on the value of a parameter.</summary>
    public static string Value(string test) => "{ \"field\": \"Microsoft.DBforPostgreSQL/flexibleServers/configurations/value\", " + test + " }";

    /// <summary>A condition on a property of the server.</summary>
    public static string Server(string path, string test) => "{ \"field\": \"Microsoft.DBforPostgreSQL/flexibleServers/" + path + "\", " + test + " }";

    private static readonly Lazy<ILookup<string, string>> Replacing = new(() => (
        from file in Directory.EnumerateFiles(RepositoryFiles.Controls, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        let metadata = JsonDocument.Parse(File.ReadAllText(file)).RootElement.GetProperty("properties").GetProperty("metadata").GetProperty("pgSecurity")
        where metadata.TryGetProperty("replaces", out _)
        from peer in metadata.GetProperty("replaces").EnumerateArray()
        where peer.GetProperty("peer").GetString() == "Azure Policy"
        select (Check: peer.GetProperty("check").GetString()!, Control: metadata.GetProperty("id").GetString()!))
        .Distinct().ToLookup(one => one.Check, one => one.Control));

    private const string IsServer = "{ \"field\": \"type\", \"equals\": \"Microsoft.DBforPostgreSQL/flexibleServers\" }";

    private static string TypeOf(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Number => "Integer",
        JsonValueKind.True or JsonValueKind.False => "Boolean",
        JsonValueKind.Array => "Array",
        _ => "String",
    };

    public override string ToString() => $"{Id} {Title}";
}
