using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using PgSecurity.Core.Expressions;

namespace PgSecurity.Core.Policy;

/// <summary>An Azure Policy definition, read and checked.</summary>
public sealed class PolicyDefinition
{
    private readonly DefinitionPlace _rule;

    private PolicyDefinition(DefinitionPlace root, DefinitionPlace body, IReadOnlyList<PolicyParameter> parameters, DefinitionPlace rule)
    {
        Dictionary<string, DefinitionPlace> outer = root.Members();
        Dictionary<string, DefinitionPlace> inner = body.Members();
        Source = root.Source;
        Id = TextOf("id") ?? TextOf("policyDefinitionId") ?? TextOf("resourceId") ?? "";
        Name = TextOf("name") ?? TextOf("resourceName") ?? "";
        DisplayName = TextOf("displayName") ?? Name;
        Description = TextOf("description") ?? "";
        Metadata = inner.TryGetValue("metadata", out DefinitionPlace metadata) ? metadata.Value : default;
        Parameters = parameters;
        _rule = rule;

        string? TextOf(string member) =>
            Text(inner, member) ?? Text(outer, member);

        static string? Text(Dictionary<string, DefinitionPlace> members, string member) =>
            members.TryGetValue(member, out DefinitionPlace place) && place.Value.ValueKind == JsonValueKind.String
                ? place.Value.GetString()
                : null;
    }

    /// <summary>The name, often a GUID; empty where it has none.</summary>
    public string Name { get; }

    /// <summary>The title; the name where it has none.</summary>
    public string DisplayName { get; }

    /// <summary>What it looks at.</summary>
    public string Description { get; }

    /// <summary>The resource id; empty where it has none.</summary>
    public string Id { get; }

    /// <summary>The <c>metadata</c> object; undefined where there is none.</summary>
    public JsonElement Metadata { get; }

    /// <summary>The parameters that it declares.</summary>
    public IReadOnlyList<PolicyParameter> Parameters { get; }

    /// <summary>The <c>policyRule</c> as it is written: <c>if</c> and <c>then</c>.</summary>
    public JsonElement Rule => _rule.Value;

    /// <summary>The file or other origin.</summary>
    public string Source { get; }

    /// <summary>
    /// Reads a definition: as the REST API has it (under <c>properties</c>), as az and Az show it (flat, in either spelling
    /// of names), or a rule alone. The whole rule is checked, also what only another value of a parameter would reach.
    /// </summary>
    /// <param name="root">The JSON object; it must outlive the definition and all that is compiled from it.</param>
    /// <param name="source">The file or other origin, for errors.</param>
    /// <exception cref="PolicyLoadException">It is not a valid definition.</exception>
    public static PolicyDefinition Load(JsonElement root, string source)
    {
        DefinitionPlace whole = new(source, "", root);
        DuplicateMembers.Refuse(whole);
        Dictionary<string, DefinitionPlace> members = whole.Members();
        DefinitionPlace body = members.TryGetValue("properties", out DefinitionPlace properties) ? properties : whole;
        Dictionary<string, DefinitionPlace> inside = body.Members();
        DefinitionPlace rule = RuleOf(body, inside);
        RefuseOtherModes(inside);

        IReadOnlyList<PolicyParameter> parameters =
            (inside.TryGetValue("parameters", out DefinitionPlace place) || inside.TryGetValue("parameter", out place))
            && place.Value.ValueKind != JsonValueKind.Null
                ? ParameterReader.Read(place)
                : Array.Empty<PolicyParameter>();
        PolicyDefinition definition = new(whole, body, parameters, rule);
        RuleCompiler.Check(definition, definition._rule);
        return definition;
    }

    /// <summary>Compiles the rule for values of its parameters; those that are not given have their defaults.</summary>
    /// <param name="parameterValues">Values by name.</param>
    /// <exception cref="PolicyLoadException">A value does not fit its parameter, or one that the rule needs is missing.</exception>
    public CompiledPolicy Compile(IReadOnlyDictionary<string, JsonElement>? parameterValues = null)
    {
        Dictionary<string, ExpressionValue> values = ParameterReader.Values(Source, Parameters, parameterValues);
        return RuleCompiler.Compile(this, _rule, values);
    }

    /// <summary>The definition's title.</summary>
    public override string ToString() => DisplayName;

    private static DefinitionPlace RuleOf(DefinitionPlace body, Dictionary<string, DefinitionPlace> members)
    {
        if (members.TryGetValue("policyRule", out DefinitionPlace rule)) return rule;
        if (members.ContainsKey("policyDefinitions"))
        {
            throw body.Wrong("this is an initiative: it names definitions and has no rule; give the definitions that it names");
        }

        return members.ContainsKey("if") && members.ContainsKey("then")
            ? new DefinitionPlace(body.Source, body.Pointer, body.Value)
            : throw body.Wrong("there is no 'policyRule'; expected a policy definition, or a rule with 'if' and 'then'");
    }

    private static void RefuseOtherModes(Dictionary<string, DefinitionPlace> members)
    {
        if (!members.TryGetValue("mode", out DefinitionPlace mode) || mode.Value.ValueKind == JsonValueKind.Null) return;
        if (!new[] { "All", "Indexed" }.Contains(mode.Text(), StringComparer.OrdinalIgnoreCase))
        {
            throw mode.Wrong($"the mode '{mode.Text()}' is not for resources of Resource Manager; valid are All, Indexed");
        }
    }
}
