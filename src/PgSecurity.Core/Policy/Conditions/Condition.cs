namespace PgSecurity.Core.Policy;

/// <summary>A compiled condition. Immutable; what changes from evaluation to evaluation is in the context.</summary>
internal abstract class Condition
{
    /// <summary>Whether it holds.</summary>
    public abstract Truth Evaluate(EvaluationContext context);

    /// <summary>Whether it only says which resource is meant: shown where nothing else explains a verdict.</summary>
    public virtual bool IsSelection => false;

    /// <summary>Adds the facts, or the reasons where it is unknown, that brought about the verdict.</summary>
    public abstract void Explain(EvaluationContext context, Truth verdict, ExplanationBuilder into);
}
