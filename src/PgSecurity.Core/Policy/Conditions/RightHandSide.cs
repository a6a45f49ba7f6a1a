using PgSecurity.Core.Expressions;

namespace PgSecurity.Core.Policy;

/// <summary>
/// An operator with its right-hand side: a test made once where that is known when the rule is compiled, else made anew
/// each time.
/// </summary>
internal sealed class RightHandSide
{
    private readonly ConditionOperator _operator;
    private readonly ExpressionNode _right;
    private readonly ValueTest? _test;
    private readonly bool _ignoresSpaces;

    /// <exception cref="OperandException">The operator cannot have the value.</exception>
    public RightHandSide(ConditionOperator op, ExpressionNode right, bool ignoresSpaces)
    {
        _operator = op;
        _right = right;
        _ignoresSpaces = ignoresSpaces;
        if (right is LiteralNode { Value.IsUnknown: false } literal) _test = op.Test(literal.Value, new OperandRules(true, ignoresSpaces));
    }

    /// <summary>The one text, without regard to case, that <c>equals</c> holds for; null for anything else.</summary>
    public string? RequiredText => _test is not null && !_ignoresSpaces && _operator.Name == "equals" && _right is LiteralNode { Value: { Kind: ExpressionKind.String } text }
        ? text.Text
        : null;

    /// <summary>The verdict on a value, or on a field that is not there.</summary>
    public Truth Of(EvaluationContext context, Presence presence, in ExpressionValue value)
    {
        ValueTest? test = _test;
        if (test is null && !TryMake(context, out test, out _)) return Truth.Unknown;

        Truth verdict = presence switch
        {
            Presence.Found => test!.Of(value),
            Presence.Missing => test!.OfMissing,
            _ => Truth.Unknown,
        };
        return _operator.IsNegated ? verdict.Not() : verdict;
    }

    /// <summary>Why a value that was found gets no verdict.</summary>
    public string WhyUnknown(EvaluationContext context, in ExpressionValue value)
    {
        if (value.IsUnknown) return value.Reason;
        ValueTest? test = _test;
        return test is not null || TryMake(context, out test, out string error) ? test!.Mismatch(value) : error;
    }

    /// <summary>What the value has to be for the condition to hold or not to hold, in words.</summary>
    public string Words(EvaluationContext context, bool holds) => _operator.Words(_right.Evaluate(context), holds);

    private bool TryMake(EvaluationContext context, out ValueTest? test, out string error)
    {
        test = null;
        ExpressionValue right = _right.Evaluate(context);
        error = right.Reason;
        if (right.IsUnknown) return false;

        try
        {
            test = _operator.Test(right, new OperandRules(false, _ignoresSpaces));
            return true;
        }
        catch (OperandException wrong)
        {
            error = $"'{_operator.Name}': {wrong.Message}";
            return false;
        }
    }
}
