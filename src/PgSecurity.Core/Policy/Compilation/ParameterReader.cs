using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using PgSecurity.Core.Expressions;

namespace PgSecurity.Core.Policy;

/// <summary>Reads the parameters of a definition, and the values that are given for them.</summary>
internal static class ParameterReader
{
    /// <summary>The parameters that a definition declares.</summary>
    public static IReadOnlyList<PolicyParameter> Read(DefinitionPlace parameters) =>
        parameters.Members().Values.Select((place, i) => ReadOne(NameAt(parameters, i), place)).ToArray();

    /// <summary>The value of every parameter that has one, after the defaults; each is checked.</summary>
    /// <exception cref="PolicyLoadException">There is no such parameter, or it cannot have the value.</exception>
    public static Dictionary<string, ExpressionValue> Values(
        string source, IReadOnlyList<PolicyParameter> parameters, IReadOnlyDictionary<string, JsonElement>? given)
    {
        Dictionary<string, ExpressionValue> values = new(StringComparer.OrdinalIgnoreCase);
        foreach (PolicyParameter parameter in parameters)
        {
            if (parameter.DefaultValue is { } value) values[parameter.Name] = ExpressionValue.From(value);
        }

        foreach (KeyValuePair<string, JsonElement> entry in given ?? new Dictionary<string, JsonElement>())
        {
            PolicyParameter? parameter = parameters.FirstOrDefault(
                candidate => string.Equals(candidate.Name, entry.Key, StringComparison.OrdinalIgnoreCase));
            DefinitionPlace place = new(source, "/parameters/" + entry.Key, entry.Value);
            if (parameter is null)
            {
                throw place.Wrong(parameters.Count == 0
                    ? $"there is no parameter '{entry.Key}'; the definition has none"
                    : $"there is no parameter '{entry.Key}'; valid are {string.Join(", ", parameters.Select(p => p.Name))}");
            }

            Check(place, parameter.Type, parameter.AllowedValues);
            values[parameter.Name] = ExpressionValue.From(entry.Value);
        }

        return values;
    }

    private static string NameAt(DefinitionPlace parameters, int index) =>
        parameters.Value.EnumerateObject().ElementAt(index).Name;

    private static PolicyParameter ReadOne(string name, DefinitionPlace place)
    {
        Dictionary<string, DefinitionPlace> members =
            place.Members("type", "defaultValue", "allowedValues", "metadata", "schema", "minValue", "maxValue", "deprecated");
        if (!members.TryGetValue("type", out DefinitionPlace typePlace))
        {
            throw place.Wrong($"the parameter has no type; expected {TypeNames}");
        }

        if (!Enum.TryParse(typePlace.Text(), ignoreCase: true, out PolicyParameterType type)
            || !Enum.IsDefined(typeof(PolicyParameterType), type)
            || char.IsDigit(typePlace.Text()[0]))
        {
            throw typePlace.Wrong($"there is no type '{typePlace.Text()}'; valid are {TypeNames}");
        }

        JsonElement[] allowed = members.TryGetValue("allowedValues", out DefinitionPlace allowedPlace)
            ? allowedPlace.Items().Select(item => item.Value).ToArray()
            : [];
        JsonElement? defaultValue = null;
        if (members.TryGetValue("defaultValue", out DefinitionPlace defaultPlace)
            && defaultPlace.Value.ValueKind != JsonValueKind.Null)
        {
            Check(defaultPlace, type, allowed);
            defaultValue = defaultPlace.Value;
        }

        JsonElement metadata = members.TryGetValue("metadata", out DefinitionPlace metadataPlace) ? metadataPlace.Value : default;
        return new PolicyParameter(name, type, defaultValue, allowed, metadata);
    }

    private static string TypeNames => string.Join(", ", Enum.GetNames(typeof(PolicyParameterType)));

    private static void Check(DefinitionPlace place, PolicyParameterType type, IReadOnlyList<JsonElement> allowed)
    {
        if (!HasType(place.Value, type)) throw place.Wrong($"the value is not of the parameter's type {type}");
        if (allowed.Count == 0 || IsAllowed(place.Value, allowed)) return;
        if (place.Value.ValueKind == JsonValueKind.Array && place.Value.EnumerateArray().All(item => IsAllowed(item, allowed))) return;
        throw place.Wrong(
            "the value is not allowed; valid (case matters) are " + string.Join(", ", allowed.Select(value => value.ToString())));
    }

    private static bool HasType(JsonElement value, PolicyParameterType type) => type switch
    {
        PolicyParameterType.String => value.ValueKind == JsonValueKind.String,
        PolicyParameterType.Array => value.ValueKind == JsonValueKind.Array,
        PolicyParameterType.Object => value.ValueKind == JsonValueKind.Object,
        PolicyParameterType.Boolean => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        PolicyParameterType.Integer => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        PolicyParameterType.Float => value.ValueKind == JsonValueKind.Number,
        _ => value.ValueKind == JsonValueKind.String
            && DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
    };

    private static bool IsAllowed(JsonElement value, IReadOnlyList<JsonElement> allowed) => allowed.Any(candidate =>
        ValueEquality.Compare(ExpressionValue.From(value), ExpressionValue.From(candidate), StringComparison.Ordinal) == Truth.True);
}
