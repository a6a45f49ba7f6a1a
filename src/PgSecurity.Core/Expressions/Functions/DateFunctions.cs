using System;
using System.Globalization;

namespace PgSecurity.Core.Expressions.Functions;

/// <summary>Functions of points in time.</summary>
internal static class DateFunctions
{
    public static readonly ExpressionFunction[] All =
    [
        new("utcNow", 0, 1, UtcNow) { AsksScopeFirst = true },
        new("dateTimeAdd", 2, 3, static (a, _) => Add(a)),
        new("dateTimeFromEpoch", 1, 1, static (a, _) => FromEpoch(a[0].Integer)),
        new("dateTimeToEpoch", 1, 1, static (a, _) => ExpressionValue.From(Parse(a[0].Text).ToUnixTimeSeconds())),
    ];

    /// <summary>A point in time; without an offset it is UTC.</summary>
    public static DateTimeOffset Parse(string text) =>
        DateTimeOffset.TryParse(
            text,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out DateTimeOffset time)
        || DateTimeOffset.TryParseExact(
            text,
            "yyyyMMdd'T'HHmmss'Z'",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out time)
            ? time
            : throw new FunctionFailure("the text is not a date and time of ISO 8601");

    private static ExpressionValue UtcNow(ReadOnlySpan<ExpressionValue> arguments, IExpressionScope scope)
    {
        string format = arguments.Length > 0 ? arguments[0].Text : "yyyyMMdd'T'HHmmss'Z'";
        return scope.UtcNow is { } now
            ? ExpressionValue.From(now.UtcDateTime.ToString(format, CultureInfo.InvariantCulture))
            : ExpressionValue.Unknown("the time of the evaluation is not known here");
    }

    private static ExpressionValue Add(ReadOnlySpan<ExpressionValue> arguments)
    {
        string format = arguments.Length > 2 ? arguments[2].Text : "yyyy-MM-dd'T'HH:mm:ss'Z'";
        DateTimeOffset time = IsoDuration.Parse(arguments[1].Text).AddTo(Parse(arguments[0].Text));
        return ExpressionValue.From(time.UtcDateTime.ToString(format, CultureInfo.InvariantCulture));
    }

    private static ExpressionValue FromEpoch(long seconds) => ExpressionValue.From(
        DateTimeOffset.FromUnixTimeSeconds(seconds).UtcDateTime
            .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
}
