using PgSecurity.Core.Expressions;

namespace PgSecurity.Core.Policy;

/// <summary><c>value</c> with an operator.</summary>
internal sealed class ValueCondition(ExpressionNode left, RightHandSide right, string written) : Condition
{
    private readonly ExpressionNode _left = RememberedNode.Around(left);

    public override Truth Evaluate(EvaluationContext context)
    {
        ExpressionValue value = _left.Evaluate(context);
        return value.IsUnknown ? Truth.Unknown : right.Of(context, Presence.Found, value);
    }

    public override void Explain(EvaluationContext context, Truth verdict, ExplanationBuilder into)
    {
        // A literal, or a parameter: nothing of the server is in it.
        if (left is LiteralNode) return;

        ExpressionValue value = left.Evaluate(context);
        if (verdict == Truth.Unknown)
        {
            into.AddReason(right.WhyUnknown(context, value));
            return;
        }

        Field? field = FieldNode.Only(left);
        into.AddEvidence(
            context,
            field,
            into.Observed(field, [value]),
            right.Words(context, into.Expects(verdict)),
            field is null ? written : null);
    }
}
