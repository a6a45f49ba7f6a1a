using System;
using System.Collections.Generic;
using System.Linq;
using PgSecurity.Core.Expressions;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Policy;

/// <summary>The related resources that <c>auditIfNotExists</c> and <c>deployIfNotExists</c> look for.</summary>
/// <param name="type">Their type, in the spelling of <see cref="FacetTypes"/>.</param>
/// <param name="name">Their name, of one segment or of all; null for any.</param>
/// <param name="resourceGroup">
/// The resource group they must be in, null in it for that of the server; no expression where the rule does not say: a
/// posture holds of other providers' resources only what protects its server, wherever it is.
/// </param>
/// <param name="existence">What one of them must meet; null where being there is enough.</param>
internal sealed class RelatedResources(string type, ExpressionNode? name, ExpressionNode? resourceGroup, Condition? existence)
{
    private const int MaximumExplained = 5;

    // Names are unique among the children of one server, so the one of a name decides, whatever else there may be.
    private readonly bool _isChild =
        type.StartsWith(FacetTypes.Server + "/", StringComparison.OrdinalIgnoreCase)
        || type.StartsWith(FacetTypes.SingleServer + "/", StringComparison.OrdinalIgnoreCase);

    private readonly ExpressionNode? _name = name is null ? null : RememberedNode.Around(name);

    private readonly ConcernedType _type = new(type, new Decided(Truth.True));

    // Most names stand in the rule.
    private readonly Wanted? _fixed = resourceGroup is null && name is null or LiteralNode { Value.Kind: ExpressionKind.String }
        ? WantedOf(name is LiteralNode literal ? literal.Value : null, null)
        : null;

    public string Type => type;

    /// <summary>Whether one exists that meets the condition. The context stands at the resource that <c>if</c> matched.</summary>
    public Truth Exists(EvaluationContext context, Posture posture, Resource outer)
    {
        Facet? facet = FacetOf(posture);
        if (facet is null) return Truth.False;

        Wanted wanted = Want(context);
        if (_isChild && wanted.Simple is { } simple && facet.Find(simple) is { } only) return Meets(context, posture, only, outer);

        Truth exists = facet.IsComplete ? Truth.False : Truth.Unknown;
        for (int i = 0; i < facet.Resources.Count && exists != Truth.True; i++)
        {
            Resource candidate = facet.Resources[i];
            Truth matches = Matches(candidate, wanted);
            if (matches != Truth.False) exists = exists.Or(matches.And(Meets(context, posture, candidate, outer)));
        }

        return exists;
    }

    /// <summary>Adds why one exists, why none does, or why it cannot be told.</summary>
    /// <returns>The name of the one that was asked for, where a complete listing does not have it.</returns>
    public string? Explain(EvaluationContext context, Posture posture, Resource outer, Truth exists, ExplanationBuilder into)
    {
        Facet? facet = FacetOf(posture);
        Wanted wanted = Want(context);
        List<Resource> candidates = (facet?.Resources ?? [])
            .Where(candidate => Matches(candidate, wanted) != Truth.False)
            .ToList();

        int explained = 0;
        int before = into.EvidenceCount;
        foreach (Resource candidate in candidates)
        {
            if (Matches(candidate, wanted).And(Meets(context, posture, candidate, outer)) != exists) continue;
            if (existence is not null) ExplainOne(context, posture, candidate, outer, exists, into);
            else if (exists == Truth.True) into.AddEvidence(candidate.Id, "", "present", "present");
            if (exists == Truth.True || ++explained == MaximumExplained) break;
        }

        if (exists == Truth.Unknown)
        {
            if (wanted.Reason is { } reason) into.AddReason(reason);
            if (facet?.Gap is not null && !(_isChild && candidates.Count > 0 && wanted.Simple is not null))
            {
                into.AddReason(GapText.Of(posture, type)!);
            }

            return null;
        }

        if (exists == Truth.True) return null;
        if (candidates.Count == 0 || into.EvidenceCount == before) AddAbsence(outer, wanted, candidates.Count, into);
        return candidates.Count == 0 && facet is { IsComplete: true } ? wanted.Simple : null;
    }

