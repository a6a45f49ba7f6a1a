using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Policy;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Findings;

/// <summary>
/// Judges one control on one posture by the rules under "How it is evaluated" in docs/control-format.md. Never a false
/// pass: whatever stands in the way of a verdict makes it Unknown, with the reason.
/// </summary>
internal static class ControlJudge
{
    public static Verdict Judge(CompiledControl control, int place, Posture posture, SharedConditions.Verdicts conditions, bool explainPassed)
    {
        if (posture.Id.IsSingleServer && !control.Definition.ConcernsSingleServers)
        {
            return Verdict.NotApplicable("This is a retired single server; the control is about flexible servers.");
        }

        if (posture.Id.IsHost && control.Definition.Requires is null)
        {
            return Verdict.NotApplicable("This PostgreSQL server is not in Azure Resource Manager; the control is about what is.");
        }

        if (NotApplicable(control, place, posture, conditions) is Verdict set) return set;
        PolicyOutcome outcome = control.Policy.Evaluate(posture);
        return outcome == PolicyOutcome.Compliant && !explainPassed
            ? Verdict.Passed
            : Explain(control, posture, control.Policy.Explain(posture, outcome));
    }

    /// <summary>The verdict where a condition for the control is not met, or cannot be told; null where all are met.</summary>
    private static Verdict? NotApplicable(CompiledControl control, int place, Posture posture, SharedConditions.Verdicts conditions)
    {
        CompiledApplicability? unknown = null;
        for (int i = 0; i < control.AppliesTo.Count; i++)
        {
            CompiledApplicability condition = control.AppliesTo[i];
            Truth truth = conditions.Of(place, i, condition);
            if (truth == Truth.False) return Verdict.NotApplicable(condition.Reason);
            if (truth == Truth.Unknown) unknown ??= condition;
        }

        return unknown is null
            ? null
            : Verdict.Unknown($"It cannot be told whether the control applies: {unknown.ReasonForUnknown(posture)}.");
    }

    private static Verdict Explain(CompiledControl control, Posture posture, PolicyExplanation explanation)
    {
        switch (explanation.Outcome)
        {
            case PolicyOutcome.Compliant:
                return new Verdict(Outcome.Pass, "", explanation.Evidence);
            case PolicyOutcome.NotApplicable:
                return IfMatchesNothing(control, posture)
                    ? Verdict.Passed
                    : Verdict.NotApplicable(ReasonOf(explanation, "Nothing that the control is about is there."));
            case PolicyOutcome.Unknown:
                return new Verdict(Outcome.Unknown, ReasonOf(explanation, "What the control reads is not known."), explanation.Evidence);
            default:
                return AbsentParameter(control, posture, explanation)
                    ?? new Verdict(Outcome.Fail, FailureText.Of(explanation.Evidence, posture), explanation.Evidence);
        }
    }

    /// <summary>
    /// Whether a control of the catalogue, whose <c>appliesTo</c> holds, has a rule that matches no resource: nothing fails
    /// it. (In a definition that is not ours the whole of <c>if</c> says what it applies to, as in Azure Policy.) A rule
    /// about single servers themselves matches no flexible server, which is what it wants.
    /// </summary>
    private static bool IfMatchesNothing(CompiledControl control, Posture posture)
    {
        if (control.Definition.IsPlain || control.Policy.Effect is PolicyEffect.Disabled or PolicyEffect.Manual) return false;
        IReadOnlyList<string> types = control.Policy.ConcernedTypes;
        return control.Policy.CanConcern(posture)
            || (types.Count == 1 && types[0] == FacetTypes.SingleServer);
    }

    /// <summary>
    /// A server parameter that a complete listing lacks does not exist in that version: no server of it can meet the
    /// control, or needs to. (In a definition that is not ours Azure Policy's own rule holds: it fails.)
    /// </summary>
    private static Verdict? AbsentParameter(CompiledControl control, Posture posture, PolicyExplanation explanation)
    {
        bool isAbsent = !control.Definition.IsPlain
            && explanation.MissingRelated is string
            && string.Equals(control.Policy.RelatedType, FacetTypes.Configurations, StringComparison.OrdinalIgnoreCase)
            && posture.FacetOf(FacetTypes.Configurations) is { IsComplete: true, Resources.Count: > 0 } listing
            && listing.Find(explanation.MissingRelated) is null;
        return isAbsent
            ? Verdict.NotApplicable($"PostgreSQL {Version(posture)} has no server parameter {explanation.MissingRelated}.")
            : null;
    }

    private static string Version(Posture posture) =>
        posture.Server.Body.TryGetProperty("properties", out JsonElement properties)
        && properties.ValueKind == JsonValueKind.Object
        && properties.TryGetProperty("version", out JsonElement version)
        && version.ValueKind == JsonValueKind.String
            ? version.GetString()!
            : "of this version";

    private static string ReasonOf(PolicyExplanation explanation, string otherwise) =>
        explanation.Reasons.Count == 0 ? otherwise : string.Join("; ", explanation.Reasons.Distinct(StringComparer.Ordinal).Take(3));
}
