using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace PgSecurity.Sandbox.ResourceGraph;

/// <summary>The functions that a query may call.</summary>
internal static class KqlFunctions
{
    internal static Func<JsonObject, JsonNode?> Find(KqlToken name, IReadOnlyList<Func<JsonObject, JsonNode?>> arguments)
    {
        Func<JsonObject, JsonNode?> First() => arguments.Count > 0 ? arguments[0] : throw new QueryRefused(name.Text, name.Position, "the function needs an argument");
        switch (name.Text.ToLowerInvariant())
        {
            case "not":
                Func<JsonObject, JsonNode?> condition = First();
                return row => !KqlValue.IsTrue(condition(row));
            case "tolower":
                Func<JsonObject, JsonNode?> lower = First();
                return row => KqlValue.Text(lower(row)).ToLowerInvariant();
            case "toupper":
                Func<JsonObject, JsonNode?> upper = First();
                return row => KqlValue.Text(upper(row)).ToUpperInvariant();
            case "tostring":
                Func<JsonObject, JsonNode?> text = First();
                return row => KqlValue.Text(text(row));
            case "toint" or "tolong" or "todouble":
                Func<JsonObject, JsonNode?> number = First();
                return row => KqlValue.Number(number(row)) is double value ? JsonValue.Create(value) : null;
            case "tobool":
                Func<JsonObject, JsonNode?> truth = First();
                return row => string.Equals(KqlValue.Text(truth(row)), "true", StringComparison.OrdinalIgnoreCase);
            case "isnull":
                Func<JsonObject, JsonNode?> absent = First();
                return row => absent(row) is null;
            case "isnotnull":
                Func<JsonObject, JsonNode?> present = First();
                return row => present(row) is not null;
            case "isempty":
                Func<JsonObject, JsonNode?> empty = First();
                return row => KqlValue.Text(empty(row)).Length == 0;
            case "isnotempty":
                Func<JsonObject, JsonNode?> full = First();
                return row => KqlValue.Text(full(row)).Length > 0;
            case "array_length":
                Func<JsonObject, JsonNode?> list = First();
                return row => list(row) is JsonArray array ? JsonValue.Create(array.Count) : null;
            case "strcat":
                return row => string.Concat(arguments.Select(argument => KqlValue.Text(argument(row))));
            case "coalesce":
                return row => arguments.Select(argument => argument(row)).FirstOrDefault(value => value is not null);
            case "iff" or "iif" when arguments.Count == 3:
                return row => KqlValue.IsTrue(arguments[0](row)) ? arguments[1](row) : arguments[2](row);
            default:
                throw new QueryRefused(name.Text, name.Position, "the function is not known here");
        }
    }
}
