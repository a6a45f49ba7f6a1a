using System.Collections.Generic;

namespace PgSecurity.Core.Postures.Derived;

/// <summary>
/// What the diagnostic settings send, taken together. One resource, <c>diagnostics</c>: <c>allCategories</c>, whether an
/// enabled category group reaches a destination, and <c>categories</c>, those that reach one. An entry that is not
/// enabled, and a setting without a destination, send nothing.
/// </summary>
public sealed class DiagnosticCoverage : IDerivedFacet
{
    /// <summary>The type of the resource.</summary>
    public const string FacetType = "PgSecurity/diagnosticCoverage";

    /// <summary>The category of the server's own log, the one that audit records go to.</summary>
    public const string ServerLogs = "PostgreSQLLogs";

    /// <inheritdoc/>
    public string Type => FacetType;

    /// <inheritdoc/>
    public IReadOnlyList<string> Sources { get; } = new[] { FacetTypes.DiagnosticSettings };

    /// <inheritdoc/>
    public Facet Derive(Posture posture)
    {
        Facet settings = posture.FacetOf(FacetTypes.DiagnosticSettings);
        SentCategories all = new();
        foreach (Resource setting in settings.Resources)
        {
            SentCategories sent = SentCategories.By(setting);
            foreach (LogDestination destination in LogDestination.Of(setting))
            {
                all.Add(destination.Unknown is null ? sent : sent.NotKnown(destination.Unknown));
            }
        }

        if (settings.Gap is { } gap) all.NotKnownFurther(gap.Reason);
        Fact fact = new Fact().Set("allCategories", all.Everything, all.Unknown ?? "").Set("categories", all.ToArray());
        return new Facet(Type, new[] { fact.ToResource(posture, Type, "diagnostics") });
    }
}
