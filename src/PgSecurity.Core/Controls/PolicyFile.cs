using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using PgSecurity.Core.Policy;
using PgSecurity.Core.Postures.Recognition;

namespace PgSecurity.Core.Controls;

/// <summary>
/// The policy definitions in a file: one, an array, a list of ARM's, or a deployment template that makes some, which is how
/// landing zones are published and what Bicep compiles to.
/// </summary>
internal static class PolicyFile
{
    private const string Type = "Microsoft.Authorization/policyDefinitions";

    /// <summary>The definitions; the document itself where nothing says that it is something else.</summary>
    public static IEnumerable<JsonElement> DefinitionsIn(JsonElement document)
    {
        if (document.ValueKind == JsonValueKind.Array) return document.EnumerateArray().SelectMany(DefinitionsIn);
        if (ArmJson.TryGet(document, "value", out JsonElement list) && list.ValueKind == JsonValueKind.Array) return DefinitionsIn(list);
        JsonElement[] deployed = InTemplate(document).ToArray();
        if (deployed.Length > 0) return deployed;

        // A resource cut out of a template: its expressions are written for the deployment.
        bool isResource = ArmJson.Has(document, "apiVersion")
            || EffectOf(document)?.StartsWith("[[", StringComparison.Ordinal) == true;
        return new[] { isResource ? Deployed(document) : document };
    }

    private static IEnumerable<JsonElement> InTemplate(JsonElement template)
    {
        foreach (JsonElement resource in ResourcesOf(template))
        {
            if (!ArmJson.TryGet(resource, "properties", out JsonElement properties)) continue;
            bool isDefinition = string.Equals(ArmJson.Text(resource, "type"), Type, StringComparison.OrdinalIgnoreCase);
            if (isDefinition && ArmJson.IsObject(properties, "policyRule")) yield return Deployed(resource);
            if (!ArmJson.TryGet(properties, "template", out JsonElement nested)) continue;
            foreach (JsonElement definition in InTemplate(nested)) yield return definition;
        }
    }

    private static IEnumerable<JsonElement> ResourcesOf(JsonElement template)
    {
        if (!ArmJson.TryGet(template, "resources", out JsonElement resources)) return Array.Empty<JsonElement>();
        return resources.ValueKind switch
        {
            JsonValueKind.Array => resources.EnumerateArray(),
            JsonValueKind.Object => resources.EnumerateObject().Select(resource => resource.Value),
            _ => Array.Empty<JsonElement>(),
        };
    }

    private static string? EffectOf(JsonElement definition)
    {
        JsonElement body = ArmJson.TryGet(definition, "properties", out JsonElement properties) ? properties : definition;
        return ArmJson.TryGet(body, "policyRule", out JsonElement rule) && ArmJson.TryGet(rule, "then", out JsonElement then) ? ArmJson.Text(then, "effect") : null;
    }

    /// <summary>A definition as the deployment would leave it: <c>[[</c> at the beginning of a text stands for <c>[</c>.</summary>
    private static JsonElement Deployed(JsonElement definition) => DuplicateMembers.AreIn(definition)
        ? definition
        : JsonTexts.Replace(definition, text => text.StartsWith("[[", StringComparison.Ordinal) ? JsonValue.Create(text.Substring(1)) : null);
}
