using System;
using System.Collections.Generic;
using System.Text.Json;
using PgSecurity.Core.Expressions;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Recognition;

namespace PgSecurity.Core.Templates;

/// <summary>
/// Template JSON with its expressions replaced by what they give, its loops run, and the mark of an unknown value where
/// neither can be told.
/// </summary>
internal static class TemplateValues
{
    /// <summary>As many repetitions as Azure Resource Manager allows.</summary>
    public const int MaximumCopies = 800;

    private const string NotAnExpression = "the text in brackets is not an expression that can be read";

    /// <summary>The value of any JSON in a template.</summary>
    public static ExpressionValue Evaluate(JsonElement value, TemplateScope scope) => EvaluateIn(value, scope);

    /// <summary>The same, in a scope of another kind.</summary>
    public static ExpressionValue EvaluateIn(JsonElement value, IExpressionScope scope) => value.ValueKind switch
    {
        JsonValueKind.String => EvaluateText(value.GetString()!, scope),
        JsonValueKind.Object or JsonValueKind.Array => ExpressionValue.From(Resolve(value, scope)),
        _ => ExpressionValue.From(value),
    };

    /// <summary>An object or array with everything inside it replaced.</summary>
    public static JsonElement Resolve(JsonElement value, IExpressionScope scope) =>
        JsonBuilder.Build((value, scope), static (writer, state) => Write(writer, state.value, state.scope));

    /// <summary>What a loop over a property or variable gives: an array, or unknown.</summary>
    public static ExpressionValue Loop(JsonElement loop, TemplateScope scope)
    {
        if (!ArmJson.TryGet(loop, "input", out JsonElement input)) return ExpressionValue.Unknown("the loop has no input");
        string name = ArmJson.Text(loop, "name") ?? "";
        ExpressionValue count = Count(loop, scope);
        return count.IsUnknown
            ? count
            : ExpressionValue.From(JsonBuilder.Build((input, scope, name, count: count.Integer), static (writer, state) =>
            {
                writer.WriteStartArray();
                for (long index = 0; index < state.count; index++)
                {
                    if (!state.scope.Budget.TryTake())
                    {
                        ExpressionValue.Unknown("the template's loops make more than can be read").WriteTo(writer);
                        break;
                    }

                    Write(writer, state.input, state.scope.At(state.name, index));
                }

                writer.WriteEndArray();
            }));
    }

    /// <summary>How often a loop runs: a whole number, or unknown.</summary>
    public static ExpressionValue Count(JsonElement loop, TemplateScope scope)
    {
        if (!ArmJson.TryGet(loop, "count", out JsonElement declared)) return ExpressionValue.Unknown("the loop has no count");
        ExpressionValue count = Evaluate(declared, scope);
        if (count.IsUnknown) return count;
        if (count.Kind == ExpressionKind.String && long.TryParse(
                count.Text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out long parsed))
        {
            count = ExpressionValue.From(parsed);
        }

        return count.Kind == ExpressionKind.Integer && count.Integer is >= 0 and <= MaximumCopies
            ? count
            : ExpressionValue.Unknown("the loop's count is not a number from 0 to 800");
    }

    private static ExpressionValue EvaluateText(string text, IExpressionScope scope)
    {
        ExpressionNode node;
        try
        {
            node = ExpressionParser.Parse(text);
        }
        catch (ExpressionException)
        {
            return ExpressionValue.Unknown(NotAnExpression);
        }

        ExpressionValue value = node.Evaluate(scope);

        // An id that hangs on an unknown name is still good to find what belongs together.
        return value.IsUnknown && scope is TemplateScope { InNames: false } template && IsId(node)
            ? Preferring(node.Evaluate(template.ForNames()), value)
            : value;
    }

    private static bool IsId(ExpressionNode node) =>
        node is FunctionCallNode call && call.Name.EndsWith("resourceId", StringComparison.OrdinalIgnoreCase);

    private static ExpressionValue Preferring(ExpressionValue value, ExpressionValue otherwise) =>
        value.IsUnknown ? otherwise : value;

    private static void Write(Utf8JsonWriter writer, JsonElement value, IExpressionScope scope)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                EvaluateText(value.GetString()!, scope).WriteTo(writer);
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (JsonElement item in value.EnumerateArray())
                {
                    Write(writer, item, scope);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.Object:
                WriteObject(writer, value, scope);
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    private static void WriteObject(Utf8JsonWriter writer, JsonElement value, IExpressionScope scope)
    {
        List<(string Name, JsonElement Value)> members = new();
        foreach (JsonProperty member in value.EnumerateObject())
        {
            ExpressionValue name = EvaluateText(member.Name, scope);
            if (name.Kind != ExpressionKind.String)
            {
                ExpressionValue.Unknown("the name of a member is not known").WriteTo(writer);
                return;
            }

            members.Add((name.Text, member.Value));
        }

        writer.WriteStartObject();
        foreach ((string name, JsonElement member) in members)
        {
            if (scope is TemplateScope template && IsLoops(name, member))
            {
                WriteLoops(writer, member, template);
                continue;
            }

            writer.WritePropertyName(name);
            Write(writer, member, scope);
        }

        writer.WriteEndObject();
    }

    private static bool IsLoops(string name, JsonElement value)
    {
        if (!string.Equals(name, "copy", StringComparison.OrdinalIgnoreCase) || value.ValueKind != JsonValueKind.Array) return false;
        foreach (JsonElement loop in value.EnumerateArray())
        {
            if (!ArmJson.Has(loop, "name") || !ArmJson.Has(loop, "count") || !ArmJson.Has(loop, "input")) return false;
        }

        return true;
    }

    private static void WriteLoops(Utf8JsonWriter writer, JsonElement loops, TemplateScope scope)
    {
        foreach (JsonElement loop in loops.EnumerateArray())
        {
            writer.WritePropertyName(ArmJson.Text(loop, "name") ?? "");
            Loop(loop, scope).WriteTo(writer);
        }
    }
}
