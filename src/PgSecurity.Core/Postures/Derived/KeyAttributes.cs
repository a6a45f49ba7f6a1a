using System;
using System.Globalization;

namespace PgSecurity.Core.Postures.Derived;

/// <summary>Times in a key's attributes: seconds since 1970 in ARM, ISO 8601 in some other listings.</summary>
internal static class KeyAttributes
{
    /// <summary>The time of <c>exp</c> or <c>nbf</c>; null where it is not set or unreadable.</summary>
    public static DateTimeOffset? Time(ResourceField field) =>
        field.Number is { } seconds and >= 0 and < 253402300800 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : field.Time;

    /// <summary>A time as a finding shows it.</summary>
    public static string Show(DateTimeOffset time) =>
        time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
