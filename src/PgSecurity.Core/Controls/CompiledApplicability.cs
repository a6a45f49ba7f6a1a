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

    private CompiledApplicability(CompiledCondition condition, string? type, string reason)
    {
        _condition = condition;
        Type = type;
        Reason = reason;
    }

    /// <summary>The type of the resources of which one must meet it; null for the server.</summary>
    public string? Type { get; }

    /// <summary>Why the control does not concern a server that does not meet it.</summary>
    public string Reason { get; }

    /// <summary>Whether a posture meets it.</summary>
    public Truth Evaluate(Posture posture)
    {
        if (Type is null) return _condition.Evaluate(posture.Server, posture);

        Facet facet = posture.FacetOf(Type);
        Truth any = facet.IsComplete ? Truth.False : Truth.Unknown;
        foreach (Resource resource in facet.Resources)
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
            condition.Reason);
}
