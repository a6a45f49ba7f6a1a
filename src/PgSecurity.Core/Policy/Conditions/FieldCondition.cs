using System.Collections.Generic;
using PgSecurity.Core.Expressions;
using PgSecurity.Core.Postures.Reading;

namespace PgSecurity.Core.Policy;

/// <summary>
/// <c>field</c> with an operator. Of a path that goes through arrays every value has to hold; where there is none, it holds.
/// </summary>
internal sealed class FieldCondition(Field field, RightHandSide right) : Condition
{
    public override bool IsSelection => @field.Kind is FieldKind.Name or FieldKind.FullName or FieldKind.Id;

    public override string[]? RequiredNames => @field.Kind == FieldKind.Name ? right.RequiredTexts : null;

    public override int RequiredTruth => right.RequiresTruth ? @field.Glimpse : Glimpse.None;

    public override Truth Evaluate(EvaluationContext context)
    {
        Presence presence = field.Read(context, out ExpressionValue value);
        if (presence != Presence.Many) return right.Of(context, presence, value);

        AllVisitor all = new(context, right);
        field.Walk(context, null, ref all);
        return all.Verdict;
    }

    public override void Explain(EvaluationContext context, Truth verdict, ExplanationBuilder into)
    {
        if (field.Kind == FieldKind.Type) return;
        Presence presence = field.Read(context, out ExpressionValue value);
        List<ExpressionValue> values = [];
        if (presence == Presence.Many)
        {
            MatchingCollector collector = new(context, right, verdict, values);
            field.Walk(context, null, ref collector);
        }
        else if (presence == Presence.Found)
        {
            values.Add(value);
        }

        if (verdict == Truth.Unknown)
        {
            into.AddReason(Why(context, values));
            return;
        }

        string observed = presence == Presence.Many && values.Count == 0 ? "none" : into.Observed(field, values);
        into.AddEvidence(context, field, observed, right.Words(context, into.Expects(verdict)));
    }

    private string Why(EvaluationContext context, List<ExpressionValue> values)
    {
        foreach (ExpressionValue value in values)
        {
            return value.IsUnknown
                ? field.Because(value.Reason)
                : $"{field.Display}: {right.WhyUnknown(context, value)}";
        }

        return field.WhyUnknown(context.Resource);
    }

    /// <summary>The conjunction over the values.</summary>
    private struct AllVisitor(EvaluationContext context, RightHandSide right) : IFieldVisitor
    {
        public Truth Verdict { get; private set; } = Truth.True;

        public bool Visit(Presence presence, in ExpressionValue value)
        {
            Verdict = Verdict.And(right.Of(context, presence, value));
            return Verdict != Truth.False;
        }
    }

    /// <summary>The values that came to a verdict.</summary>
    private readonly struct MatchingCollector(
        EvaluationContext context, RightHandSide right, Truth verdict, List<ExpressionValue> values) : IFieldVisitor
    {
        public bool Visit(Presence presence, in ExpressionValue value)
        {
            if (presence != Presence.Unknown && right.Of(context, presence, value) == verdict) values.Add(value);
            return true;
        }
    }
}
