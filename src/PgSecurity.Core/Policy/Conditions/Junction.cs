using System.Linq;
using PgSecurity.Core.Postures.Reading;

namespace PgSecurity.Core.Policy;

/// <summary><c>allOf</c> (decided by one that is false) or <c>anyOf</c> (decided by one that is true).</summary>
internal sealed class Junction(Condition[] parts, Truth deciding) : Condition
{
    private readonly Truth _whenNone = deciding.Not();

    public override string[]? RequiredNames =>
        deciding == Truth.False ? parts.Select(part => part.RequiredNames).FirstOrDefault(names => names is not null) : null;

    public override int RequiredTruth =>
        deciding == Truth.False ? parts.Select(part => part.RequiredTruth).Where(glimpse => glimpse != Glimpse.None).DefaultIfEmpty(Glimpse.None).First() : Glimpse.None;

    public override Truth Evaluate(EvaluationContext context)
    {
        Truth result = _whenNone;
        foreach (Condition part in parts)
        {
            Truth verdict = part.Evaluate(context);
            if (verdict == deciding) return deciding;
            if (verdict == Truth.Unknown) result = Truth.Unknown;
        }

        return result;
    }

    protected override Condition Specialize(EvaluationContext phantom)
    {
        Condition[] open = parts.Select(part => part.For(phantom)).Where(part => part is not Decided).ToArray();
        return open.Length == 1 ? open[0] : new Junction(open, deciding);
    }

    /// <summary>Those parts explain a verdict that came to it.</summary>
    public override void Explain(EvaluationContext context, Truth verdict, ExplanationBuilder into)
    {
        int before = into.EvidenceCount + into.ReasonCount;
        Explain(context, verdict, into, selections: false);
        if (into.EvidenceCount + into.ReasonCount == before) Explain(context, verdict, into, selections: true);
    }

    private void Explain(EvaluationContext context, Truth verdict, ExplanationBuilder into, bool selections)
    {
        foreach (Condition part in parts)
        {
            if (part.IsSelection == selections && part.Evaluate(context) == verdict) part.Explain(context, verdict, into);
        }
    }
}
