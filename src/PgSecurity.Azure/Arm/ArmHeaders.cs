using System;
using System.Globalization;
using Azure;

namespace PgSecurity.Azure.Arm;

/// <summary>Reads the headers that ARM answers with.</summary>
internal static class ArmHeaders
{
    internal static string? Text(Response response, string name) =>
        response.Headers.TryGetValue(name, out string? value) && !string.IsNullOrEmpty(value) ? value : null;

    /// <summary>How long to wait: milliseconds, seconds or a date; null where the service does not say.</summary>
    internal static TimeSpan? RetryAfter(Response response, DateTimeOffset now)
    {
        string? milliseconds = Text(response, "retry-after-ms") ?? Text(response, "x-ms-retry-after-ms");
        if (milliseconds is not null && long.TryParse(milliseconds, NumberStyles.None, CultureInfo.InvariantCulture, out long count))
        {
            return Bounded(count / 1000.0);
        }

        string? value = Text(response, "Retry-After");
        if (value is null) return null;
        if (double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds)) return Bounded(seconds);
        return DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset until)
            ? Bounded((until - now).TotalSeconds)
            : null;
    }

    private static TimeSpan Bounded(double seconds) => TimeSpan.FromSeconds(Math.Min(Math.Max(seconds, 0), 86400));
}
