using System;
using System.Globalization;

namespace PgSecurity.Core.Expressions;

/// <summary>A duration of ISO 8601, such as <c>P90D</c>, <c>-PT1H30M</c> or <c>P1Y2M</c>, whose months are as long as the calendar has them.</summary>
public readonly struct IsoDuration
{
    private readonly int _months;

    private IsoDuration(int months, TimeSpan time)
    {
        _months = months;
        Time = time;
    }

    /// <summary>The part that is of a fixed length: weeks, days, hours, minutes, seconds.</summary>
    public TimeSpan Time { get; }

    /// <summary>Reads a duration.</summary>
    /// <exception cref="FormatException">The text is not a duration.</exception>
    public static IsoDuration Parse(string text) =>
        TryParse(text, out IsoDuration duration)
            ? duration
            : throw new FormatException("The text is not a duration of ISO 8601, such as P90D or PT1H30M.");

    /// <summary>Reads a duration, and says whether it could.</summary>
    public static bool TryParse(string? text, out IsoDuration duration)
    {
        duration = default;
        if (string.IsNullOrEmpty(text)) return false;

        bool negative = text![0] == '-';
        int at = negative || text[0] == '+' ? 1 : 0;
        if (at >= text.Length || char.ToUpperInvariant(text[at++]) != 'P' || at == text.Length) return false;

        double months = 0;
        double seconds = 0;
        bool inTime = false;
        bool any = false;
        while (at < text.Length)
        {
            if (!inTime && char.ToUpperInvariant(text[at]) == 'T')
            {
                inTime = true;
                at++;
                continue;
            }

            int start = at;
            while (at < text.Length && text[at] is (>= '0' and <= '9') or '.')
            {
                at++;
            }

            if (at == text.Length
                || !double.TryParse(
                    text.Substring(start, at - start), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double n))
            {
                return false;
            }

            switch (inTime, char.ToUpperInvariant(text[at++]))
            {
                case (false, 'Y'): months += n * 12; break;
                case (false, 'M'): months += n; break;
                case (false, 'W'): seconds += n * 604800; break;
                case (false, 'D'): seconds += n * 86400; break;
                case (true, 'H'): seconds += n * 3600; break;
                case (true, 'M'): seconds += n * 60; break;
                case (true, 'S'): seconds += n; break;
                default: return false;
            }

            any = true;
        }

        if (!any || months > 120000 || seconds > 3.2e11) return false;
        int sign = negative ? -1 : 1;
        duration = new IsoDuration(sign * (int)months, TimeSpan.FromSeconds(sign * seconds));
        return true;
    }

    /// <summary>The point in time that far from another.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is outside the calendar.</exception>
    public DateTimeOffset AddTo(DateTimeOffset time) => time.AddMonths(_months).Add(Time);
}