    private void AddAbsence(Resource outer, Wanted wanted, int candidates, ExplanationBuilder into)
    {
        string what = wanted.Simple ?? (wanted.Full is null ? type : $"{type} {wanted.Full}");
        into.AddEvidence(
            outer.Id,
            what,
            candidates == 0 ? "absent" : $"{candidates} present, none as required",
            existence is null || wanted.Simple is not null ? "present" : "one as required");
    }

    private void ExplainOne(
        EvaluationContext context, Posture posture, Resource candidate, Resource outer, Truth exists, ExplanationBuilder into)
    {
        context.EnterRelated(candidate, outer);
        Truth verdict = existence!.Evaluate(context);
        bool isPassing = into.IsPassing;
        // What exists is what passes: the condition's own words are what is expected, whichever way it went.
        into.IsPassing = exists == Truth.True;
        existence.Explain(context, verdict, into);
        into.IsPassing = isPassing;
        context.Enter(posture, outer);
    }

    private Truth Meets(EvaluationContext context, Posture posture, Resource candidate, Resource outer)
    {
        if (existence is null) return Truth.True;
        context.EnterRelated(candidate, outer);
        Truth verdict = existence.Evaluate(context);
        context.Enter(posture, outer);
        return verdict;
    }

    private static Truth Matches(Resource candidate, in Wanted wanted)
    {
        if (wanted.Reason is not null) return Truth.Unknown;
        if (wanted.Group is { } group
            && !string.Equals(ResourceNames.ResourceGroup(candidate.Id), group, StringComparison.OrdinalIgnoreCase))
        {
            return Truth.False;
        }

        if (wanted.Simple is { } simple) return string.Equals(candidate.Name, simple, StringComparison.OrdinalIgnoreCase).ToTruth();
        if (wanted.Full is not { } full) return Truth.True;

        string actual = ResourceNames.FullName(candidate);
        if (full.EndsWith("/?", StringComparison.Ordinal) || full.EndsWith("/*", StringComparison.Ordinal))
        {
            int parents = actual.LastIndexOf("/", StringComparison.Ordinal);
            return (parents == full.Length - 2
                && string.Compare(actual, 0, full, 0, parents, StringComparison.OrdinalIgnoreCase) == 0).ToTruth();
        }

        return string.Equals(actual, full, StringComparison.OrdinalIgnoreCase).ToTruth();
    }

    private Facet? FacetOf(Posture posture) => _type.IsPossible(posture) ? posture.FacetOf(type) : null;

    private Wanted Want(EvaluationContext context)
    {
        if (_fixed is { } known) return known;

        string? group = null;
        if (resourceGroup is not null)
        {
            ExpressionValue value = resourceGroup.Evaluate(context);
            if (value.IsUnknown) return new Wanted(null, null, null, value.Reason);
            group = value.Kind == ExpressionKind.String ? value.Text : context.Posture!.Id.ResourceGroupName;
        }

        return WantedOf(_name?.Evaluate(context), group);
    }

    private static Wanted WantedOf(ExpressionValue? wanted, string? group)
    {
        if (wanted is not { } value) return new Wanted(null, null, group, null);
        if (value.IsUnknown) return new Wanted(null, null, group, value.Reason);
        if (value.Kind != ExpressionKind.String) return new Wanted(null, null, group, "the related resource's name is not a string");

        string text = value.Text;
        if (text is "*" or "?") return new Wanted(null, null, group, null);
        return text.IndexOf("/", StringComparison.Ordinal) < 0
            ? new Wanted(text, null, group, null)
            : new Wanted(null, text, group, null);
    }

    /// <summary>What is asked for: a name of one segment, or of all, and a resource group; or why that cannot be told.</summary>
    private readonly record struct Wanted(string? Simple, string? Full, string? Group, string? Reason);
}
