using System;
using System.Collections.Generic;
using System.Globalization;
using PgSecurity.Core.Defaults;

namespace PgSecurity.Core.Postures.Derived;

/// <summary>
/// How long the server's major version is still supported. One resource, <c>version</c>: <c>version</c>, <c>support</c>
/// (<c>standard</c>, <c>extended</c>, <c>standard or extended</c> between two dates on which Microsoft's pages disagree, or
/// <c>ended on</c> a date), <c>standardSupportEnds</c> and <c>daysOfStandardSupport</c> by the earliest of the sources'
/// dates (negative once it is over), <c>extendedSupportEnds</c>.
/// </summary>
public sealed class VersionSupport : IDerivedFacet
{
    /// <summary>The type of the resource.</summary>
    public const string FacetType = "PgSecurity/versionSupport";

    /// <inheritdoc/>
    public string Type => FacetType;

    /// <inheritdoc/>
    public IReadOnlyList<string> Sources { get; } = new[] { FacetTypes.Server };

    /// <inheritdoc/>
    public Facet Derive(Posture posture)
    {
        if (posture.Id.IsSingleServer) return new Facet(FacetType, Array.Empty<Resource>());

        ResourceField version = ResourceField.Of(posture.Server, "properties.version");
        Fact fact = new Fact().Set("version", version);
        VersionDates? dates = VersionDates.Of(version.Text);
        if (dates is null)
        {
            string why = version.UnknownReason
                ?? (version.Text is null ? "the server does not name its version" : $"the support dates of PostgreSQL {version.Text} are not in module/Defaults/versions.json");
            fact.SetUnknown("support", why).SetUnknown("daysOfStandardSupport", why);
        }
        else
        {
            Describe(fact, dates, AsOf.Of(posture).UtcDateTime.Date);
        }

        return new Facet(FacetType, new[] { fact.ToResource(posture, FacetType, "version") });
    }

    private static void Describe(Fact fact, VersionDates dates, DateTime today)
    {
        DateTime earliest = dates.StandardSupportEnds[0];
        fact.Set("standardSupportEnds", Show(earliest))
            .Set("extendedSupportEnds", dates.ExtendedSupportEnds.Count > 0 ? Show(dates.ExtendedSupportEnds[0]) : null)
            .Set("daysOfStandardSupport", (long)(earliest - today).TotalDays);

        Truth standard = Within(today, dates.StandardSupportEnds);
        Truth extended = dates.ExtendedSupportEnds.Count > 0 ? Within(today, dates.ExtendedSupportEnds) : Truth.Unknown;
        if (standard == Truth.True) fact.Set("support", "standard");
        else if (extended == Truth.True) fact.Set("support", standard == Truth.Unknown ? "standard or extended" : "extended");
        else if (standard.Or(extended) == Truth.False) fact.Set("support", "ended on " + Show(dates.ExtendedSupportEnds[0]));
        else fact.SetUnknown("support", $"no end of extended support is published for PostgreSQL {dates.Version}");
    }

    private static Truth Within(DateTime today, IReadOnlyList<DateTime> lastDays) =>
        today <= lastDays[0] ? Truth.True : today > lastDays[lastDays.Count - 1] ? Truth.False : Truth.Unknown;

    private static string Show(DateTime date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
