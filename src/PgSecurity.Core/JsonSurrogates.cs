using System;
using System.Text.Json;

namespace PgSecurity.Core;

/// <summary>
/// JSON may escape one half of a surrogate pair (RFC 8259, section 8.2), of which no text can be made: found when it is
/// read, not when somebody asks for that text.
/// </summary>
public static class JsonSurrogates
{
    /// <summary>Reads every name and text of a document once.</summary>
    /// <exception cref="JsonException">One of them is no text.</exception>
    public static void Check(JsonElement document)
    {
        try
        {
            Walk(document);
        }
        catch (InvalidOperationException failure)
        {
            throw new JsonException("a text holds half of a surrogate pair (\\ud800 to \\udfff)", failure);
        }
    }

    private static void Walk(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                _ = value.GetString();
                break;
            case JsonValueKind.Array:
                foreach (JsonElement item in value.EnumerateArray()) Walk(item);
                break;
            case JsonValueKind.Object:
                foreach (JsonProperty member in value.EnumerateObject())
                {
                    _ = member.Name;
                    Walk(member.Value);
                }

                break;
        }
    }
}
