using System;
using System.Linq;
using System.Management.Automation;
using System.Text.Json;

namespace PgSecurity.Tests;

/// <summary>JSON as the objects that ConvertFrom-Json makes.</summary>
public static class JsonObjects
{
    /// <summary>Reads a text; an array gives its items.</summary>
    public static object? Read(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return Convert(document.RootElement);
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
