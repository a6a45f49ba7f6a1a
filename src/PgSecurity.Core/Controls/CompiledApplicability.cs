using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using PgSecurity.Core.Policy;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Controls;

/// <summary>A compiled condition under which a control concerns a server.</summary>
public sealed class CompiledApplicability
{
    private readonly CompiledCondition _condition;

    private CompiledApplicability(CompiledCondition condition, string? type, string reason, string meaning)
    {
        Meaning = meaning;
        _condition = condition;
        Type = type;
        Reason = reason;
    }

    /// <summary>The type of the resources of which one must meet it; null for the server.</summary>
    public string? Type { get; }

    /// <summary>Why the control does not concern a server that does not meet it.</summary>
    public string Reason { get; }

    /// <summary>The same text where two conditions are the same in all but their reason.</summary>
    internal string Meaning { get; }

    /// <summary>Whether a posture meets it.</summary>
    public Truth Evaluate(Posture posture)
    {
        if (Type is null) return _condition.Evaluate(posture.Server, posture);

        Facet facet = posture.FacetOf(Type);
        Truth any = facet.IsComplete ? Truth.False : Truth.Unknown;
        foreach (Resource resource in _condition.Candidates(facet))
        {
            any = any.Or(_condition.Evaluate(resource, posture));
            if (any == Truth.True) break;
        }

        return any;
    }

    /// <summary>Why it cannot be told on a posture.</summary>
    public string ReasonForUnknown(Posture posture)
    {
        if (Type is string type)
        {
            return GapText.Of(posture, type) ?? Reasons(posture.FacetOf(type).Resources, posture);
        }

        return Reasons(new[] { posture.Server }, posture);
    }

    private string Reasons(IEnumerable<Resource> resources, Posture posture)
    {
        string text = string.Join("; ", resources
            .SelectMany(resource => _condition.Explain(resource, posture).Reasons)
            .Distinct(StringComparer.Ordinal)
            .Take(2));
        return text.Length > 0 ? text : "a property that decides it is not known";
    }

    internal static CompiledApplicability Compile(
        Applicability condition, IReadOnlyDictionary<string, JsonElement> parameters, ControlDefinition control) =>
        new(
            CompiledCondition.Compile(
                condition.Condition,
                control.Path,
                "/properties/metadata/pgSecurity/appliesTo",
                control.Policy.Parameters,
                parameters),
            condition.Type,
            condition.Reason,
            MeaningOf(condition, parameters));

    private static string MeaningOf(Applicability condition, IReadOnlyDictionary<string, JsonElement> parameters)
    {
        string text = condition.Condition.GetRawText();
        bool readsParameters = text.IndexOf("parameters", StringComparison.OrdinalIgnoreCase) >= 0;
        string values = readsParameters
            ? string.Join("\0", parameters.OrderBy(value => value.Key, StringComparer.OrdinalIgnoreCase).Select(value => value.Key + "\0" + value.Value.GetRawText()))
            : "";
        return string.Join("\0", condition.Type ?? "", text, values);
    }
}
