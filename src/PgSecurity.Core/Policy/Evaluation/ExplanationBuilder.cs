using System;
using System.Collections.Generic;
using System.Linq;
using PgSecurity.Core.Expressions;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Policy;

/// <summary>Gathers the facts that a verdict stands on, and the reasons why one could not be reached.</summary>
internal sealed class ExplanationBuilder
{
    private const int MaximumLength = 200;

    /// <summary>So many pieces are compared with each other; more are looked up.</summary>
    private const int Few = 8;

    private readonly List<Evidence> _evidence = new();
    private readonly List<string> _reasons = new();
    private HashSet<string>? _seen;

    /// <summary>Whether the verdict is that the server passed: then a fact is what was expected, else its opposite was.</summary>
    public bool IsPassing { get; set; }

    public IReadOnlyList<Evidence> Evidence => _evidence;

    public IReadOnlyList<string> Reasons => _reasons;

    public int ReasonCount => _reasons.Count;

    public int EvidenceCount => _evidence.Count;

    /// <summary>Which verdict of a condition would have passed, given the one that there was.</summary>
    public bool Expects(Truth verdict) => (verdict == Truth.True) == IsPassing;

    public void AddReason(string reason)
    {
        if (!_reasons.Contains(reason)) _reasons.Add(reason);
    }

    /// <summary>Adds what was seen in a field of the resource that is being looked at.</summary>
    public void AddEvidence(EvaluationContext context, Field? field, string observed, string expected, string? written = null) =>
        AddEvidence(context.Resource?.Id ?? "", written ?? NameOf(context.Resource, field), observed, expected);

    public void AddEvidence(string resourceId, string field, string observed, string expected)
    {
        if (_evidence.Count > Few ? _seen!.Add(Key(resourceId, field, observed, expected)) : !IsAmongFew(resourceId, field, observed, expected))
        {
            _evidence.Add(new Evidence(resourceId, field, observed, expected));
            if (_evidence.Count == Few + 1) _seen = new HashSet<string>(_evidence.Select(KeyOf), StringComparer.Ordinal);
        }
    }

    private bool IsAmongFew(string resourceId, string field, string observed, string expected) => _evidence.Exists(piece =>
        string.Equals(piece.Field, field, StringComparison.Ordinal)
        && string.Equals(piece.Observed, observed, StringComparison.Ordinal)
        && string.Equals(piece.Expected, expected, StringComparison.Ordinal)
        && string.Equals(piece.ResourceId, resourceId, StringComparison.Ordinal));

    private static string KeyOf(Evidence piece) => Key(piece.ResourceId, piece.Field, piece.Observed, piece.Expected);

    private static string Key(string resourceId, string field, string observed, string expected) =>
        string.Join("\0", resourceId, field, observed, expected);

    /// <summary>What was seen, as a text that a finding can show: short, and without secrets.</summary>
    public string Observed(Field? field, IReadOnlyList<ExpressionValue> values)
    {
        if (field is not null && HoldsSecret(field.Display)) return "(not shown)";
        if (values.Count == 0) return "absent";
        string text = values.Count == 1 ? Show(values[0]) : string.Join(", ", values.Take(20).Select(Show));
        return text.Length <= MaximumLength ? text : text.Substring(0, MaximumLength) + "…";
    }

    private static string Show(ExpressionValue value) => value.Kind switch
    {
        ExpressionKind.Null => "absent",
        ExpressionKind.String when value.Text.Length == 0 => "empty",
        _ => value.ToString(),
    };

    /// <summary>A server parameter by its name; any other field by its path.</summary>
    private static string NameOf(Resource? resource, Field? field)
    {
        if (field is null) return "";
        bool isParameter = resource is not null
            && string.Equals(resource.Type, FacetTypes.Configurations, StringComparison.OrdinalIgnoreCase)
            && string.Equals(field.Display, "value", StringComparison.OrdinalIgnoreCase);
        return isParameter ? resource!.Name : field.Display;
    }

    private static bool HoldsSecret(string path) =>
        path.EndsWith("password", StringComparison.OrdinalIgnoreCase)
        || path.EndsWith("secret", StringComparison.OrdinalIgnoreCase)
        || path.EndsWith("connectionString", StringComparison.OrdinalIgnoreCase)
        || path.EndsWith("sasToken", StringComparison.OrdinalIgnoreCase)
        || path.EndsWith("accessKey", StringComparison.OrdinalIgnoreCase);
}
