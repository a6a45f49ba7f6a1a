using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using PgSecurity.Core.Policy;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Tests.Exports;

namespace PgSecurity.Core.Tests.BuiltInPolicies;

/// <summary>A built-in definition with values for its parameters, and the definitions of the exported initiative that speak of the same thing.</summary>
/// <param name="Policy">The built-in definition.</param>
/// <param name="Values">What its parameters are given.</param>
/// <param name="Controls">The controls in the initiative, one at least.</param>
/// <param name="Differences">Where the two may part, each with the reason.</param>
internal sealed record InitiativeComparison(
    BuiltInPolicy Policy,
    IReadOnlyDictionary<string, JsonElement> Values,
    IReadOnlyList<string> Controls,
    IReadOnlyList<InitiativeDifference> Differences)
{
    /// <summary>One for each built-in definition that the initiative has an answer to; the one that takes a parameter's name, one a parameter.</summary>
    public static IReadOnlyList<InitiativeComparison> All { get; } = BuiltInPolicy.All.SelectMany(Of).ToList();

    /// <summary>What tells it from the others, with the parameter that is compared where there are several.</summary>
    public string Name => Values.TryGetValue("configurationName", out JsonElement parameter) ? $"{Policy.Title}: {parameter}" : Policy.Title;

    /// <summary>
    /// The servers of which both say something, with what they say. (What cannot be told Azure Policy never says: it sees
    /// whole servers.)
    /// </summary>
    public IEnumerable<(string Name, ServerFacts Facts, bool BuiltInFlags, bool InitiativeFlags)> Decided(CompiledPolicy builtIn) =>
        from server in PostureCorpus.All
        let facts = new ServerFacts(server.Posture)
        where facts.IsFlexible
        let theirs = Flags([builtIn.Evaluate(server.Posture)])
        let ours = Flags(Controls.Select(control => ExportedInitiative.Whole.Evaluate(control, server.Posture)))
        where theirs is not null && ours is not null
        select (server.Name, facts, theirs.Value, ours.Value);

    /// <summary>The definition in our own hand, and Microsoft's file of it where that is there.</summary>
    public IEnumerable<CompiledPolicy> BuiltIns()
    {
        yield return PolicyDefinition.Load(Policy.Definition, Policy.Id).Compile(Values.ToDictionary(value => value.Key, value => value.Value));
        if (MicrosoftsDefinitions.Find(Policy.Id) is { } own) yield return MicrosoftsDefinitions.Compile(own, Values);
    }

    public override string ToString() => Name;

    private static IEnumerable<InitiativeComparison> Of(BuiltInPolicy policy)
    {
        List<string> controls = policy.Controls.Where(ExportedInitiative.Whole.Has).ToList();
        if (controls.Count == 0) return [];
        return InitiativeDifference.SwitchedOn.TryGetValue(policy.Id, out IReadOnlyDictionary<string, string>? parameters)
            ? controls.Select(control => new InitiativeComparison(
                policy,
                new Dictionary<string, JsonElement>(policy.Values) { ["configurationName"] = JsonSerializer.SerializeToElement(parameters[control]) },
                [control],
                InitiativeDifference.ForParameter(parameters[control])))
            : [new InitiativeComparison(policy, policy.Values, controls, InitiativeDifference.For(policy.Id))];
    }

    /// <summary>Whether definitions together flag a server; null where it cannot be told.</summary>
    private static bool? Flags(IEnumerable<PolicyOutcome> outcomes)
    {
        List<PolicyOutcome> list = outcomes.ToList();
        if (list.Contains(PolicyOutcome.NonCompliant)) return true;
        return list.Contains(PolicyOutcome.Unknown) ? null : false;
    }
}
