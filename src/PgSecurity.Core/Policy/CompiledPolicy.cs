using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Policy;

/// <summary>A policy, compiled for values of its parameters. Any number of threads may evaluate it, each on its own posture.</summary>
public sealed class CompiledPolicy
{
    private readonly RelatedResources? _related;
    private readonly ConcernedType[] _concerned;
    private readonly IReadOnlyList<CountFrame> _frames;
    private readonly string _definitionId;
    private EvaluationContext? _resting;

    internal CompiledPolicy(
        PolicyEffect effect,
        RelatedResources? related,
        ConcernedType[] concerned,
        IReadOnlyList<CountFrame> frames,
        string definitionId)
    {
        Effect = effect;
        _related = effect is PolicyEffect.AuditIfNotExists or PolicyEffect.DeployIfNotExists ? related : null;
        _concerned = concerned;
        _frames = frames;
        _definitionId = definitionId;
        ConcernedTypes = concerned.Select(type => type.Type).ToArray();
        Types = FacetSources.Of(related is null ? ConcernedTypes : ConcernedTypes.Concat([related.Type]));
    }

    /// <summary>What happens to a resource that matches.</summary>
    public PolicyEffect Effect { get; }

    /// <summary>Every facet that it can read, with what the derived ones among them are computed from.</summary>
    public IReadOnlyList<string> Types { get; }

    /// <summary>The types of resource that <c>if</c> can match.</summary>
    public IReadOnlyList<string> ConcernedTypes { get; }

    /// <summary>The type of the related resources that it asks for; null where its effect asks for none.</summary>
    public string? RelatedType => _related?.Type;

    /// <summary>Whether the posture's server can have resources that <c>if</c> could match.</summary>
    public bool CanConcern(Posture posture) => _concerned.Any(type => type.IsPossible(posture));

    /// <summary>Evaluates it. Allocates nothing where the server passes, once the settings' spellings have been seen.</summary>
    public PolicyOutcome Evaluate(Posture posture)
    {
        if (Effect is PolicyEffect.Disabled or PolicyEffect.Manual or PolicyEffect.DenyAction) return PolicyOutcome.NotApplicable;

        EvaluationContext context = Interlocked.Exchange(ref _resting, null) ?? new EvaluationContext(_frames, _definitionId);
        try
        {
            return Evaluate(posture, context);
        }
        finally
        {
            context.Leave();
            _resting = context;
        }
    }

    /// <summary>Evaluates it, and says why.</summary>
    public PolicyExplanation Explain(Posture posture) => Explain(posture, Evaluate(posture));

    /// <summary>Says why it came to an outcome on a posture.</summary>
    internal PolicyExplanation Explain(Posture posture, PolicyOutcome outcome)
    {
        ExplanationBuilder into = new() { IsPassing = outcome == PolicyOutcome.Compliant };
        if (outcome == PolicyOutcome.NotApplicable)
        {
            return new PolicyExplanation(outcome, into.Evidence, [WhyNotApplicable(posture)], null);
        }

        EvaluationContext context = Interlocked.Exchange(ref _resting, null) ?? new EvaluationContext(_frames, _definitionId);
        try
        {
            return Explain(posture, outcome, context, into);
        }
        finally
        {
            context.Leave();
            _resting = context;
        }
    }

    private PolicyExplanation Explain(Posture posture, PolicyOutcome outcome, EvaluationContext context, ExplanationBuilder into)
    {
        string? missing = null;
        foreach (ConcernedType type in _concerned)
        {
            if (!type.IsPossible(posture)) continue;
            Facet facet = posture.FacetOf(type.Type);

            // What passed is every resource that the rule does not match.
            foreach (Resource resource in outcome == PolicyOutcome.Compliant ? facet.Resources : type.Candidates(facet))
            {
                missing = ExplainResource(context, posture, type.Condition, resource, outcome, into) ?? missing;
            }

            if (outcome == PolicyOutcome.Unknown && GapText.Of(posture, type.Type) is { } gap) into.AddReason(gap);
        }

        IReadOnlyList<string> reasons = outcome == PolicyOutcome.Unknown ? into.Reasons : [];
        return new PolicyExplanation(outcome, into.Evidence, reasons, missing);
    }

