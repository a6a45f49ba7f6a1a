using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;

namespace PgSecurity.Core.Tests.Exports;

/// <summary>
/// Expressions of the Kusto language, as far as the export writes them: a row goes in, a value comes out. Values are text,
/// number, truth, a JSON node (dynamic), or null; a comparison with null is null, and so is its negation.
/// </summary>
internal sealed class KqlExpressions(KqlTokens tokens)
{
    public delegate object? Expression(IReadOnlyDictionary<string, object?> row);

    public Expression Or()
    {
        Expression left = And();
        while (tokens.TryTake("or")) left = Join(left, And(), absorbing: true);
        return left;
    }

    private Expression And()
    {
        Expression left = Comparison();
        while (tokens.TryTake("and")) left = Join(left, Comparison(), absorbing: false);
        return left;
    }

    private static Expression Join(Expression left, Expression right, bool absorbing) => row =>
    {
        object? one = left(row), other = right(row);
        if (Equals(one, absorbing) || Equals(other, absorbing)) return absorbing;
        return one is null || other is null ? null : !absorbing;
    };

    private Expression Comparison()
    {
        Expression left = Primary();
        string operation = tokens.Peek;
        switch (operation)
        {
            case "=~" or "!~" or "contains" or "startswith" or "endswith":
                tokens.Take();
                Expression text = Primary();
                return row => OfTexts(operation, left(row), text(row));
            case "in~":
                tokens.Take();
                List<Expression> members = Arguments();
                return row => members.Any(member => Equals(OfTexts("=~", left(row), member(row)), true));
            case "==" or "<" or "<=" or ">" or ">=":
                tokens.Take();
                Expression number = Primary();
                return row => OfNumbers(operation, left(row), number(row));
            default:
                return left;
        }
    }

    private Expression Primary()
    {
        if (tokens.TryTake("("))
        {
            Expression inner = Or();
            tokens.Expect(")");
            return inner;
        }

        string token = tokens.Take();
        if (token[0] == '\'') return _ => token[1..];
        if (char.IsDigit(token[0])) return _ => double.Parse(token, CultureInfo.InvariantCulture);
        if (token is "true" or "false") return _ => token == "true";
        return tokens.Peek == "(" ? Function(token, Arguments()) : Path(token);
    }

    public List<Expression> Arguments()
    {
        List<Expression> arguments = [];
        tokens.Expect("(");
        while (!tokens.TryTake(")"))
        {
            arguments.Add(Or());
            if (tokens.Peek != ")") tokens.Expect(",");
        }

        return arguments;
    }

    private Expression Path(string column)
    {
        Expression at = row => row.TryGetValue(column, out object? value) ? value : throw new FormatException($"There is no column '{column}'.");
        while (true)
        {
            Expression container = at;
            if (tokens.TryTake("."))
            {
                string name = tokens.Take();
                at = row => container(row) is JsonObject members ? Plain(members[name]) : null;
            }
            else if (tokens.TryTake("["))
            {
                string name = tokens.Take()[1..];
                tokens.Expect("]");
                at = row => container(row) is JsonObject members ? Plain(members[name]) : null;
            }
            else
            {
                return at;
            }
        }
    }

    private static Expression Function(string name, List<Expression> arguments) => name switch
    {
        "not" => row => arguments.Single()(row) is bool truth ? !truth : null,
        "isnull" => row => arguments.Single()(row) is null,
        "isnotnull" => row => arguments.Single()(row) is not null,
        "tostring" => row => Text(arguments.Single()(row)),
        "todouble" => row => Number(arguments.Single()(row)),
        "strlen" => row => (double)((string)arguments.Single()(row)!).Length,
        "strcat" => row => string.Concat(arguments.Select(argument => Text(argument(row)))),
        "coalesce" => row => arguments.Select(argument => argument(row)).FirstOrDefault(value => value is not null),
        "pack_array" => row => new JsonArray(arguments.Select(argument => (JsonNode?)argument(row)).ToArray()),
        "pack" => row => new JsonObject(arguments.Chunk(2).Select(pair => KeyValuePair.Create((string)pair[0](row)!, (JsonNode?)Text(pair[1](row))))),
        "case" => row =>
        {
            for (int i = 0; i + 1 < arguments.Count; i += 2)
            {
                if (Equals(arguments[i](row), true)) return arguments[i + 1](row);
            }

            return arguments[^1](row);
        },
        _ => throw new FormatException($"The function '{name}' is not one that the export may use."),
    };

    /// <summary>A scalar in a dynamic value stays dynamic until it is converted.</summary>
    public static object? Plain(JsonNode? node) => node;

    public static string Text(object? value) => value switch
    {
        null => "",
        string text => text,
        bool truth => truth ? "true" : "false",
        double number => number.ToString(CultureInfo.InvariantCulture),
        JsonValue node when node.TryGetValue(out string? text) => text,
        JsonNode node => node.ToJsonString(),
        _ => throw new FormatException($"A {value.GetType().Name} has no text."),
    };

    private static object? Number(object? value) =>
        double.TryParse(Text(value), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : null;

    private static object? OfTexts(string operation, object? left, object? right)
    {
        if (left is not string one || right is not string other) throw new FormatException($"{operation} is between texts, not {left?.GetType().Name ?? "null"} and {right?.GetType().Name ?? "null"}.");
        return operation switch
        {
            "=~" => string.Equals(one, other, StringComparison.OrdinalIgnoreCase),
            "!~" => !string.Equals(one, other, StringComparison.OrdinalIgnoreCase),
            "contains" => one.Contains(other, StringComparison.OrdinalIgnoreCase),
            "startswith" => one.StartsWith(other, StringComparison.OrdinalIgnoreCase),
            _ => one.EndsWith(other, StringComparison.OrdinalIgnoreCase),
        };
    }

    private static object? OfNumbers(string operation, object? left, object? right)
    {
        if (left is null || right is null) return null;
        int order = ((double)left).CompareTo((double)right);
        return operation switch { "==" => order == 0, "<" => order < 0, "<=" => order <= 0, ">" => order > 0, _ => order >= 0 };
    }
}
