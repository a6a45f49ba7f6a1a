using System.Collections.Generic;

namespace PgSecurity.Core.Postures.Derived;

/// <summary>
/// How long log files are kept for download. One resource, <c>logfiles</c>, with <c>downloadEnabled</c> and
/// <c>keptDays</c>: <c>logfiles.retention_days</c> (1 to 7) while <c>logfiles.download_enable</c> is on, and 0 while it
/// is off, since the service then keeps no file.
/// </summary>
public sealed class ServerLogFiles : IDerivedFacet
{
    /// <summary>The type of the resource.</summary>
    public const string FacetType = "PgSecurity/serverLogFiles";

    /// <inheritdoc/>
    public string Type => FacetType;

    /// <inheritdoc/>
    public IReadOnlyList<string> Sources { get; } = new[] { FacetTypes.Configurations };

    /// <inheritdoc/>
    public Facet Derive(Posture posture)
    {
        ResourceField download = ServerParameter.Read(posture, "logfiles.download_enable");
        ResourceField retention = ServerParameter.Read(posture, "logfiles.retention_days");
        Truth enabled = download.Is("on");
        Fact fact = new Fact().Set("downloadEnabled", enabled, download.UnknownReason ?? "");
        if (enabled == Truth.False) fact.Set("keptDays", 0);
        else if (enabled == Truth.Unknown) fact.SetUnknown("keptDays", download.UnknownReason!);
        else if (retention.Number is { } days) fact.Set("keptDays", days);
        else fact.SetUnknown("keptDays", retention.UnknownReason ?? "logfiles.retention_days has no number for a value");
        return new Facet(Type, new[] { fact.ToResource(posture, Type, "logfiles") });
    }
}
