using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;

namespace PgSecurity.Sandbox.ResourceGraph;

/// <summary>
/// Conditions and values of a query, compiled to functions of a row. Column names are as they are written; members below
/// them are found whatever their case, as Resource Graph does for properties.
/// </summary>
internal static class KqlExpression
{
    /// <summary>Reads a value or a condition.</summary>
    internal static Func<JsonObject, JsonNode?> Read(KqlReader reader) => Or(reader);

    private static Func<JsonObject, JsonNode?> Or(KqlReader reader)
    {
        Func<JsonObject, JsonNode?> left = And(reader);
        while (reader.Take("or"))
        {
            Func<JsonObject, JsonNode?> first = left;
            Func<JsonObject, JsonNode?> second = And(reader);
            left = row => KqlValue.IsTrue(first(row)) || KqlValue.IsTrue(second(row));
        }

        return left;
    }

    private static Func<JsonObject, JsonNode?> And(KqlReader reader)
    {
        Func<JsonObject, JsonNode?> left = Comparison(reader);
        while (reader.Take("and"))
        {
            Func<JsonObject, JsonNode?> first = left;
            Func<JsonObject, JsonNode?> second = Comparison(reader);
            left = row => KqlValue.IsTrue(first(row)) && KqlValue.IsTrue(second(row));
        }

        return left;
    }

    private static Func<JsonObject, JsonNode?> Comparison(KqlReader reader)
    {
        Func<JsonObject, JsonNode?> left = Operand(reader);
        bool negated = reader.Take("!");
        if (!negated && reader.Current.Kind is KqlTokenKind.End || reader.Is("|") || reader.Is(")") || reader.Is(",") || reader.Is("and") || reader.Is("or"))
        {
            return left;
        }

        KqlToken token = reader.Current;
        switch (token.Text.ToLowerInvariant())
        {
            case "==" or "=~" or "!=" or "!~" or "<" or ">" or "<=" or ">=" when !negated:
                reader.Next();
                return Compare(token.Text, left, Operand(reader));
            case "in":
                reader.Next();
                bool ignoreCase = TakeTilde(reader);
                return Among(left, List(reader), ignoreCase, negated);
            case "has" or "contains" or "startswith" or "endswith":
                reader.Next();
                return Search(token.Text.ToLowerInvariant(), left, Operand(reader), negated);
            default:
                return negated || token.Kind == KqlTokenKind.Name && !IsClause(token.Text) ? throw reader.Refuse("expected an operator") : left;
        }
    }

    private static bool IsClause(string text) => text.ToLowerInvariant() is "asc" or "desc" or "by" or "nulls";

    /// <summary><c>in~</c> comes as <c>in</c> and, glued to the bracket, a tilde that is no symbol of its own.</summary>
    private static bool TakeTilde(KqlReader reader) => reader.Take("~");

    private static Func<JsonObject, JsonNode?> Compare(string symbol, Func<JsonObject, JsonNode?> left, Func<JsonObject, JsonNode?> right) => symbol switch
    {
        "==" => row => KqlValue.AreEqual(left(row), right(row), ignoreCase: false),
        "=~" => row => KqlValue.AreEqual(left(row), right(row), ignoreCase: true),
        "!=" => row => !KqlValue.AreEqual(left(row), right(row), ignoreCase: false),
        "!~" => row => !KqlValue.AreEqual(left(row), right(row), ignoreCase: true),
        "<" => row => KqlValue.Compare(left(row), right(row)) < 0,
        ">" => row => KqlValue.Compare(left(row), right(row)) > 0,
        "<=" => row => KqlValue.Compare(left(row), right(row)) <= 0,
        _ => row => KqlValue.Compare(left(row), right(row)) >= 0,
    };

    private static Func<JsonObject, JsonNode?> Among(Func<JsonObject, JsonNode?> left, IReadOnlyList<Func<JsonObject, JsonNode?>> members, bool ignoreCase, bool negated) =>
        row =>
        {
            JsonNode? value = left(row);
            return members.Any(member => KqlValue.AreEqual(value, member(row), ignoreCase)) != negated;
        };

    private static Func<JsonObject, JsonNode?> Search(string kind, Func<JsonObject, JsonNode?> left, Func<JsonObject, JsonNode?> right, bool negated) =>
        row =>
        {
            string text = KqlValue.Text(left(row));
            string sought = KqlValue.Text(right(row));
            bool found = kind switch
            {
                "has" => KqlValue.HasWord(text, sought),
                "startswith" => text.StartsWith(sought, StringComparison.OrdinalIgnoreCase),
                "endswith" => text.EndsWith(sought, StringComparison.OrdinalIgnoreCase),
                _ => text.IndexOf(sought, StringComparison.OrdinalIgnoreCase) >= 0,
            };
            return found != negated;
        };

    private static List<Func<JsonObject, JsonNode?>> List(KqlReader reader)
    {
        reader.Expect("(");
        List<Func<JsonObject, JsonNode?>> members = new();
        if (reader.Take(")")) return members;
        do
        {
            members.Add(Operand(reader));
        }
        while (reader.Take(","));
        reader.Expect(")");
        return members;
    }

    private static Func<JsonObject, JsonNode?> Operand(KqlReader reader)
    {
        if (reader.Take("("))
        {
            Func<JsonObject, JsonNode?> inner = Or(reader);
            reader.Expect(")");
            return Path(reader, inner);
        }

        KqlToken token = reader.Next();
        switch (token.Kind)
        {
            case KqlTokenKind.Text:
                return _ => JsonValue.Create(token.Text);
            case KqlTokenKind.Number:
                double number = double.Parse(token.Text, CultureInfo.InvariantCulture);
                return _ => JsonValue.Create(number);
            case KqlTokenKind.Name when reader.Is("("):
                return Path(reader, Call(reader, token));
            case KqlTokenKind.Name when token.Text is "true" or "false":
                bool truth = token.Text == "true";
                return _ => JsonValue.Create(truth);
            case KqlTokenKind.Name:
                return Path(reader, row => row.TryGetPropertyValue(token.Text, out JsonNode? value) ? value : null);
            default:
                throw new QueryRefused(token.Text, token.Position, "expected a value");
        }
    }

    private static Func<JsonObject, JsonNode?> Path(KqlReader reader, Func<JsonObject, JsonNode?> start)
    {
        Func<JsonObject, JsonNode?> path = start;
        while (reader.Is(".") || reader.Is("["))
        {
            Func<JsonObject, JsonNode?> before = path;
            string name;
            if (reader.Take("."))
            {
                name = reader.ExpectName();
            }
            else
            {
                reader.Expect("[");
                name = reader.Next().Text;
                reader.Expect("]");
            }

            path = row => KqlValue.Member(before(row), name);
        }

        return path;
    }

    private static Func<JsonObject, JsonNode?> Call(KqlReader reader, KqlToken name)
    {
        reader.Expect("(");
        List<Func<JsonObject, JsonNode?>> arguments = new();
        while (!reader.Is(")"))
        {
            arguments.Add(Or(reader));
            if (!reader.Take(",")) break;
        }

        reader.Expect(")");
        return KqlFunctions.Find(name, arguments);
    }
}
