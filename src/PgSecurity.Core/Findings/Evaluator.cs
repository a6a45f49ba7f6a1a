using System;
using System.Collections.Generic;
using System.Linq;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Findings;

/// <summary>
/// Makes findings of postures: one a control, in the order of the catalogue. Controls are compiled once; any number of
/// threads may evaluate, each its own posture.
/// </summary>
public sealed class Evaluator
{
    private readonly IReadOnlyList<CompiledControl> _controls;
    private readonly EvaluatorOptions _options;
    private readonly IReadOnlyList<string> _requirements;
    private readonly HashSet<string> _askedByName;
    private readonly SharedConditions _conditions;

    /// <summary>Makes an evaluator of compiled controls.</summary>
    public Evaluator(IReadOnlyList<CompiledControl> controls, EvaluatorOptions? options = null)
    {
        _controls = controls;
        _options = options ?? EvaluatorOptions.Default;
        _requirements = controls.Select(control => control.Definition.Requires).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        _conditions = new SharedConditions(controls);
        _askedByName = new HashSet<string>(_options.AskedByName, StringComparer.OrdinalIgnoreCase);
        RequiredFacets = controls.SelectMany(control => control.RequiredFacets).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
    }

    /// <summary>The controls.</summary>
    public IReadOnlyList<CompiledControl> Controls => _controls;

    /// <summary>The facets that must be collected for all controls.</summary>
    public IReadOnlyCollection<string> RequiredFacets { get; }

    /// <summary>Compiles controls for evaluation; those that do not compile are left out, and noted.</summary>
    public static Evaluator Create(
        IEnumerable<ControlDefinition> controls, ControlSettings settings, EvaluatorOptions options, List<ControlError> errors)
    {
        List<CompiledControl> compiled = new();
        foreach (ControlDefinition control in controls)
        {
            try
            {
                compiled.Add(CompiledControl.Compile(control, settings));
            }
            catch (ControlFormatException exception)
            {
                errors.AddRange(exception.Errors);
            }
        }

        return new Evaluator(compiled, options);
    }

    /// <summary>The findings on a posture, one a control that is not left out, made as they are asked for.</summary>
    public IEnumerable<Finding> Evaluate(Posture posture)
    {
        DateTimeOffset now = _options.UtcNow();
        List<string> unasked = Unasked(posture);
        SharedConditions.Verdicts conditions = _conditions.On(posture);
        for (int place = 0; place < _controls.Count; place++)
        {
            CompiledControl control = _controls[place];
            if (control.Definition.Requires is string requirement
                && unasked.Contains(requirement)
                && !_askedByName.Contains(control.Definition.Id)) continue;
            yield return Evaluate(control, place, posture, conditions, now);
        }
    }

    /// <summary>What controls may require and the posture has nothing of, so that they are left out.</summary>
    private List<string> Unasked(Posture posture) => _options.LeaveOutUnasked
        ? _requirements.Where(requirement => !ControlRequirement.IsAskedFor(requirement, posture)).ToList()
        : new List<string>();

    private Finding Evaluate(CompiledControl control, int place, Posture posture, SharedConditions.Verdicts conditions, DateTimeOffset now)
    {
        Verdict verdict = Judge(control, place, posture, conditions);
        Exemption? exemption = null;
        if (verdict.Outcome is Outcome.Fail or Outcome.Unknown)
        {
            exemption = _options.Exemptions.Find(posture.Id, control.Definition.Id, now);
            verdict = exemption is null ? WithExpired(verdict, control, posture, now) : SetAside(verdict, exemption);
        }

        return ToFinding(control, posture, verdict, exemption, now);
    }

    private Verdict Judge(CompiledControl control, int place, Posture posture, SharedConditions.Verdicts conditions)
    {
        try
        {
            return WithScope(ControlJudge.Judge(control, place, posture, conditions, _options.ExplainPassed), control, posture);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // One control that breaks on one posture hides no other; and what was not judged has not passed.
            return Verdict.Unknown(
                $"The control could not be evaluated ({exception.GetType().Name}: {exception.Message}). This is a defect of PgSecurity; please report it.");
        }
    }

    /// <summary>Nothing is said of the whole server where a part of it was looked at.</summary>
    private static Verdict WithScope(Verdict verdict, CompiledControl control, Posture posture)
    {
        if (!posture.HasScope) return verdict;
        string scope = string.Join(" ", control.RequiredFacets.Select(type => posture.FacetOf(type).Scope).OfType<string>().Distinct(StringComparer.Ordinal));
        return scope.Length == 0 ? verdict : verdict with { Reason = $"{verdict.Reason} {scope}".TrimStart() };
    }

    private static Verdict SetAside(Verdict verdict, Exemption exemption) => verdict with
    {
        Outcome = Outcome.Exempt,
        Reason = ExemptionSet.Reason(exemption, verdict.Outcome),
    };

    private Verdict WithExpired(Verdict verdict, CompiledControl control, Posture posture, DateTimeOffset now)
    {
        Exemption? expired = _options.Exemptions.FindExpired(posture.Id, control.Definition.Id, now);
        return expired is null
            ? verdict
            : verdict with
            {
                Reason = $"{verdict.Reason} {ExemptionSet.ExpiredReason(expired)}".TrimStart(),
            };
    }

    private static Finding ToFinding(
        CompiledControl control, Posture posture, Verdict verdict, Exemption? exemption, DateTimeOffset now)
    {
        // A fact says in a sentence what was seen; what passes is then what the control's title says.
        string? facts = FactSentences.Of(verdict.Evidence, posture);
        return new Finding
        {
            ResourceId = posture.Id.Value,
            ServerName = posture.Id.Name,
            ResourceGroupName = posture.Id.ResourceGroupName,
            SubscriptionId = posture.Id.SubscriptionId,
            ControlId = control.Definition.Id,
            Section = control.Definition.Section,
            Title = control.Definition.Title,
            Severity = control.Severity,
            Outcome = verdict.Outcome,
            Reason = verdict.Reason,
            Observed = facts ?? EvidenceText.Observed(verdict.Evidence, posture),
            Expected = facts is null ? EvidenceText.Expected(verdict.Evidence) : control.Definition.Title,
            Recommendation = verdict.Outcome is Outcome.Fail ? control.Recommendation : "",
            IsRemediable = verdict.Outcome is Outcome.Fail && control.Definition.Remediation.Steps.Count > 0,
            Evidence = verdict.Evidence,
            Benchmarks = control.Definition.Benchmarks,
            Exemption = exemption?.Name,
            Source = posture.Source,
            EvaluatedAt = now,
        };
    }
}
