using System;
using System.Globalization;
using System.Text.Json;

namespace PgSecurity.Core.Postures;

/// <summary>
/// A value in a resource's body, three-valued: known, absent, or unknown with the reason (a mark, or a body that is not
/// the whole resource). What derived facets read with, so that what is not known never turns into a value.
/// </summary>
public readonly struct ResourceField
{
    private const string Properties = "properties.";

    private ResourceField(JsonElement value, string? reason)
    {
        Value = value;
        UnknownReason = reason;
    }

    /// <summary>The value; undefined where it is absent or unknown. A JSON null is absent.</summary>
    public JsonElement Value { get; }

    /// <summary>Why the value is not known; null where it is known or absent.</summary>
    public string? UnknownReason { get; }

    /// <summary>Whether there may be a value that is not known.</summary>
    public bool IsUnknown => UnknownReason is not null;

    /// <summary>Whether it is known that there is no value.</summary>
    public bool IsAbsent => UnknownReason is null && Value.ValueKind == JsonValueKind.Undefined;

    /// <summary>The value as trimmed text; null where it is absent, unknown, empty, or an object or array.</summary>
    public string? Text
    {
        get
        {
            string? text = Value.ValueKind switch
            {
                JsonValueKind.String => Value.GetString()!.Trim(),
                JsonValueKind.Number => Value.GetRawText(),
                JsonValueKind.True => "true",
                JsonValueKind.False => "false",
                _ => null,
            };
            return string.IsNullOrEmpty(text) ? null : text;
        }
    }

    /// <summary>A value that is not known, and why.</summary>
    public static ResourceField Unknown(string reason) => new(default, reason);

    /// <summary>The value of a path (<c>properties.backup.geoRedundantBackup</c>) in a resource's body.</summary>
    public static ResourceField Of(Resource resource, string path) =>
        path.StartsWith(Properties, StringComparison.Ordinal) && resource.TryGetSharedProperties(out JsonElement properties)
            ? In(properties, path, resource.Gap, resource.Names, Properties.Length)
            : In(resource.Body, path, resource.Gap, resource.Names);

    /// <summary>The value of a path in a JSON object; names are compared without regard to case.</summary>
    /// <param name="container">The object.</param>
    /// <param name="path">Names joined by dots.</param>
    /// <param name="gap">Why what the object lacks is unknown; null where absent means absent.</param>
    public static ResourceField In(JsonElement container, string path, string? gap = null) => In(container, path, gap, null);

    private static ResourceField In(JsonElement container, string path, string? gap, NameTable? names, int from = 0)
    {
        JsonElement at = container;
        for (int start = from; start <= path.Length;)
        {
            int dot = path.IndexOf('.', start);
            int end = dot < 0 ? path.Length : dot;
            if (UnknownValue.Is(at)) return new ResourceField(default, UnknownValue.Reason(at));
            if (start > 0 && at.ValueKind != JsonValueKind.Object) return Unknown($"'{path.Substring(0, start - 1)}' is no object, so what is in it cannot be told");
            if (!TryGetMember(at, path.AsSpan(start, end - start), names, out at) || at.ValueKind == JsonValueKind.Null)
            {
                return new ResourceField(default, gap);
            }

            start = end + 1;
        }

        return UnknownValue.Is(at)
            ? new ResourceField(default, UnknownValue.Reason(at))
            : new ResourceField(at, null);
    }

    /// <summary>The same, and unknown where the value is an object or an array, in a place where the service has a text.</summary>
    public ResourceField ExpectText() => Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array
        ? Unknown("there is no text where one is expected")
        : this;

    /// <summary>Whether the text is the expected one, without regard to case. An absent value is not.</summary>
    public Truth Is(string expected) =>
        IsUnknown ? Truth.Unknown
        : expected.Length > 0 && Value.ValueKind == JsonValueKind.String && Value.ValueEquals(expected) ? Truth.True
        : string.Equals(Text, expected, StringComparison.OrdinalIgnoreCase).ToTruth();

    /// <summary>The value as a whole number, also where it is written as text; null where it is not one.</summary>
    public long? Number =>
        long.TryParse(Text, NumberStyles.Integer, CultureInfo.InvariantCulture, out long number) ? number : null;

    /// <summary>The value as a time in ISO 8601, taken as UTC where it names no offset; null where it is not one.</summary>
    public DateTimeOffset? Time =>
        Value.ValueKind == JsonValueKind.String
        && DateTimeOffset.TryParse(
            Text,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out DateTimeOffset time)
            ? time
            : null;

    private static bool TryGetMember(JsonElement container, ReadOnlySpan<char> name, NameTable? names, out JsonElement value)
    {
        value = default;
        if (container.ValueKind != JsonValueKind.Object) return false;
        if (container.TryGetProperty(name, out value)) return true;
        if (names?.MayHaveOtherSpelling(name.ToString()) == false) return false;
        foreach (JsonProperty property in container.EnumerateObject())
        {
            if (name.Equals(property.Name.AsSpan(), StringComparison.OrdinalIgnoreCase))
            {
                value = property.Value;
                return true;
            }
        }

        return false;
    }
}
