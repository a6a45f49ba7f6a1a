using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PgSecurity.Tests;

/// <summary>JSON as the objects that ConvertFrom-Json makes, and back as ConvertTo-Json does.</summary>
public static class JsonObjects
{
    /// <summary>Reads a text; an array gives its items.</summary>
    public static object? Read(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return Convert(document.RootElement);
    }

    /// <summary>Writes an object. What lies deeper than asked for is an error, where the cmdlet would cut it short with a warning.</summary>
    /// <exception cref="ArgumentException">It is deeper.</exception>
    public static string Write(object? value, int depth) => (ToNode(value, depth) ?? JsonValue.Create((string?)null))?.ToJsonString() ?? "null";

    private static JsonNode? ToNode(object? value, int depth)
    {
        object? bare = value is PSObject wrapped && wrapped.BaseObject is not PSCustomObject ? wrapped.BaseObject : value;
        if (depth < 0 && bare is PSObject or (IEnumerable and not string)) throw new ArgumentException("The object is deeper than -Depth.");
        return bare switch
        {
            null => null,
            string text => JsonValue.Create(text),
            bool or int or long or double => JsonValue.Create(bare)!,
            DateTime or DateTimeOffset => JsonSerializer.SerializeToNode(bare),
            Enum number => JsonValue.Create(System.Convert.ToInt64(number, CultureInfo.InvariantCulture)),
            SwitchParameter given => JsonValue.Create(given.ToBool()),
            IDictionary members => new JsonObject(members.Cast<DictionaryEntry>().Select(member => KeyValuePair.Create((string)member.Key, ToNode(member.Value, depth - 1)))),
            IEnumerable items => new JsonArray(items.Cast<object?>().Select(item => ToNode(item, depth - 1)).ToArray()),
            PSObject custom => new JsonObject(custom.Properties.Select(member => KeyValuePair.Create(member.Name, ToNode(member.Value, depth - 1)))),
            _ => throw new ArgumentException($"A {bare.GetType()} has no JSON here."),
        };
    }

    private static object? Convert(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => ConvertObject(value),
        JsonValueKind.Array => value.EnumerateArray().Select(Convert).ToArray(),
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.TryGetInt64(out long whole) ? whole : value.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    private static PSObject ConvertObject(JsonElement value)
    {
        PSObject item = new();
        foreach (JsonProperty property in value.EnumerateObject())
        {
            item.Properties.Add(new PSNoteProperty(property.Name, Convert(property.Value)));
        }

        return item;
    }
}
