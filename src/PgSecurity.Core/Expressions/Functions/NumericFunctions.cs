using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace PgSecurity.Core.Expressions.Functions;

/// <summary>Arithmetic on whole numbers, and conversion.</summary>
internal static class NumericFunctions
{
    /// <summary>As Azure documents it for <c>range</c>.</summary>
    private const int MaximumRange = 10000;

    public static readonly ExpressionFunction[] All =
    [
        new("add", 2, 2, static (a, _) => ExpressionValue.From(checked(a[0].Integer + a[1].Integer))),
        new("sub", 2, 2, static (a, _) => ExpressionValue.From(checked(a[0].Integer - a[1].Integer))),
        new("mul", 2, 2, static (a, _) => ExpressionValue.From(checked(a[0].Integer * a[1].Integer))),
        new("div", 2, 2, static (a, _) => ExpressionValue.From(checked(a[0].Integer / Divisor(a[1])))),
        new("mod", 2, 2, static (a, _) => ExpressionValue.From(Divisor(a[1]) == -1 ? 0 : a[0].Integer % a[1].Integer)),
        new("int", 1, 1, static (a, _) => ToInteger(a[0])),
        new("float", 1, 1, static (a, _) => ToFloat(a[0])),
        new("min", 1, int.MaxValue, static (a, _) => ExpressionValue.From(Numbers(a).Min())),
        new("max", 1, int.MaxValue, static (a, _) => ExpressionValue.From(Numbers(a).Max())),
        new("range", 2, 2, static (a, _) => Range(a[0].Integer, a[1].Integer)),
    ];

    private static long Divisor(ExpressionValue value) =>
        value.Integer != 0 ? value.Integer : throw new FunctionFailure("division by zero");

    private static ExpressionValue ToInteger(ExpressionValue value)
    {
        if (value.Kind == ExpressionKind.Integer) return value;
        if (value.Kind == ExpressionKind.Float)
        {
            double number = Math.Truncate(value.Number);
            return number is >= -9.2e18 and <= 9.2e18
                ? ExpressionValue.From((long)number)
                : throw new FunctionFailure("the number is too large for a whole number of 64 bits");
        }

        return value.Kind == ExpressionKind.String
            && long.TryParse(value.Text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long parsed)
            ? ExpressionValue.From(parsed)
            : throw new FunctionFailure($"{value.KindInWords} does not hold a whole number");
    }

    private static ExpressionValue ToFloat(ExpressionValue value)
    {
        if (value.IsNumber) return ExpressionValue.From(value.Number);
        return value.Kind == ExpressionKind.String
            && double.TryParse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double parsed)
            && !double.IsNaN(parsed)
            && !double.IsInfinity(parsed)
            ? ExpressionValue.From(parsed)
            : throw new FunctionFailure($"{value.KindInWords} does not hold a number");
    }

    private static List<long> Numbers(ReadOnlySpan<ExpressionValue> arguments)
    {
        List<long> numbers = new();
        if (arguments.Length == 1 && arguments[0].Kind == ExpressionKind.Array)
        {
            numbers.AddRange(Elements.Of(arguments[0]).Select(item => item.Integer));
        }
        else
        {
            foreach (ref readonly ExpressionValue argument in arguments)
            {
                numbers.Add(argument.Integer);
            }
        }

        return numbers.Count > 0 ? numbers : throw new FunctionFailure("the array has no members");
    }

    private static ExpressionValue Range(long start, long count)
    {
        if (count is < 0 or > MaximumRange)
        {
            throw new FunctionFailure($"the count is not between 0 and {MaximumRange}");
        }

        return Elements.ToArray(Enumerable.Range(0, (int)count).Select(i => ExpressionValue.From(checked(start + i))));
    }
}
