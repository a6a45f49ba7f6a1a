using System;

namespace PgSecurity.Core.Expressions.Functions;

/// <summary>The logical functions. They decide where the known arguments decide.</summary>
internal static class LogicalFunctions
{
    public static readonly ExpressionFunction[] All =
    [
        new("and", 2, int.MaxValue, static (a, _) => Junction(a, deciding: false), UnknownArguments.AreTaken),
        new("or", 2, int.MaxValue, static (a, _) => Junction(a, deciding: true), UnknownArguments.AreTaken),
        new("not", 1, 1, static (a, _) => ExpressionValue.From(!a[0].Boolean)),
        new("true", 0, 0, static (_, _) => ExpressionValue.From(true)),
        new("false", 0, 0, static (_, _) => ExpressionValue.From(false)),
        new("null", 0, 0, static (_, _) => ExpressionValue.Null),
        new("bool", 1, 1, static (a, _) => ToBoolean(a[0])),
        new("if", 3, 3, If),
        new("fail", 1, 1, static (_, _) => throw new FunctionFailure("the template itself fails here")),
    ];

    private static ExpressionValue Junction(ReadOnlySpan<ExpressionValue> arguments, bool deciding)
    {
        ExpressionValue unknown = default;
        foreach (ref readonly ExpressionValue argument in arguments)
        {
            if (argument.IsUnknown)
            {
                unknown = argument;
            }
            else if (argument.Boolean == deciding)
            {
                return ExpressionValue.From(deciding);
            }
        }

        return unknown.IsUnknown ? unknown : ExpressionValue.From(!deciding);
    }

    /// <summary>Only the branch that is chosen is evaluated; where the condition is unknown, equal branches decide.</summary>
    private static ExpressionValue If(ExpressionNode[] arguments, IExpressionScope scope)
    {
        ExpressionValue condition = arguments[0].Evaluate(scope);
        if (!condition.IsUnknown) return arguments[condition.Boolean ? 1 : 2].Evaluate(scope);

        ExpressionValue whenTrue = arguments[1].Evaluate(scope);
        ExpressionValue whenFalse = arguments[2].Evaluate(scope);
        return ValueEquality.Compare(whenTrue, whenFalse, StringComparison.Ordinal) == Truth.True ? whenTrue : condition;
    }

    private static ExpressionValue ToBoolean(ExpressionValue value) => value.Kind switch
    {
        ExpressionKind.Boolean => value,
        ExpressionKind.Integer => ExpressionValue.From(value.Integer != 0),
        ExpressionKind.String when bool.TryParse(value.Text, out bool parsed) => ExpressionValue.From(parsed),
        ExpressionKind.String when value.TextEquals("1") => ExpressionValue.From(true),
        ExpressionKind.String when value.TextEquals("0") => ExpressionValue.From(false),
        _ => throw new FunctionFailure($"{value.KindInWords} is not a boolean in words (expected true, false, 1 or 0)"),
    };
}
