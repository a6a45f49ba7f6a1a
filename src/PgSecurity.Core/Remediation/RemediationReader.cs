using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Expressions;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Remediation;

/// <summary>Reads the <c>remediation</c> of a control's file.</summary>
internal static class RemediationReader
{
    private static readonly Dictionary<string, RemediationClass> Classes = new(StringComparer.Ordinal)
    {
        ["reversible"] = RemediationClass.Reversible,
        ["restart"] = RemediationClass.Restart,
        ["secret"] = RemediationClass.Secret,
        ["oneWay"] = RemediationClass.OneWay,
    };

    private static readonly Dictionary<string, Func<JsonAt, string, RemediationStep?>> Actions = new(StringComparer.Ordinal)
    {
        ["setProperties"] = ReadSetProperties,
        ["setParameter"] = ReadSetParameter,
        ["addToParameter"] = (step, _) => ReadChangeList(step, true),
        ["removeFromParameter"] = (step, _) => ReadChangeList(step, false),
        ["putResource"] = ReadPutResource,
        ["deleteResources"] = ReadDeleteResources,
        ["runSql"] = ReadRunSql,
    };

    public static ControlRemediation Read(JsonAt remediation, string controlPath)
    {
        remediation.Allow("text", "class", "steps", "manual");
        string text = remediation.Text("text");
        string className = remediation.OneOf("class", Classes.Keys);
        string manual = remediation.OptionalText("manual");
        List<RemediationStep> steps = new();
        foreach (JsonAt item in remediation["steps"].Items())
        {
            CheckExpressions(item);
            if (Actions.TryGetValue(item.OneOf("action", Actions.Keys), out Func<JsonAt, string, RemediationStep?>? read)
                && read(item, controlPath) is RemediationStep step)
            {
                steps.Add(step);
            }
        }

        if (steps.Count == 0 && manual.Length == 0)
        {
            remediation.Fault("There are neither steps nor 'manual'.", "Say in 'manual' why PgSecurity does not fix it, and how it is done.");
        }

        return new ControlRemediation { Text = text, Class = Classes[className], Manual = manual, Steps = steps };
    }

    private static RemediationStep ReadSetProperties(JsonAt step, string path)
    {
        step.Allow("action", "type", "name", "properties", "body");
        string type = ReadType(step);
        JsonElement? properties = Patch(step["properties"]);
        JsonElement? body = Patch(step["body"]);
        if (properties is null && body is null) step.Fault("The step sets nothing.", "Give it 'properties' or 'body'.");
        return new SetPropertiesStep(type, NullIfEmpty(step.OptionalText("name")), properties, body);
    }

    private static RemediationStep ReadSetParameter(JsonAt step, string path)
    {
        step.Allow("action", "name", "value");
        Require(step, "value");
        return new SetParameterStep(step.Text("name"), step["value"].Value);
    }

    private static RemediationStep ReadChangeList(JsonAt step, bool add)
    {
        step.Allow("action", "name", "values");
        JsonAt values = step["values"];
        bool isList = values.Value.ValueKind == JsonValueKind.Array
            || (values.Value.ValueKind == JsonValueKind.String && ExpressionText.IsExpression(values.Value.GetString()!));
        if (!isList) values.Fault("This is neither an array nor an expression.", "Write the members as an array of texts.");
        return new ChangeListStep(step.Text("name"), values.Value, add);
    }

    private static RemediationStep ReadPutResource(JsonAt step, string path)
    {
        step.Allow("action", "type", "name", "properties");
        Require(step, "properties");
        return new PutResourceStep(ReadType(step), step.Text("name"), step["properties"].Value);
    }

    private static RemediationStep ReadDeleteResources(JsonAt step, string path)
    {
        step.Allow("action", "type");
        return new DeleteResourcesStep(ReadType(step));
    }

    private static RemediationStep ReadRunSql(JsonAt step, string path)
    {
        step.Allow("action", "file");
        string file = step.Text("file");
        bool isBeside = file.Length > 0 && Path.GetFileName(file) == file
            && File.Exists(Path.Combine(Path.GetDirectoryName(path) ?? "", file));
        if (!isBeside) step["file"].Fault($"There is no file '{file}' beside the control.", "Name a .sql file in the control's folder.");
        return new RunSqlStep(file);
    }

    private static string ReadType(JsonAt step)
    {
        string type = step.Text("type");
        bool isRepairable = FacetTypes.IsKnown(type) && !DerivedFacets.TryGet(type, out _);
        if (type.Length > 0 && !isRepairable)
        {
            step["type"].Fault(
                $"'{type}' is not a type of resource that a step can change.",
                NearestNames.Advice(type, FacetTypes.All.ToList(), "See FacetTypes for those there are."));
        }

        return FacetTypes.Normalize(type);
    }

    private static void Require(JsonAt step, string name)
    {
        if (!step[name].Exists) step.Fault($"'{name}' is missing.", "Add it.");
    }

    private static JsonElement? Patch(JsonAt patch)
    {
        if (!patch.Exists) return null;
        if (!patch.IsObject) patch.Fault("This is not an object.", "Put it in { }.");
        return patch.Value;
    }

    private static void CheckExpressions(JsonAt value)
    {
        if (value.Value.ValueKind == JsonValueKind.String && ExpressionText.IsExpression(value.Value.GetString()!))
        {
            try
            {
                ExpressionParser.Parse(value.Value.GetString()!);
            }
            catch (ExpressionException exception)
            {
                value.Fault(exception.Message, "Only parameters('name'), field('alias of the server') and the pure functions can be used here.");
            }
        }
        else if (value.IsObject)
        {
            foreach ((string _, JsonAt member) in value.Members())
            {
                CheckExpressions(member);
            }
        }
        else if (value.Value.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonAt item in value.Items())
            {
                CheckExpressions(item);
            }
        }
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
