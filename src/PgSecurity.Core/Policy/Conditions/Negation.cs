namespace PgSecurity.Core.Policy;

/// <summary><c>not</c>.</summary>
internal sealed class Negation(Condition part) : Condition
{
    public override Truth Evaluate(EvaluationContext context) => part.Evaluate(context).Not();

    protected override Condition Specialize(EvaluationContext phantom) => new Negation(part.For(phantom));

    public override void Explain(EvaluationContext context, Truth verdict, ExplanationBuilder into) =>
        part.Explain(context, verdict.Not(), into);
}
