namespace PgSecurity.Core.Policy;

/// <summary>A condition that nothing of the resource but its type decides; there is nothing to say about it.</summary>
internal sealed class Decided(Truth verdict) : Condition
{
    public Truth Verdict => verdict;

    public override Truth Evaluate(EvaluationContext context) => verdict;

    public override void Explain(EvaluationContext context, Truth verdict, ExplanationBuilder into)
    {
    }
}
