using System.Collections.Generic;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace PgSecurity.Core.Exports.AzurePolicy;

/// <summary>What the texts of a rule refer to: parameters, and fields of resources.</summary>
internal static class PolicyStrings
{
    private static readonly Regex Parameter = new(
        @"parameters\(\s*'([^']+)'\s*\)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private static readonly Regex Field = new(
        @"(?:field|current)\(\s*'([^']+)'\s*\)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>The parameters that expressions in a value name.</summary>
    public static IEnumerable<string> ParametersIn(JsonElement value)
    {
        foreach ((_, string text) in Texts(value, ""))
        {
            if (!IsExpression(text)) continue;
            foreach (Match match in Parameter.Matches(text))
            {
                yield return match.Groups[1].Value;
            }
        }
    }

    /// <summary>The fields and types that a value names: in <c>field</c>, in <c>field()</c>, as what <c>type</c> must be.</summary>
    public static IEnumerable<string> FieldsIn(JsonElement value)
    {
        foreach ((string member, string text) in Texts(value, ""))
        {
            if (member == "field" && !IsExpression(text)) yield return text;
            if (!IsExpression(text)) continue;
            foreach (Match match in Field.Matches(text))
            {
                yield return match.Groups[1].Value;
            }
        }
    }

    /// <summary>Whether a text is an expression of the template language.</summary>
    public static bool IsExpression(string text) =>
        text.Length > 2 && text[0] == '[' && text[text.Length - 1] == ']' && text[1] != '[';

    private static IEnumerable<(string Member, string Text)> Texts(JsonElement value, string member)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                yield return (member, value.GetString()!);
                break;
            case JsonValueKind.Array:
                foreach (JsonElement item in value.EnumerateArray())
                {
                    foreach ((string Member, string Text) text in Texts(item, member)) yield return text;
                }

                break;
            case JsonValueKind.Object:
                foreach (JsonProperty property in value.EnumerateObject())
                {
                    foreach ((string Member, string Text) text in Texts(property.Value, property.Name)) yield return text;
                }

                break;
        }
    }
}
