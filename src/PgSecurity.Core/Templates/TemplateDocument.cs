using System;
using System.Text.Json;
using System.Text.Json.Nodes;
using PgSecurity.Core.Postures.Recognition;

namespace PgSecurity.Core.Templates;

/// <summary>Tells deployment templates and their parameters files from other JSON.</summary>
internal static class TemplateDocument
{
    /// <summary>The template in a document: the document itself, or what an export or a deployment wraps; undefined where there is none.</summary>
    public static bool TryFind(JsonElement document, out JsonElement template)
    {
        template = document;
        if (Is(document)) return true;
        if (TryUnwrap(document, out template)) return true;
        if (ArmJson.TryGet(document, "properties", out JsonElement properties) && TryUnwrap(properties, out template)) return true;
        return TryWrap(document, out template);
    }

    /// <summary>The template under the name that an export, a deployment, or a template spec has for it.</summary>
    private static bool TryUnwrap(JsonElement holder, out JsonElement template) =>
        (ArmJson.TryGet(holder, "template", out template) && Is(template))
        || (ArmJson.TryGet(holder, "mainTemplate", out template) && Is(template));

    /// <summary>A single resource cut out of a template: it has an API version, and no id.</summary>
    private static bool TryWrap(JsonElement document, out JsonElement template)
    {
        template = default;
        if (ArmJson.Text(document, "type") is null
            || ArmJson.Text(document, "apiVersion") is null
            || ArmJson.Text(document, "name") is null
            || ArmJson.Has(document, "id"))
        {
            return false;
        }

        template = ArmJson.Element(new JsonObject
        {
            ["contentVersion"] = "1.0.0.0",
            ["resources"] = new JsonArray(ArmJson.Node(document)),
        });
        return true;
    }

    /// <summary>The parameters that stand beside a wrapped template.</summary>
    public static JsonElement? ParametersBeside(JsonElement document) =>
        ArmJson.TryGet(document, "properties", out JsonElement properties)
        && ArmJson.IsObject(properties, "template")
        && ArmJson.TryGet(properties, "parameters", out JsonElement parameters)
        && parameters.ValueKind == JsonValueKind.Object
            ? parameters
            : null;

    /// <summary>Whether it is a parameters file.</summary>
    public static bool IsParametersFile(JsonElement document) =>
        SchemaNames(document, "deploymentParameters") || (ArmJson.IsObject(document, "parameters")
            && ArmJson.Has(document, "contentVersion") && !ArmJson.Has(document, "resources"));

    private static bool Is(JsonElement document) =>
        document.ValueKind == JsonValueKind.Object
        && (SchemaNames(document, "deploymentTemplate")
            || ((ArmJson.IsArray(document, "resources") || ArmJson.IsObject(document, "resources"))
                && ArmJson.Has(document, "contentVersion")));

    private static bool SchemaNames(JsonElement document, string what) =>
        ArmJson.Text(document, "$schema") is string schema && schema.IndexOf(what, StringComparison.OrdinalIgnoreCase) >= 0;
}