    private PolicyOutcome Evaluate(Posture posture, EvaluationContext context)
    {
        bool concerns = false;
        Truth applies = Truth.False;
        bool looked = false;
        Truth fails = Truth.False;
        foreach (ConcernedType type in _concerned)
        {
            if (!type.IsPossible(posture)) continue;

            concerns = true;
            if (type.Server(posture) is { } server)
            {
                looked = true;
                applies = applies.Or(Fails(context, posture, type.Condition, server, out Truth serverFails));
                fails = fails.Or(serverFails);
            }
            else
            {
                Facet facet = posture.FacetOf(type.Type);
                if (!facet.IsComplete) fails = fails.Or(Truth.Unknown);
                looked |= facet.Resources.Count > 0;
                IReadOnlyList<Resource> candidates = type.Candidates(facet);
                for (int i = 0; i < candidates.Count && fails != Truth.True; i++)
                {
                    applies = applies.Or(Fails(context, posture, type.Condition, candidates[i], out Truth failed));
                    fails = fails.Or(failed);
                }
            }

            if (fails == Truth.True) return PolicyOutcome.NonCompliant;
        }

        if (fails == Truth.Unknown) return PolicyOutcome.Unknown;
        if (!concerns) return PolicyOutcome.NotApplicable;
        if (_related is null || !looked) return PolicyOutcome.Compliant;

        // As Azure Policy has it: with an …IfNotExists effect the whole of `if` says what it applies to.
        return applies switch
        {
            Truth.True => PolicyOutcome.Compliant,
            Truth.False => PolicyOutcome.NotApplicable,
            _ => PolicyOutcome.Unknown,
        };
    }

    /// <summary>Whether <c>if</c> matches a resource, and whether the resource fails.</summary>
    private Truth Fails(
        EvaluationContext context, Posture posture, Condition condition, Resource resource, out Truth fails)
    {
        context.Enter(posture, resource);
        Truth matched = condition.Evaluate(context);
        fails = matched;
        if (_related is not null && matched != Truth.False)
        {
            fails = matched.And(_related.Exists(context, posture, resource).Not());
        }

        return matched;
    }

    private string? ExplainResource(
        EvaluationContext context,
        Posture posture,
        Condition condition,
        Resource resource,
        PolicyOutcome outcome,
        ExplanationBuilder into)
    {
        Truth matched = Fails(context, posture, condition, resource, out Truth failed);
        Truth wanted = outcome switch
        {
            PolicyOutcome.NonCompliant => Truth.True,
            PolicyOutcome.Unknown => Truth.Unknown,
            _ => Truth.False,
        };
        bool mayNotApply = _related is not null && outcome == PolicyOutcome.Unknown && matched == Truth.Unknown;
        if (failed != wanted && !mayNotApply) return null;

        context.Enter(posture, resource);
        if (_related is null)
        {
            int before = into.EvidenceCount;
            condition.Explain(context, matched, into);
            if (outcome == PolicyOutcome.NonCompliant && into.EvidenceCount == before)
            {
                into.AddEvidence(resource.Id, "", "present", "no such resource");
            }

            return null;
        }

        if (matched == Truth.Unknown) condition.Explain(context, matched, into);
        if (matched == Truth.False) return null;
        Truth exists = _related.Exists(context, posture, resource);
        if (outcome == PolicyOutcome.Unknown && exists != Truth.Unknown) return null;
        return _related.Explain(context, posture, resource, exists, into);
    }

    private string WhyNotApplicable(Posture posture)
    {
        if (Effect is PolicyEffect.Disabled) return "the policy's effect is disabled";
        if (Effect is PolicyEffect.DenyAction) return "the policy's effect is denyAction: it protects what it matches, and finds no fault with it";
        if (Effect is PolicyEffect.Manual) return "the policy's effect is manual: compliance with it is attested, not evaluated";
        return CanConcern(posture)
            ? "the policy's 'if' matches no resource of this server"
            : "the policy is about resources that this server cannot have";
    }
}
