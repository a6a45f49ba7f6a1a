using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using PgSecurity.Core.Exports.AzurePolicy;

namespace PgSecurity.Core.Exports.ResourceGraph;

/// <summary>
/// Turns conditions of the policy language into Kusto, with the same meaning: text without regard to case, a missing
/// field as Azure Policy has it. What has no such form is not expressible.
/// </summary>
internal sealed class KqlCondition
{
    private readonly string _type;
    private readonly string? _source;
    private readonly IReadOnlyDictionary<string, JsonElement> _parameters;

    /// <summary>Makes a translator.</summary>
    /// <param name="type">The type of the resource that conditions are about.</param>
    /// <param name="source">The column that holds the resource; null for the row itself.</param>
    /// <param name="parameters">The values of parameters in force.</param>
    public KqlCondition(string type, string? source, IReadOnlyDictionary<string, JsonElement> parameters)
    {
        _type = type;
        _source = source;
        _parameters = parameters;
    }

    /// <summary>The fields that were read, in order.</summary>
    public List<KqlField> Read { get; } = new();

    /// <summary>Translates a condition.</summary>
    /// <exception cref="NotExpressibleException">It has no such form.</exception>
    public KqlTruth Of(JsonElement condition)
    {
        if (Member(condition, "allOf") is JsonElement all) return KqlTruth.All(all.EnumerateArray().Select(Of).ToList());
        if (Member(condition, "anyOf") is JsonElement any) return KqlTruth.Any(any.EnumerateArray().Select(Of).ToList());
        if (Member(condition, "not") is JsonElement not) return Of(not).Not();
        if (Member(condition, "field") is not { ValueKind: JsonValueKind.String } field)
        {
            throw new NotExpressibleException("It computes a value or counts, which a query has no equal form for.");
        }

        JsonProperty test = condition.EnumerateObject().Single(member => !member.NameEquals("field"));
        return Of(field.GetString()!, test.Name, Value(test.Value));
    }

    private KqlTruth Of(string field, string name, JsonElement right)
    {
        if (field.Equals("type", StringComparison.OrdinalIgnoreCase)) return OfType(name, right);
        KqlField left = KqlField.Of(field, _type, _source);
        if (Read.All(known => known.Expression != left.Expression)) Read.Add(left);
        bool isNegated = name.StartsWith("not", StringComparison.OrdinalIgnoreCase);
        string operation = isNegated ? name.Substring(3) : name;
        return operation.ToLowerInvariant() switch
        {
            "equals" => Verdict(left, Equality(left, right), isNegated),
            "in" => Verdict(left, Membership(left, right), isNegated),
            "like" => Verdict(left, Like(left, Text(right)), isNegated),
            "contains" => Verdict(left, NotNull(left, $"{left.Text} contains {KqlText.Literal(Text(right))}", Text(right).Length == 0), isNegated),
            "exists" => Verdict(left, Existence(left, right), isNegated),
            "less" => Order(left, "<", right),
            "lessorequals" => Order(left, "<=", right),
            "greater" => Order(left, ">", right),
            "greaterorequals" => Order(left, ">=", right),
            _ => throw new NotExpressibleException($"It uses the operator {name}, which a query has no equal form for."),
        };
    }

    /// <summary>The type of a row is known before the query runs.</summary>
    private KqlTruth OfType(string name, JsonElement right)
    {
        IEnumerable<string> types = right.ValueKind == JsonValueKind.Array ? right.EnumerateArray().Select(Text) : new[] { Text(right) };
        List<string> list = types.ToList();
        bool isRow = _source is null;
        bool isNegated = name.StartsWith("not", StringComparison.OrdinalIgnoreCase);
        if (name.ToLowerInvariant() is not ("equals" or "notequals" or "in" or "notin")) throw new NotExpressibleException($"It tests the type with the operator {name}.");
        KqlTruth truth = isRow
            ? KqlTruth.Known($"type in~ ({string.Join(", ", list.Select(KqlText.Literal))})")
            : list.Contains(_type, StringComparer.OrdinalIgnoreCase) ? KqlTruth.True : KqlTruth.False;
        return isNegated ? truth.Not() : truth;
    }

