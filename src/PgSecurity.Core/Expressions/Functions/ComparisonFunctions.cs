using System;

namespace PgSecurity.Core.Expressions.Functions;

/// <summary>The comparison functions, which respect case, unlike the conditions of policy.</summary>
internal static class ComparisonFunctions
{
    public static readonly ExpressionFunction[] All =
    [
        new("equals", 2, 2, static (a, _) => Equal(a[0], a[1]), UnknownArguments.AreTaken),
        new("less", 2, 2, static (a, _) => ExpressionValue.From(Order(a[0], a[1]) < 0)),
        new("lessOrEquals", 2, 2, static (a, _) => ExpressionValue.From(Order(a[0], a[1]) <= 0)),
        new("greater", 2, 2, static (a, _) => ExpressionValue.From(Order(a[0], a[1]) > 0)),
        new("greaterOrEquals", 2, 2, static (a, _) => ExpressionValue.From(Order(a[0], a[1]) >= 0)),
        new("coalesce", 1, int.MaxValue, static (a, _) => Coalesce(a), UnknownArguments.AreTaken),
    ];

    private static ExpressionValue Equal(ExpressionValue left, ExpressionValue right)
    {
        Truth same = ValueEquality.Compare(left, right, StringComparison.Ordinal);
        return same == Truth.Unknown ? WhyUnknown(left, right) : ExpressionValue.From(same == Truth.True);
    }

    private static ExpressionValue WhyUnknown(ExpressionValue left, ExpressionValue right)
    {
        if (left.IsUnknown) return left;
        if (right.IsUnknown) return right;
        return ExpressionValue.Unknown(
            JsonMembers.FindMark(left.Json, out string reason) || JsonMembers.FindMark(right.Json, out reason)
                ? reason
                : "the value is not known");
    }

    private static int Order(ExpressionValue left, ExpressionValue right)
    {
        if (left.IsNumber && right.IsNumber)
        {
            return left.Kind == ExpressionKind.Integer && right.Kind == ExpressionKind.Integer
                ? left.Integer.CompareTo(right.Integer)
                : left.Number.CompareTo(right.Number);
        }

        return left.Kind == ExpressionKind.String && right.Kind == ExpressionKind.String
            ? string.CompareOrdinal(left.Text, right.Text)
            : throw new FunctionFailure(
                $"{left.KindInWords} and {right.KindInWords} have no order (expected two numbers or two strings)");
    }

    /// <summary>The first that is not null. An unknown one before it might be null or not.</summary>
    private static ExpressionValue Coalesce(ReadOnlySpan<ExpressionValue> arguments)
    {
        foreach (ref readonly ExpressionValue argument in arguments)
        {
            if (!argument.IsNull) return argument;
        }

        return ExpressionValue.Null;
    }
}
