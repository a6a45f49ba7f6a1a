using System.Text.Json;

namespace PgSecurity.Core.Postures;

/// <summary>
/// The mark that stands in a resource's JSON where a value exists but is not known, such as a template expression that
/// could not be resolved or a secret that was taken out: <c>{ "$unknown": "why" }</c>.
/// </summary>
public static class UnknownValue
{
    /// <summary>The property name that makes an object such a mark.</summary>
    public const string Key = "$unknown";

    /// <summary>Whether a value is the mark.</summary>
    public static bool Is(JsonElement value) => value.ValueKind == JsonValueKind.Object && value.TryGetProperty(Key, out _);

    /// <summary>The reason that the mark gives.</summary>
    public static string Reason(JsonElement mark) =>
        mark.ValueKind == JsonValueKind.Object
        && mark.TryGetProperty(Key, out JsonElement reason)
        && reason.ValueKind == JsonValueKind.String
            ? reason.GetString()!
            : "the value is not known";
}
