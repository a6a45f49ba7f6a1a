using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Policy;

/// <summary>A policy, compiled for values of its parameters. Any number of threads may evaluate it, each on its own posture.</summary>
public sealed class CompiledPolicy
{
    private readonly Condition _condition;
    private readonly RelatedResources? _related;
    private readonly string[] _concerned;
    private readonly IReadOnlyList<CountFrame> _frames;
    private readonly string _definitionId;
    private EvaluationContext? _resting;

    internal CompiledPolicy(
        PolicyEffect effect,
        Condition condition,
        RelatedResources? related,
        string[] concerned,
        IReadOnlyList<CountFrame> frames,
        string definitionId)
    {
        Effect = effect;
        _condition = condition;
        _related = effect is PolicyEffect.AuditIfNotExists or PolicyEffect.DeployIfNotExists ? related : null;
        _concerned = concerned;
        _frames = frames;
        _definitionId = definitionId;
        Types = FacetSources.Of(related is null ? concerned : concerned.Concat([related.Type]));
    }

    /// <summary>What happens to a resource that matches.</summary>
    public PolicyEffect Effect { get; }

    /// <summary>Every facet that it can read, with what the derived ones among them are computed from.</summary>
    public IReadOnlyList<string> Types { get; }

    /// <summary>The types of resource that <c>if</c> can match.</summary>
    public IReadOnlyList<string> ConcernedTypes => _concerned;

    /// <summary>The type of the related resources that it asks for; null where its effect asks for none.</summary>
    public string? RelatedType => _related?.Type;

    /// <summary>Evaluates it. Allocates nothing where the server passes, once the settings' spellings have been seen.</summary>
    public PolicyOutcome Evaluate(Posture posture)
    {
        if (Effect is PolicyEffect.Disabled or PolicyEffect.Manual) return PolicyOutcome.NotApplicable;

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
    public PolicyExplanation Explain(Posture posture)
    {
        PolicyOutcome outcome = Evaluate(posture);
        ExplanationBuilder into = new() { IsPassing = outcome == PolicyOutcome.Compliant };
        if (outcome == PolicyOutcome.NotApplicable)
        {
            return new PolicyExplanation(outcome, into.Evidence, [WhyNotApplicable(posture)], null);
        }

        EvaluationContext context = new(_frames, _definitionId);
        string? missing = null;
        foreach (string type in _concerned)
        {
            if (ConcernedFacets.Of(posture, type) is not { } facet) continue;
            foreach (Resource resource in facet.Resources)
            {
                missing = ExplainResource(context, posture, resource, outcome, into) ?? missing;
            }

            if (outcome == PolicyOutcome.Unknown && GapText.Of(posture, type) is { } gap) into.AddReason(gap);
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
        foreach (string type in _concerned)
        {
            if (ConcernedFacets.Of(posture, type) is not { } facet) continue;

            concerns = true;
            if (!facet.IsComplete)
            {
                fails = fails.Or(Truth.Unknown);
            }

            for (int i = 0; i < facet.Resources.Count; i++)
            {
                looked = true;
                applies = applies.Or(Fails(context, posture, facet.Resources[i], out Truth failed));
                fails = fails.Or(failed);
                if (fails == Truth.True) return PolicyOutcome.NonCompliant;
            }
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
    private Truth Fails(EvaluationContext context, Posture posture, Resource resource, out Truth fails)
    {
        context.Enter(posture, resource);
        Truth matched = _condition.Evaluate(context);
        fails = matched;
        if (_related is not null && matched != Truth.False)
        {
            fails = matched.And(_related.Exists(context, posture, resource).Not());
        }

        return matched;
    }

    private string? ExplainResource(
        EvaluationContext context, Posture posture, Resource resource, PolicyOutcome outcome, ExplanationBuilder into)
    {
        Truth matched = Fails(context, posture, resource, out Truth failed);
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
            _condition.Explain(context, matched, into);
            if (outcome == PolicyOutcome.NonCompliant && into.EvidenceCount == before)
            {
                into.AddEvidence(resource.Id, "", "present", "no such resource");
            }

            return null;
        }

        if (matched == Truth.Unknown) _condition.Explain(context, matched, into);
        if (matched == Truth.False) return null;
        Truth exists = _related.Exists(context, posture, resource);
        if (outcome == PolicyOutcome.Unknown && exists != Truth.Unknown) return null;
        return _related.Explain(context, posture, resource, exists, into);
    }

    private string WhyNotApplicable(Posture posture)
    {
        if (Effect is PolicyEffect.Disabled) return "the policy's effect is disabled";
        if (Effect is PolicyEffect.Manual) return "the policy's effect is manual: compliance with it is attested, not evaluated";
        return _concerned.Any(type => ConcernedFacets.Of(posture, type) is not null)
            ? "the policy's 'if' matches no resource of this server"
            : "the policy is about resources that this server cannot have";
    }
}
