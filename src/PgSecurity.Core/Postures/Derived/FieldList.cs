using System;
using System.Text.Json;

namespace PgSecurity.Core.Postures.Derived;

/// <summary>Reads lists of texts in resources, three-valued.</summary>
internal static class FieldList
{
    /// <summary>Whether a list holds a text, without regard to case; a member that is not known may be it. Nothing at all holds nothing.</summary>
    public static Truth Holds(this ResourceField field, string text)
    {
        if (field.IsUnknown || field.Value.ValueKind != JsonValueKind.Array) return field.Is(text);

        Truth any = Truth.False;
        foreach (JsonElement item in field.Value.EnumerateArray())
        {
            if (UnknownValue.Is(item)) any = Truth.Unknown;
            else if (item.ValueKind == JsonValueKind.String
                && string.Equals(item.GetString(), text, StringComparison.OrdinalIgnoreCase)) return Truth.True;
        }

        return any;
    }

    /// <summary>How many members a list has, none where there is no list; null where that is not known.</summary>
    public static int? Count(this ResourceField field) =>
        field.IsUnknown ? null : field.Value.ValueKind == JsonValueKind.Array ? field.Value.GetArrayLength() : 0;
}
