using System;
using System.Collections.Generic;
using System.Text.Json;

namespace PgSecurity.Core.Controls;

/// <summary>
/// What an organisation chose: values of parameters, effects and severities of single controls. Immutable; names are
/// compared without regard to case.
/// </summary>
public sealed class ControlSettings
{
    private ControlSettings(
        Dictionary<string, JsonElement> parameters, Dictionary<string, JsonElement> effects, Dictionary<string, Severity> severities)
    {
        Parameters = parameters;
        Effects = effects;
        Severities = severities;
    }

    /// <summary>Nothing chosen: every default stands.</summary>
    public static ControlSettings None { get; } = Create();

    /// <summary>The values of parameters, by name; the same for every control that has the parameter.</summary>
    public IReadOnlyDictionary<string, JsonElement> Parameters { get; }

    /// <summary>The effects of single controls, by id.</summary>
    public IReadOnlyDictionary<string, JsonElement> Effects { get; }

    /// <summary>The severities of single controls, by id.</summary>
    public IReadOnlyDictionary<string, Severity> Severities { get; }

    /// <summary>Makes settings. A key <c>&lt;ID&gt;.effect</c> among the values is that control's effect.</summary>
    public static ControlSettings Create(
        IEnumerable<KeyValuePair<string, JsonElement>>? values = null,
        IEnumerable<KeyValuePair<string, Severity>>? severities = null)
    {
        Dictionary<string, JsonElement> parameters = new(StringComparer.OrdinalIgnoreCase);
        Dictionary<string, JsonElement> effects = new(StringComparer.OrdinalIgnoreCase);
        Dictionary<string, Severity> bySeverity = new(StringComparer.OrdinalIgnoreCase);
        foreach (KeyValuePair<string, JsonElement> value in values ?? Array.Empty<KeyValuePair<string, JsonElement>>())
        {
            if (IsEffect(value.Key, out string id))
            {
                effects[id] = value.Value;
            }
            else
            {
                parameters[value.Key] = value.Value;
            }
        }

        foreach (KeyValuePair<string, Severity> severity in severities ?? Array.Empty<KeyValuePair<string, Severity>>())
        {
            bySeverity[severity.Key] = severity.Value;
        }

        return new ControlSettings(parameters, effects, bySeverity);
    }

    /// <summary>These settings with others laid over them.</summary>
    public ControlSettings With(ControlSettings others)
    {
        ControlSettings result = Create();
        Copy(Parameters, (Dictionary<string, JsonElement>)result.Parameters);
        Copy(others.Parameters, (Dictionary<string, JsonElement>)result.Parameters);
        Copy(Effects, (Dictionary<string, JsonElement>)result.Effects);
        Copy(others.Effects, (Dictionary<string, JsonElement>)result.Effects);
        Copy(Severities, (Dictionary<string, Severity>)result.Severities);
        Copy(others.Severities, (Dictionary<string, Severity>)result.Severities);
        return result;
    }

    /// <summary>Whether a key of a parameter file is a control's effect, and of which.</summary>
    internal static bool IsEffect(string key, out string controlId)
    {
        const string Suffix = ".effect";
        bool isEffect = key.Length > Suffix.Length && key.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase);
        controlId = isEffect ? key.Substring(0, key.Length - Suffix.Length) : "";
        return isEffect;
    }

    private static void Copy<T>(IReadOnlyDictionary<string, T> from, Dictionary<string, T> to)
    {
        foreach (KeyValuePair<string, T> pair in from)
        {
            to[pair.Key] = pair.Value;
        }
    }
}
