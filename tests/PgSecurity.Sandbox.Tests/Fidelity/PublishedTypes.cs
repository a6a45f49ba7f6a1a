using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PgSecurity.Sandbox.Tests.Fidelity;

/// <summary>
/// The published types of the providers around flexible servers, in the form of Bicep: which members a body may have, and
/// their types. What a provider leaves empty is null in its answers, which the types do not say.
/// </summary>
internal sealed class PublishedTypes
{
    private const int Required = 1;
    private const int WriteOnly = 4;
    private readonly Dictionary<string, (string Version, JsonArray Types, JsonObject Body)> _byType = new(StringComparer.OrdinalIgnoreCase);

    private PublishedTypes(IEnumerable<string> files)
    {
        foreach (string file in files)
        {
            JsonArray types = JsonNode.Parse(File.ReadAllText(file))!.AsArray();
            foreach (JsonObject resource in types.OfType<JsonObject>().Where(type => Kind(type) == "ResourceType"))
            {
                string[] name = resource["name"]!.GetValue<string>().Split('@');
                _byType[name[0]] = (name[1], types, Referenced(types, resource["body"]));
            }
        }
    }

    /// <summary>The types there are.</summary>
    internal IEnumerable<string> Types => _byType.Keys;

    internal static PublishedTypes? Load()
    {
        string? folder = SharedData.Folder is null ? null : Path.Combine(SharedData.Folder, "spec");
        return Directory.Exists(folder) ? new PublishedTypes(Directory.EnumerateFiles(folder, "related-*.json")) : null;
    }

    /// <summary>The version in which a type is published; null where it is not.</summary>
    internal string? VersionOf(string type) => _byType.TryGetValue(type, out (string Version, JsonArray, JsonObject) known) ? known.Version : null;

    /// <summary>What is wrong with a resource's body; null where its type is not published.</summary>
    internal IReadOnlyList<string>? Check(string type, JsonNode? body)
    {
        if (!_byType.TryGetValue(type, out (string Version, JsonArray Types, JsonObject Body) known)) return null;
        List<string> wrong = new();
        Check(known.Types, known.Body, body, type, wrong);
        return wrong;
    }

    private static void Check(JsonArray types, JsonObject type, JsonNode? value, string path, List<string> wrong)
    {
        JsonValueKind kind = value?.GetValueKind() ?? JsonValueKind.Null;
        switch (Kind(type))
        {
            case "ObjectType":
                if (value is JsonObject body) CheckMembers(types, type, body, path, wrong);
                else wrong.Add($"{path} is {kind}, not an object");
                break;
            case "ArrayType":
                if (value is not JsonArray array) wrong.Add($"{path} is {kind}, not an array");
                else foreach (JsonNode? item in array) Check(types, Referenced(types, type["itemType"]), item, path + "[]", wrong);
                break;
            case "UnionType":
                CheckUnion(types, type, value, path, wrong);
                break;
            case "StringLiteralType":
                string expected = type["value"]!.GetValue<string>();
                if (kind != JsonValueKind.String || !string.Equals(value!.GetValue<string>(), expected, StringComparison.OrdinalIgnoreCase)) wrong.Add($"{path} is {value}, not {expected}");
                break;
            case "StringType" when kind != JsonValueKind.String:
            case "IntegerType" when kind != JsonValueKind.Number:
            case "BooleanType" when kind is not (JsonValueKind.True or JsonValueKind.False):
                wrong.Add($"{path} is {kind}, not a {Kind(type)}");
                break;
        }
    }

    private static void CheckUnion(JsonArray types, JsonObject type, JsonNode? value, string path, List<string> wrong)
    {
        foreach (JsonNode? element in type["elements"]!.AsArray())
        {
            List<string> against = new();
            Check(types, Referenced(types, element), value, path, against);
            if (against.Count == 0) return;
        }

        wrong.Add($"{path} has no value {value}");
    }

    private static void CheckMembers(JsonArray types, JsonObject type, JsonObject body, string path, List<string> wrong)
    {
        JsonObject members = type["properties"]?.AsObject() ?? new JsonObject();
        JsonNode? others = type["additionalProperties"];
        foreach ((string name, JsonNode? value) in body)
        {
            if (members[name] is JsonObject member)
            {
                if (value is not null) Check(types, Referenced(types, member["type"]), value, path + "." + name, wrong);
                else if ((Flags(member) & Required) != 0) wrong.Add($"{path}.{name} is null");
            }
            else if (others is not null)
            {
                if (value is not null) Check(types, Referenced(types, others), value, path + ".*", wrong);
            }
            else
            {
                wrong.Add($"{path}.{name} is not known");
            }
        }

        foreach ((string name, JsonNode? member) in members)
        {
            bool isNeeded = (Flags(member!) & (Required | WriteOnly)) == Required;
            if (isNeeded && !body.ContainsKey(name)) wrong.Add($"{path}.{name} is missing");
        }
    }

    private static int Flags(JsonNode member) => member["flags"]?.GetValue<int>() ?? 0;

    private static string Kind(JsonObject type) => type["$type"]!.GetValue<string>();

    private static JsonObject Referenced(JsonArray types, JsonNode? reference) =>
        types[int.Parse(reference!["$ref"]!.GetValue<string>().Substring(2), System.Globalization.CultureInfo.InvariantCulture)]!.AsObject();
}
