using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;
using PgSecurity.Core.Expressions;

namespace PgSecurity.Core.Policy;

/// <summary>
/// <c>count</c> with an operator, of the members of an array in the resource or of a list of values. Members that cannot be
/// told make the count a range; the condition is decided where every number of the range gives the same verdict.
/// </summary>
internal sealed class CountCondition(
    Field? field, ExpressionNode? values, string? name, Condition? where, int frameIndex, RightHandSide right) : Condition
{
    public override Truth Evaluate(EvaluationContext context) =>
        Count(context, out int least, out int most) ? Compare(context, least, most) : Truth.Unknown;

    public override void Explain(EvaluationContext context, Truth verdict, ExplanationBuilder into)
    {
        bool counted = Count(context, out int least, out int most);
        if (verdict == Truth.Unknown)
        {
            ExplainUnknown(context, counted, into);
            return;
        }

        string expected = right.Words(context, into.Expects(verdict));
        into.AddEvidence(
            context,
            field,
            most > 0 && values is not null && where is not null ? into.Observed(null, Matching(context)) : InWords(least, most),
            expected == "at most 0" ? "none" : expected,
            field is null ? name ?? "count of values" : null);
    }

    private string InWords(int least, int most)
    {
        string number = least == most
            ? least.ToString(CultureInfo.InvariantCulture)
            : string.Format(CultureInfo.InvariantCulture, "{0} to {1}", least, most);
        return where is null ? number : number + " that match";
    }

    /// <summary>The listed values that match, or may.</summary>
    private List<ExpressionValue> Matching(EvaluationContext context)
    {
        List<ExpressionValue> matching = new();
        foreach (JsonElement item in values!.Evaluate(context).Json.EnumerateArray())
        {
            context.Frame(frameIndex).Value = ExpressionValue.From(item);
            if (where!.Evaluate(context) != Truth.False) matching.Add(ExpressionValue.From(item));
        }

        return matching;
    }

    private void ExplainUnknown(EvaluationContext context, bool counted, ExplanationBuilder into)
    {
        if (context.IsExhausted)
        {
            into.AddReason("the counts of the rule, one in another, look at more members than an audit can");
            return;
        }

        if (!counted)
        {
            into.AddReason(field is not null
                ? field.WhyUnknown(context.Resource)
                : values!.Evaluate(context) is { IsUnknown: true } value ? value.Reason : "the values to count are not an array");
            return;
        }

        int reasons = into.ReasonCount;
        Visitor visitor = new(context, where, into);
        Walk(context, ref visitor);
        if (into.ReasonCount == reasons) into.AddReason("how many there are cannot be told");
    }

    private bool Count(EvaluationContext context, out int least, out int most)
    {
        Visitor visitor = new(context, where, null);
        bool walked = Walk(context, ref visitor);
        least = visitor.Least;
        most = visitor.Most;
        return walked && !visitor.IsOpen;
    }

    private bool Walk(EvaluationContext context, ref Visitor visitor)
    {
        if (field is not null)
        {
            field.Walk(context, context.Frame(frameIndex), ref visitor);
            return true;
        }

        ExpressionValue list = values!.Evaluate(context);
        if (list.Kind != ExpressionKind.Array) return false;
        foreach (JsonElement item in list.Json.EnumerateArray())
        {
            context.Frame(frameIndex).Value = ExpressionValue.From(item);
            if (!visitor.Visit(Presence.Found, default)) break;
        }

        return true;
    }

    private Truth Compare(EvaluationContext context, int least, int most)
    {
        Truth verdict = right.Of(context, Presence.Found, ExpressionValue.From(least));
        for (int n = least + 1; n <= most && verdict != Truth.Unknown; n++)
        {
            if (right.Of(context, Presence.Found, ExpressionValue.From(n)) != verdict) verdict = Truth.Unknown;
        }

        return verdict;
    }

    /// <summary>Counts members, of which the walk has put each into the frame.</summary>
    private struct Visitor(EvaluationContext context, Condition? where, ExplanationBuilder? reasons) : IFieldVisitor
    {
        /// <summary>How many certainly match.</summary>
        public int Least { get; private set; } = 0;

        /// <summary>How many may match.</summary>
        public int Most { get; private set; } = 0;

        /// <summary>Whether there may be any number more.</summary>
        public bool IsOpen { get; private set; } = false;

        public bool Visit(Presence presence, in ExpressionValue value)
        {
            if (presence == Presence.Unknown || !context.Visit())
            {
                IsOpen = true;
                return false;
            }

            Truth verdict = where?.Evaluate(context) ?? Truth.True;
            if (verdict != Truth.False) Most++;
            if (verdict == Truth.True) Least++;
            if (verdict == Truth.Unknown && reasons is not null) where!.Explain(context, verdict, reasons);
            return true;
        }
    }
}
