using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace PgSecurity.Core.Expressions.Functions;

/// <summary>Between JSON arrays and sequences of values.</summary>
internal static class Elements
{
    /// <summary>The members of an array; one that is marked is unknown.</summary>
    public static IEnumerable<ExpressionValue> Of(ExpressionValue array) =>
        array.Kind == ExpressionKind.Array
            ? array.Json.EnumerateArray().Select(ExpressionValue.From)
            : throw new FunctionFailure($"expected an array, found {array.KindInWords}");

    /// <summary>The members of an object.</summary>
    public static IEnumerable<JsonProperty> Members(ExpressionValue value) =>
        value.Kind == ExpressionKind.Object
            ? value.Json.EnumerateObject()
            : throw new FunctionFailure($"expected an object, found {value.KindInWords}");

    /// <summary>An array of values; an unknown one becomes a mark.</summary>
    public static ExpressionValue ToArray(IEnumerable<ExpressionValue> values) =>
        ExpressionValue.From(JsonBuilder.Build(values, static (writer, items) =>
        {
            writer.WriteStartArray();
            foreach (ExpressionValue item in items)
            {
                item.WriteTo(writer);
            }

            writer.WriteEndArray();
        }));

    /// <summary>An object of members; an unknown one becomes a mark.</summary>
    public static ExpressionValue ToObject(IEnumerable<KeyValuePair<string, ExpressionValue>> members) =>
        ExpressionValue.From(JsonBuilder.Build(members, static (writer, items) =>
        {
            writer.WriteStartObject();
            foreach (KeyValuePair<string, ExpressionValue> item in items)
            {
                writer.WritePropertyName(item.Key);
                item.Value.WriteTo(writer);
            }

            writer.WriteEndObject();
        }));
}
