using System.Linq;
using System.Text.Json;
using PgSecurity.Core.Expressions;

namespace PgSecurity.Core.Policy;

/// <summary>
/// An operator with its right-hand side: a test made once where that is known when the rule is compiled, else once for each
/// of the first few texts that it comes to.
/// </summary>
internal sealed class RightHandSide
{
    private readonly ConditionOperator _operator;
    private readonly ExpressionNode _right;
    private readonly ValueTest? _test;
    private readonly SpellingMemory<ValueTest> _tests = new();
    private readonly bool _ignoresSpaces;
    private string? _wordsWhenTrue;
    private string? _wordsWhenFalse;

    /// <exception cref="OperandException">The operator cannot have the value.</exception>
    public RightHandSide(ConditionOperator op, ExpressionNode right, bool ignoresSpaces)
    {
        _operator = op;
        _right = right;
        _ignoresSpaces = ignoresSpaces;
        if (right is LiteralNode { Value.IsUnknown: false } literal) _test = op.Test(literal.Value, new OperandRules(true, ignoresSpaces));
    }

    /// <summary>The texts, without regard to case, that <c>equals</c> or <c>in</c> holds for; null for anything else.</summary>
    public string[]? RequiredTexts
    {
        get
        {
            if (_test is null || _ignoresSpaces || _right is not LiteralNode { Value: ExpressionValue value }) return null;
            return _operator.Name switch
            {
                "equals" when value.Kind == ExpressionKind.String => [value.Text],
                "in" when value.Kind == ExpressionKind.Array => TextsOf(value.Json),
                _ => null,
            };
        }
    }

    /// <summary>Whether no value but true, or the text that spells it, meets it.</summary>
    public bool RequiresTruth => _test is not null && _operator.Name == "equals" && _right is LiteralNode { Value: ExpressionValue value }
        && (value.Kind == ExpressionKind.Boolean ? value.Boolean : value.Kind == ExpressionKind.String && bool.TryParse(value.Text, out bool spelled) && spelled);

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
    public string Words(EvaluationContext context, bool holds)
    {
        if (_right is not LiteralNode) return _operator.Words(_right.Evaluate(context), holds);
        return holds
            ? _wordsWhenTrue ??= _operator.Words(_right.Evaluate(context), true)
            : _wordsWhenFalse ??= _operator.Words(_right.Evaluate(context), false);
    }

    private static string[]? TextsOf(JsonElement list) => list.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
        ? list.EnumerateArray().Select(item => item.GetString()!).ToArray()
        : null;

    private bool TryMake(EvaluationContext context, out ValueTest? test, out string error)
    {
        test = null;
        ExpressionValue right = _right.Evaluate(context);
        error = right.Reason;
        if (right.IsUnknown) return false;
        if (right.Kind == ExpressionKind.String && _tests.TryGet(right, out test)) return true;

        try
        {
            bool isText = right.Kind == ExpressionKind.String;
            test = _operator.Test(isText ? ExpressionValue.From(right.Text) : right, new OperandRules(false, _ignoresSpaces));
            if (isText) _tests.Remember(right.Text, test);
            return true;
        }
        catch (OperandException wrong)
        {
            error = $"'{_operator.Name}': {wrong.Message}";
            return false;
        }
    }
}
