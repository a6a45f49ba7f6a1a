using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using PgSecurity.Core.Expressions;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Policy;

/// <summary>Compiles a policy rule: <c>if</c> and <c>then</c>.</summary>
internal static class RuleCompiler
{
    private static readonly string[] RelatedMembers =
    [
        "type", "name", "kind", "resourceGroupName", "existenceScope", "existenceCondition", "evaluationDelay",
        "roleDefinitionIds", "deployment", "deploymentScope",
    ];

    private static readonly string[] OtherMembers =
    [
        "roleDefinitionIds", "operations", "conflictEffect", "actionNames", "cascadeBehaviors", "defaultState", "field", "value",
    ];

    /// <summary>Compiles a rule with what the defaults give, and lets through what they do not.</summary>
    public static void Check(PolicyDefinition definition, DefinitionPlace rule) =>
        Compile(definition, rule, ParameterReader.Values(definition.Source, definition.Parameters, null), isTrial: true);

    /// <summary>Compiles a rule for the values of its parameters.</summary>
    public static CompiledPolicy Compile(
        PolicyDefinition definition, DefinitionPlace rule, Dictionary<string, ExpressionValue> values) =>
        Compile(definition, rule, values, isTrial: false);

    private static CompiledPolicy Compile(
        PolicyDefinition definition, DefinitionPlace rule, Dictionary<string, ExpressionValue> values, bool isTrial)
    {
        Dictionary<string, DefinitionPlace> members = rule.Members();
        foreach (string name in new[] { "if", "then" })
        {
            if (!members.ContainsKey(name)) throw rule.Wrong($"the rule has no '{name}'; expected 'if' and 'then'");
        }

        bool isAlone = rule.Pointer.Length == 0 || rule.Pointer.EndsWith("/properties", StringComparison.OrdinalIgnoreCase);
        if (!isAlone) rule.Members("if", "then");

        RuleSubject subject = new(definition.Parameters.Select(p => p.Name).ToArray(), values, NamedTypes.In(rule.Value), isTrial);
        ConditionCompiler conditions = new(subject);
        Condition condition = conditions.Compile(members["if"]);
        ConcernedTypes types = new(condition, subject, definition.Id);

        Dictionary<string, DefinitionPlace> then = members["then"].Members("effect", "details");
        PolicyEffect effect = EffectOf(members["then"], then, conditions);
        RelatedResources? related = null;
        if (then.TryGetValue("details", out DefinitionPlace details) && details.Value.ValueKind != JsonValueKind.Null)
        {
            related = CompileDetails(details, effect, subject, conditions);
        }

        if (related is null && effect is PolicyEffect.AuditIfNotExists or PolicyEffect.DeployIfNotExists)
        {
            throw members["then"].Wrong($"the effect {effect} has no 'details'; expected 'details' with the 'type' of the related resource");
        }

        return new CompiledPolicy(effect, related, types.Find(), subject.Frames, definition.Id);
    }

    private static PolicyEffect EffectOf(
        DefinitionPlace then, Dictionary<string, DefinitionPlace> members, ConditionCompiler conditions)
    {
        if (!members.TryGetValue("effect", out DefinitionPlace place)) throw then.Wrong($"there is no 'effect'; expected {EffectNames}");
        ExpressionNode node = conditions.Value(place.Value.ValueKind == JsonValueKind.String ? place : throw place.Wrong(
            $"the effect is not a string; expected {EffectNames}"));
        if (node is LiteralNode { Value.IsUnknown: true }) return PolicyEffect.Disabled;
        if (node is not LiteralNode { Value.Kind: ExpressionKind.String } literal)
        {
            throw place.Wrong("the effect is not known before the evaluation; expected a string, or an expression of parameters");
        }

        string text = literal.Value.Text;
        return text.Length > 0
            && char.IsLetter(text[0])
            && Enum.TryParse(text, ignoreCase: true, out PolicyEffect effect)
            && text.IndexOf(",", StringComparison.Ordinal) < 0
                ? effect
                : throw place.Wrong($"there is no effect '{text}'; valid are {EffectNames}");
    }

    private static string EffectNames => string.Join(", ", Enum.GetNames(typeof(PolicyEffect)));

    private static RelatedResources? CompileDetails(
        DefinitionPlace details, PolicyEffect effect, RuleSubject subject, ConditionCompiler conditions)
    {
        // append has a list of fields and values; nothing in it is evaluated.
        if (details.Value.ValueKind == JsonValueKind.Array && effect is PolicyEffect.Append or PolicyEffect.Disabled) return null;

        bool needsRelated = effect is PolicyEffect.AuditIfNotExists or PolicyEffect.DeployIfNotExists;
        Dictionary<string, DefinitionPlace> members = needsRelated ? details.Members(RelatedMembers)
            : effect == PolicyEffect.Disabled ? details.Members(RelatedMembers.Concat(OtherMembers).ToArray())
            : details.Members(OtherMembers);
        if (!members.TryGetValue("type", out DefinitionPlace typePlace))
        {
            return needsRelated ? throw details.Wrong("there is no 'type'; expected that of the related resource") : null;
        }

        return CompileRelated(members, typePlace, subject, conditions);
    }

    private static RelatedResources CompileRelated(
        Dictionary<string, DefinitionPlace> members, DefinitionPlace typePlace, RuleSubject subject, ConditionCompiler conditions)
    {
        ExpressionNode typeNode = conditions.Value(typePlace);
        string type = typeNode is LiteralNode { Value.Kind: ExpressionKind.String } literal
            ? literal.Value.Text
            : throw typePlace.Wrong("the type is not a string, nor an expression of parameters");
        if (!FacetTypes.IsKnown(type))
        {
            throw typePlace.Wrong(
                $"a posture holds no resources of type '{type}'; known types are {string.Join(", ", FacetTypes.All)}");
        }

        type = FacetTypes.Normalize(type);
        ExpressionNode? name = members.TryGetValue("name", out DefinitionPlace namePlace) ? conditions.Value(namePlace) : null;
        if (name is LiteralNode { Value.Kind: not (ExpressionKind.String or ExpressionKind.Unknown) })
        {
            throw namePlace.Wrong("the name is not a string");
        }

        subject.RelatedType = type;
        Condition? existence = members.TryGetValue("existenceCondition", out DefinitionPlace place) ? conditions.Compile(place) : null;
        subject.RelatedType = null;
        return new RelatedResources(type, name, ScopeOf(members, conditions), existence);
    }

    /// <summary>The resource group that is asked for in so many words; null where none is.</summary>
    private static ExpressionNode? ScopeOf(Dictionary<string, DefinitionPlace> members, ConditionCompiler conditions)
    {
        bool wholeSubscription = false;
        bool group = false;
        if (members.TryGetValue("existenceScope", out DefinitionPlace scope))
        {
            string text = conditions.Value(scope) is LiteralNode { Value.Kind: ExpressionKind.String } literal ? literal.Value.Text : scope.Text();
            wholeSubscription = string.Equals(text, "Subscription", StringComparison.OrdinalIgnoreCase);
            group = string.Equals(text, "ResourceGroup", StringComparison.OrdinalIgnoreCase);
            if (!wholeSubscription && !group) throw scope.Wrong($"there is no scope '{text}'; valid are Subscription, ResourceGroup");
        }

        if (wholeSubscription) return null;
        if (members.TryGetValue("resourceGroupName", out DefinitionPlace name)) return conditions.Value(name);
        return group ? new LiteralNode(ExpressionValue.Null) : null;
    }
}
