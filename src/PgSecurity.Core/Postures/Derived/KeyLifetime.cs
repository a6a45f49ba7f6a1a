using System;
using System.Globalization;

namespace PgSecurity.Core.Postures.Derived;

/// <summary>
/// From when to when a key can be used: <c>nbf</c> and <c>exp</c> of its attributes, seconds since 1970 in ARM, ISO 8601 in
/// some other listings.
/// </summary>
internal sealed class KeyLifetime
{
    private readonly ResourceField _nbf;
    private readonly ResourceField _exp;

    /// <summary>Reads the lifetime of a key.</summary>
    public KeyLifetime(Resource key)
    {
        _nbf = ResourceField.Of(key, "properties.attributes.nbf");
        _exp = ResourceField.Of(key, "properties.attributes.exp");
        Starts = Time(_nbf);
        Ends = Time(_exp);
    }

    /// <summary>When it begins; null where that is not set, or not legible.</summary>
    public DateTimeOffset? Starts { get; }

    /// <summary>When it ends; null where that is not set, or not legible.</summary>
    public DateTimeOffset? Ends { get; }

    /// <summary>Why the beginning is not known; null where it is.</summary>
    public string? StartUnknown => WhyUnknown(_nbf, Starts);

    /// <summary>Why the end is not known; null where it is.</summary>
    public string? EndUnknown => WhyUnknown(_exp, Ends);

    /// <summary>Whole days from a time to the end, rounded down; null where there is no end.</summary>
    public long? DaysLeft(DateTimeOffset now) => Ends is { } end ? (long)Math.Floor((end - now).TotalDays) : null;

    /// <summary>A time as a finding shows it.</summary>
    public static string Show(DateTimeOffset time) =>
        time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static DateTimeOffset? Time(ResourceField field) =>
        field.Number is { } seconds and >= 0 and < 253402300800 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : field.Time;

    private static string? WhyUnknown(ResourceField field, DateTimeOffset? time) =>
        field.IsAbsent || time is not null ? null : field.UnknownReason ?? "the time in the key's attributes cannot be read";
}
