using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using PgSecurity.Core.Policy;

namespace PgSecurity.Core.Controls;

/// <summary>
/// Values for the parameters of controls, in the format in which Azure Policy assigns them:
/// <c>{ "name": { "value": … } }</c>, as such, under <c>parameters</c>, or as a deployment's parameter file.
/// <c>&lt;ID&gt;.effect</c> is the effect of one control.
/// </summary>
public static class ParameterFile
{
    /// <summary>Reads a file and holds it against the parameters of a catalogue.</summary>
    /// <exception cref="ControlFormatException">A name is not known, or a value is not of the parameter's type or allowed values.</exception>
    public static ControlSettings Load(string path, ControlCatalog catalog)
    {
        List<ControlError> errors = new();
        JsonElement root = ControlJson.ReadFile(path, errors);
        return Finish(root, path, catalog, errors);
    }

    /// <summary>Reads a text, as <see cref="Load"/> reads a file.</summary>
    /// <exception cref="ControlFormatException">As <see cref="Load"/>.</exception>
    public static ControlSettings Parse(string json, string source, ControlCatalog catalog)
    {
        List<ControlError> errors = new();
        JsonElement root = ControlJson.Parse(json, source, errors);
        return Finish(root, source, catalog, errors);
    }

    /// <summary>Holds single values, such as those of a hashtable at the prompt, against the parameters of a catalogue.</summary>
    /// <exception cref="ControlFormatException">As <see cref="Load"/>.</exception>
    public static ControlSettings Of(IEnumerable<KeyValuePair<string, JsonElement>> values, string source, ControlCatalog catalog)
    {
        List<ControlError> errors = new();
        List<KeyValuePair<string, JsonElement>> list = values.ToList();
        foreach (KeyValuePair<string, JsonElement> value in list)
        {
            Check(value.Key, new JsonAt(value.Value, "/" + value.Key, source, errors), catalog);
        }

        return errors.Count == 0 ? ControlSettings.Create(list) : throw new ControlFormatException(errors);
    }

    internal static ControlSettings Read(JsonAt parameters, ControlCatalog catalog)
    {
        Dictionary<string, JsonElement> values = new(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, JsonAt entry) in parameters.Members())
        {
            JsonAt value = entry["value"];
            if (!entry.IsObject || !value.Exists)
            {
                entry.Fault($"The parameter '{name}' has no 'value'.", "Write it as { \"value\": … }.");
                continue;
            }

            if (values.ContainsKey(name)) entry.Fault($"The parameter '{name}' is here twice.", "Keep one of them.");
            Check(name, value, catalog);
            values[name] = value.Value;
        }

        return ControlSettings.Create(values);
    }

    private static ControlSettings Finish(JsonElement root, string source, ControlCatalog catalog, List<ControlError> errors)
    {
        if (errors.Count == 0)
        {
            JsonAt file = new(root, "", source, errors);
            ControlSettings settings = Read(Entries(file), catalog);
            if (errors.Count == 0) return settings;
        }

        throw new ControlFormatException(errors);
    }

    private static JsonAt Entries(JsonAt file)
    {
        JsonAt holder = file["properties"].IsObject && !file["properties"]["value"].Exists ? file["properties"] : file;
        return holder["parameters"].IsObject && !holder["parameters"]["value"].Exists ? holder["parameters"] : holder;
    }

    private static void Check(string name, JsonAt value, ControlCatalog catalog)
    {
        if (ControlSettings.IsEffect(name, out string id) && catalog.Find(id) is ControlDefinition control)
        {
            PolicyParameter? effect = control.Policy.Parameters.FirstOrDefault(ControlCatalog.IsEffect);
            if (effect is null)
            {
                value.Fault($"The effect of '{control.Id}' cannot be set.", "Its definition has no parameter 'effect'.");
                return;
            }

            CheckValue(effect, value);
            return;
        }

        IReadOnlyDictionary<string, PolicyParameter> parameters = catalog.Parameters();
        if (parameters.TryGetValue(name, out PolicyParameter? parameter))
        {
            CheckValue(parameter, value);
            return;
        }

        List<string> valid = parameters.Keys.Concat(catalog.Controls.Select(known => known.Id + ".effect")).ToList();
        value.Fault($"No control has a parameter '{name}'.", NearestNames.Advice(name, valid, "Get-PgSecurityControl shows the parameters of each control."));
    }

    private static void CheckValue(PolicyParameter parameter, JsonAt value)
    {
        if (!IsOfType(parameter.Type, value.Value))
        {
            value.Fault($"The parameter '{parameter.Name}' takes a value of type {parameter.Type}.", "Correct the value.");
        }
        else if (!IsAllowed(parameter, value.Value))
        {
            value.Fault(
                $"The value is not one that '{parameter.Name}' may have.",
                $"Allowed are {string.Join(", ", parameter.AllowedValues.Select(allowed => allowed.ToString()))}.");
        }
    }

    private static bool IsAllowed(PolicyParameter parameter, JsonElement value)
    {
        if (parameter.AllowedValues.Count == 0) return true;
        return parameter.Type == PolicyParameterType.Array
            ? value.EnumerateArray().All(member => parameter.AllowedValues.Any(allowed => IsSame(allowed, member)))
            : parameter.AllowedValues.Any(allowed => IsSame(allowed, value));
    }

    private static bool IsOfType(PolicyParameterType type, JsonElement value) => type switch
    {
        PolicyParameterType.String => value.ValueKind == JsonValueKind.String,
        PolicyParameterType.Array => value.ValueKind == JsonValueKind.Array,
        PolicyParameterType.Object => value.ValueKind == JsonValueKind.Object,
        PolicyParameterType.Boolean => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        PolicyParameterType.Integer => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        PolicyParameterType.Float => value.ValueKind == JsonValueKind.Number,
        _ => value.ValueKind == JsonValueKind.String && value.TryGetDateTimeOffset(out _),
    };

    private static bool IsSame(JsonElement allowed, JsonElement value) =>
        allowed.ValueKind == JsonValueKind.String && value.ValueKind == JsonValueKind.String
            ? string.Equals(allowed.GetString(), value.GetString(), StringComparison.OrdinalIgnoreCase)
            : JsonSerializer.Serialize(allowed) == JsonSerializer.Serialize(value);
}
