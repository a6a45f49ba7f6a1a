using PgSecurity.Core.Postures.Reading;

namespace PgSecurity.Core.Policy;

/// <summary>A compiled condition. Immutable; what changes from evaluation to evaluation is in the context.</summary>
internal abstract class Condition
{
    /// <summary>Whether it holds.</summary>
    public abstract Truth Evaluate(EvaluationContext context);

    /// <summary>Whether it only says which resource is meant: shown where nothing else explains a verdict.</summary>
    public virtual bool IsSelection => false;

    /// <summary>The names of which a resource must have one for it to hold, without regard to case; null where any may do.</summary>
    public virtual string[]? RequiredNames => null;

    /// <summary>The property that must be true of a resource for it to hold, as <see cref="Glimpse"/> numbers them; none where there is no such.</summary>
    public virtual int RequiredTruth => Glimpse.None;

    /// <summary>
    /// The same condition for resources of the phantom's type: what is decided by the type alone is decided once. Sound
    /// since knowing more never changes a verdict that knowing less gave.
    /// </summary>
    public Condition For(EvaluationContext phantom)
    {
        Truth verdict = Evaluate(phantom);
        return verdict == Truth.Unknown ? Specialize(phantom) : new Decided(verdict);
    }

    /// <summary>Adds the facts, or the reasons where it is unknown, that brought about the verdict.</summary>
    public abstract void Explain(EvaluationContext context, Truth verdict, ExplanationBuilder into);

    /// <summary>The same condition with its parts for the phantom's type.</summary>
    protected virtual Condition Specialize(EvaluationContext phantom) => this;
}
