using System;
using System.Collections.Generic;
using System.Linq;
using PgSecurity.Core.Expressions;
using PgSecurity.Core.Postures.Reading;

namespace PgSecurity.Core.Postures.Derived;

/// <summary>
/// Server parameters that are lists, split into members: <c>shared_preload_libraries</c>, <c>azure.extensions</c>,
/// <c>pgaudit.log</c> and the like. A parameter is a list where the service says so (<c>dataType: Set</c>) or where its
/// name is known, never because of a comma (<c>log_line_prefix</c> has one).
/// </summary>
/// <remarks>
/// One resource a list, named after the parameter: <c>values</c> (lower-case, trimmed, no empty ones, in order),
/// <c>value</c> (as written), <c>isConfigPendingRestart</c>, and <c>effectiveValues</c>: the same list, unknown while a
/// restart is pending, since the running server may still have the old one.
/// </remarks>
public sealed class ParameterLists : IDerivedFacet
{
    /// <summary>The type of the resources.</summary>
    public const string FacetType = "PgSecurity/parameterLists";

    /// <summary>So few are compared with each other; more are looked up.</summary>
    private const int FewMembers = 16;

    private static readonly string[] KnownLists =
    {
        "shared_preload_libraries",
        "session_preload_libraries",
        "azure.extensions",
        "azure.accepted_password_auth_method",
        "pgaudit.log",
        "log_connections",
    };

    /// <inheritdoc/>
    public string Type => FacetType;

    /// <inheritdoc/>
    public IReadOnlyList<string> Sources { get; } = new[] { FacetTypes.Configurations };

    /// <inheritdoc/>
    public Facet Derive(Posture posture)
    {
        Facet parameters = posture.FacetOf(FacetTypes.Configurations);
        Resource[] known = parameters.Named(KnownLists).Where(parameter => KnownLists.Contains(parameter.Name, StringComparer.OrdinalIgnoreCase)).ToArray();
        List<Resource> lists = parameters.Resources
            .Where(parameter => Array.IndexOf(known, parameter) >= 0 || IsSet(parameter))
            .Select(parameter => Split(posture, parameter))
            .ToList();
        return new Facet(FacetType, lists, parameters.Gap);
    }

    /// <summary>The members of a list as written: lower-case, trimmed, without empty ones and repetitions, in order.</summary>
    public static IReadOnlyList<string> Members(string? text)
    {
        if (string.IsNullOrEmpty(text)) return Array.Empty<string>();
        List<string> members = new();
        HashSet<string>? many = null;
        foreach (string part in text!.Split(','))
        {
            string member = part.Trim().ToLowerInvariant();
            if (member.Length == 0 || !(many?.Add(member) ?? !members.Contains(member))) continue;
            members.Add(member);
            if (many is null && members.Count > FewMembers) many = new HashSet<string>(members, StringComparer.Ordinal);
        }

        return members;
    }

    private static bool IsSet(Resource parameter) => parameter.TryGlimpse(Glimpse.DataType, out ExpressionValue type)
        ? string.Equals(type.Text.Trim(), "Set", StringComparison.OrdinalIgnoreCase)
        : ResourceField.Of(parameter, "properties.dataType").Is("Set") == Truth.True;

    private static Resource Split(Posture posture, Resource parameter)
    {
        ResourceField value = ResourceField.Of(parameter, "properties.value");
        ResourceField pending = ResourceField.Of(parameter, "properties.isConfigPendingRestart");
        Fact fact = new Fact().Set("value", value).Set("isConfigPendingRestart", pending.Is("true"), pending.UnknownReason ?? "");
        if (value.IsUnknown)
        {
            fact.SetUnknown("values", value.UnknownReason!).SetUnknown("effectiveValues", value.UnknownReason!);
            return fact.ToResource(posture, FacetType, parameter.Name);
        }

        IReadOnlyList<string> members = Members(value.Text);
        fact.Set("values", members);
        if (pending.Is("true") == Truth.False) fact.Set("effectiveValues", members);
        else fact.SetUnknown("effectiveValues", pending.UnknownReason ?? $"a restart is pending: the running server may not have this {parameter.Name} yet");
        return fact.ToResource(posture, FacetType, parameter.Name);
    }
}
