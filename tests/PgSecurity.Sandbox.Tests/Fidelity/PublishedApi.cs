using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PgSecurity.Sandbox.Tests.Fidelity;

/// <summary>The published operations and types of flexible servers: which answer an operation may give, and its form.</summary>
internal sealed class PublishedApi
{
    private readonly JsonObject _definitions;
    private readonly List<(Regex Path, JsonObject Operations)> _paths = new();

    private PublishedApi(JsonObject document)
    {
        _definitions = document["definitions"]!.AsObject();
        foreach ((string path, JsonNode? operations) in document["paths"]!.AsObject())
        {
            string pattern = "^" + Regex.Replace(path, @"\{[^}]*\}", "[^/]+") + "$";
            _paths.Add((new Regex(pattern, RegexOptions.IgnoreCase), operations!.AsObject()));
        }
    }

    internal static PublishedApi? Load()
    {
        string? file = SharedData.Folder is null ? null : Path.Combine(SharedData.Folder, "spec", "flexible-servers-2025-08-01.derived-openapi.json");
        return file is null || !File.Exists(file) ? null : new PublishedApi(JsonNode.Parse(File.ReadAllText(file))!.AsObject());
    }

    /// <summary>What is wrong with an answer; null where the API does not have the operation.</summary>
    internal IReadOnlyList<string>? Check(string method, string path, SandboxResponse response)
    {
        JsonObject? operation = _paths.Where(entry => entry.Path.IsMatch(path)).Select(entry => entry.Operations[method.ToLowerInvariant()] as JsonObject).FirstOrDefault(found => found is not null);
        if (operation is null) return null;
        JsonObject responses = operation["responses"]!.AsObject();
        string status = response.Status.ToString(System.Globalization.CultureInfo.InvariantCulture);
        JsonNode? declared = responses[status] ?? (response.Status >= 400 ? responses["default"] : null);
        List<string> wrong = new();
        if (declared is null) wrong.Add($"status {status} is not declared");
        if (declared?["schema"] is JsonObject schema) Check(schema, response.Json, "$", wrong);
        return wrong;
    }

    private void Check(JsonObject schema, JsonNode? value, string path, List<string> wrong)
    {
        if (schema["$ref"] is JsonNode reference)
        {
            string name = reference.GetValue<string>().Split('/').Last();
            Check(_definitions[name]!.AsObject(), value, path, wrong);
            return;
        }

        string? type = schema["type"]?.GetValue<string>();
        JsonValueKind kind = value?.GetValueKind() ?? JsonValueKind.Null;
        bool fits = type switch
        {
            "object" => kind == JsonValueKind.Object,
            "array" => kind == JsonValueKind.Array,
            "string" => kind == JsonValueKind.String,
            "integer" or "number" => kind == JsonValueKind.Number,
            "boolean" => kind is JsonValueKind.True or JsonValueKind.False,
            _ => true,
        };
        if (!fits) wrong.Add($"{path} is {kind}, not {type}");
        if (schema["enum"] is JsonArray members && kind == JsonValueKind.String && !members.Any(member => string.Equals(member!.GetValue<string>(), value!.GetValue<string>(), StringComparison.OrdinalIgnoreCase)))
        {
            wrong.Add($"{path} has no value '{value}'");
        }

        if (value is JsonArray array && schema["items"] is JsonObject items)
        {
            foreach (JsonNode? item in array) Check(items, item, path + "[]", wrong);
        }

        if (value is not JsonObject body) return;
        foreach (JsonNode? required in schema["required"] as JsonArray ?? new JsonArray())
        {
            if (!body.ContainsKey(required!.GetValue<string>())) wrong.Add($"{path}.{required} is missing");
        }

        JsonObject? properties = schema["properties"] as JsonObject;
        foreach ((string name, JsonNode? member) in body)
        {
            if (properties?[name] is JsonObject known) Check(known, member, path + "." + name, wrong);
            else if (properties is not null && schema["additionalProperties"] is null) wrong.Add($"{path}.{name} is not known");
        }
    }
}
