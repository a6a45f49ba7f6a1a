using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;

namespace PgSecurity.Core.Defaults;

/// <summary>
/// Until when a major version of PostgreSQL is supported on flexible servers: <c>module/Defaults/versions.json</c>, which
/// names its sources. Dates are the last day of support.
/// </summary>
public sealed class VersionDates
{
    private static readonly Lazy<IReadOnlyDictionary<string, VersionDates>> Known = new(Load);

    private VersionDates(string version, IReadOnlyList<DateTime> standard, IReadOnlyList<DateTime> extended)
    {
        Version = version;
        StandardSupportEnds = standard;
        ExtendedSupportEnds = extended;
    }

    /// <summary>The major version.</summary>
    public string Version { get; }

    /// <summary>The last day of standard support, by each source, the earliest first; never empty.</summary>
    public IReadOnlyList<DateTime> StandardSupportEnds { get; }

    /// <summary>The last day of paid extended support, by each source; empty where none has published it.</summary>
    public IReadOnlyList<DateTime> ExtendedSupportEnds { get; }

    /// <summary>The dates of a major version; null where they are not known.</summary>
    public static VersionDates? Of(string? version) =>
        version is not null && Known.Value.TryGetValue(version.Trim(), out VersionDates? dates) ? dates : null;

    private static Dictionary<string, VersionDates> Load() =>
        DefaultsFile.Read("versions.json").GetProperty("versions").EnumerateArray()
            .Select(entry => new VersionDates(
                entry.GetProperty("version").GetString()!,
                Dates(entry, "standardSupportEnds"),
                Dates(entry, "extendedSupportEnds")))
            .ToDictionary(dates => dates.Version, StringComparer.Ordinal);

    private static DateTime[] Dates(JsonElement entry, string name) =>
        entry.TryGetProperty(name, out JsonElement bySource)
            ? bySource.EnumerateObject()
                .Select(source => DateTime.ParseExact(source.Value.GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture))
                .OrderBy(date => date)
                .ToArray()
            : Array.Empty<DateTime>();
}