    private static KqlTruth Verdict(KqlField left, string test, bool isNegated)
    {
        KqlTruth truth = left.Unknown is null ? KqlTruth.Known(test) : KqlTruth.Unless(left.Unknown, test);
        return isNegated ? truth.Not() : truth;
    }

    private static string Equality(KqlField left, JsonElement right) => right.ValueKind switch
    {
        JsonValueKind.Number => $"(isnotnull(todouble({left.Text})) and todouble({left.Text}) == {right.GetRawText()})",
        _ => NotNull(left, $"{left.Text} =~ {KqlText.Literal(Text(right))}", Text(right).Length == 0),
    };

    private static string Membership(KqlField left, JsonElement right)
    {
        List<string> texts = right.EnumerateArray().Select(Text).ToList();
        return NotNull(left, $"{left.Text} in~ ({string.Join(", ", texts.Select(KqlText.Literal))})", texts.Contains(""));
    }

    private static string Like(KqlField left, string pattern)
    {
        int star = pattern.IndexOf("*", StringComparison.Ordinal);
        if (star < 0) return NotNull(left, $"{left.Text} =~ {KqlText.Literal(pattern)}", pattern.Length == 0);
        string start = pattern.Substring(0, star);
        string end = pattern.Substring(star + 1);
        string length = (start.Length + end.Length).ToString(CultureInfo.InvariantCulture);
        return NotNull(
            left,
            $"(strlen({left.Text}) >= {length} and {left.Text} startswith {KqlText.Literal(start)} and {left.Text} endswith {KqlText.Literal(end)})",
            pattern == "*");
    }

    private static string Existence(KqlField left, JsonElement right)
    {
        string test = left.IsColumn ? "true" : $"isnotnull({left.Expression})";
        return string.Equals(Text(right), "true", StringComparison.OrdinalIgnoreCase) ? test : $"not({test})";
    }

    /// <summary>A missing field has no order; a text that is no number gets no verdict.</summary>
    private static KqlTruth Order(KqlField left, string operation, JsonElement right)
    {
        if (right.ValueKind != JsonValueKind.Number) throw new NotExpressibleException("It compares the order of texts or times.");
        string noNumber = $"(isnotnull({left.Expression}) and isnull(todouble({left.Text})))";
        string unknown = left.Unknown is null ? noNumber : $"({left.Unknown} or {noNumber})";
        return KqlTruth.Unless(unknown, $"(isnotnull({left.Expression}) and todouble({left.Text}) {operation} {right.GetRawText()})");
    }

    /// <summary>An empty text is not the same as none: the text of a null is empty.</summary>
    private static string NotNull(KqlField left, string test, bool meetsEmpty) =>
        meetsEmpty && !left.IsColumn ? $"(isnotnull({left.Expression}) and {test})" : test;

    private JsonElement Value(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String || !PolicyStrings.IsExpression(value.GetString()!)) return value;
        string[] names = PolicyStrings.ParametersIn(value).Take(2).ToArray();
        return names.Length == 1
            && value.GetString() == $"[parameters('{names[0]}')]"
            && _parameters.TryGetValue(names[0], out JsonElement given)
                ? given
                : throw new NotExpressibleException("It compares with an expression of the template language.");
    }

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String when !PolicyStrings.IsExpression(value.GetString()!) => value.GetString()!,
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Number => value.GetRawText(),
        _ => throw new NotExpressibleException("It compares with something else than a text, a number or a truth."),
    };

    private static JsonElement? Member(JsonElement condition, string name)
    {
        foreach (JsonProperty member in condition.EnumerateObject())
        {
            if (string.Equals(member.Name, name, StringComparison.OrdinalIgnoreCase)) return member.Value;
        }

        return null;
    }
}
