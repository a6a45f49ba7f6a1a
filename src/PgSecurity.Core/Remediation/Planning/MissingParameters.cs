using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace PgSecurity.Core.Remediation.Planning;

/// <summary>The parameters that a step's values use and that nobody has chosen: they are asked for by name, not guessed.</summary>
internal static class MissingParameters
{
    private static readonly Regex Use = new(
        @"parameters\s*\(\s*'([^']+)'\s*\)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    public static IReadOnlyList<string> Of(RemediationStep step, IReadOnlyDictionary<string, JsonElement> parameters) =>
        Texts(step).SelectMany(UsedIn).Distinct(StringComparer.OrdinalIgnoreCase).Where(name => !IsChosen(name, parameters)).ToList();

    private static bool IsChosen(string name, IReadOnlyDictionary<string, JsonElement> parameters) =>
        parameters.TryGetValue(name, out JsonElement value)
        && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined)
        && !(value.ValueKind == JsonValueKind.String && value.GetString()!.Trim().Length == 0)
        && !(value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0);

    private static IEnumerable<string> UsedIn(string text) => Use.Matches(text).Cast<Match>().Select(match => match.Groups[1].Value);

    private static IEnumerable<string> Texts(RemediationStep step) => step switch
    {
        SetPropertiesStep set => new[] { set.Name, Raw(set.Properties), Raw(set.Body) }.OfType<string>(),
        SetParameterStep set => new[] { Raw(set.Value)! },
        ChangeListStep change => new[] { Raw(change.Values)! },
        PutResourceStep put => new[] { put.Name, Raw(put.Properties)! },
        _ => Array.Empty<string>(),
    };

    // An apostrophe may be written as an escape in JSON: the text is read, not the raw form.
    private static string? Raw(JsonElement? value) =>
        value is JsonElement element ? JsonSerializer.Serialize(element, Plain) : null;

    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
