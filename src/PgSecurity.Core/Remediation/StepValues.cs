using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Nodes;
using PgSecurity.Core.Expressions;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Remediation;

/// <summary>The values of a step with its expressions resolved.</summary>
public static class StepValues
{
    /// <summary>A value in which every expression, however deep, is replaced by what it gives.</summary>
    /// <param name="value">The value as the control's file has it.</param>
    /// <param name="parameters">The control's parameters in force, by name without regard to case.</param>
    /// <param name="server">The server, whose fields <c>field('…')</c> reads; null where there is none.</param>
    /// <exception cref="RemediationException">An expression cannot be read or does not give a value.</exception>
    public static JsonNode? Resolve(JsonElement value, IReadOnlyDictionary<string, JsonElement> parameters, Resource? server = null)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                return ResolveText(value.GetString()!, parameters, server);
            case JsonValueKind.Object:
                JsonObject result = new();
                foreach (JsonProperty member in value.EnumerateObject())
                {
                    // A name may be an expression too; a member whose expression gives null is not spoken of.
                    JsonNode? resolved = Resolve(member.Value, parameters, server);
                    bool isLeftOut = resolved is null && member.Value.ValueKind == JsonValueKind.String;
                    if (!isLeftOut) result[AsText(ResolveText(member.Name, parameters, server))] = resolved;
                }

                return result;
            case JsonValueKind.Array:
                JsonArray list = new();
                foreach (JsonElement item in value.EnumerateArray())
                {
                    list.Add(Resolve(item, parameters, server));
                }

                return list;
            default:
                return ToNode(value);
        }
    }

    /// <summary>The text that a value gives, as a server parameter takes it: everything is a string there.</summary>
    /// <exception cref="RemediationException">As <see cref="Resolve"/>.</exception>
    public static string ResolveString(JsonElement value, IReadOnlyDictionary<string, JsonElement> parameters, Resource? server = null) =>
        AsText(Resolve(value, parameters, server));

    /// <summary>The text of a resolved value; an array's members with commas between them.</summary>
    public static string AsText(JsonNode? value)
    {
        if (value is JsonArray list)
        {
            List<string> items = new();
            foreach (JsonNode? item in list)
            {
                items.Add(AsText(item));
            }

            return string.Join(",", items);
        }

        JsonElement element = JsonSerializer.SerializeToElement(value);
        return element.ValueKind switch
        {
            JsonValueKind.String => element.GetString()!,
            JsonValueKind.Null => "",
            JsonValueKind.True => "on",
            JsonValueKind.False => "off",
            _ => element.GetRawText(),
        };
    }

    private static JsonNode? ResolveText(string text, IReadOnlyDictionary<string, JsonElement> parameters, Resource? server)
    {
        if (!ExpressionText.IsExpression(text)) return JsonValue.Create(ExpressionText.Unescape(text));
        ExpressionValue result;
        try
        {
            result = ExpressionParser.Parse(text).Evaluate(new StepScope(parameters, server));
        }
        catch (ExpressionException exception)
        {
            throw new RemediationException($"The expression {text} of a remediation cannot be read: {exception.Message}");
        }

        return result.IsUnknown
            ? throw new RemediationException($"The expression {text} of a remediation gives no value: {result.Reason}.")
            : ToNode(result.ToJson());
    }

    private static JsonNode? ToNode(JsonElement value) => JsonNode.Parse(value.GetRawText());
}
