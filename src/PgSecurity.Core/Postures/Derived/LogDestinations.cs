using System.Collections.Generic;

namespace PgSecurity.Core.Postures.Derived;

/// <summary>
/// Where the diagnostic settings send to. One resource for each destination of each setting, with <c>kind</c>
/// (workspace, storageAccount, eventHub, partner), <c>destinationId</c>, <c>setting</c>, <c>serverLogs</c> (whether
/// <c>PostgreSQLLogs</c> goes there) and, for a workspace, <c>retentionDays</c>. The <c>retentionPolicy</c> of an entry is
/// not read: Azure Monitor stopped honouring it in 2025.
/// </summary>
public sealed class LogDestinations : IDerivedFacet
{
    /// <summary>The type of the resources.</summary>
    public const string FacetType = "PgSecurity/logDestinations";

    /// <inheritdoc/>
    public string Type => FacetType;

    /// <inheritdoc/>
    public IReadOnlyList<string> Sources { get; } = new[] { FacetTypes.DiagnosticSettings, FacetTypes.Workspaces };

    /// <inheritdoc/>
    public Facet Derive(Posture posture)
    {
        Facet settings = posture.FacetOf(FacetTypes.DiagnosticSettings);
        FacetGap? gap = settings.Gap;
        List<Resource> destinations = new();
        foreach (Resource setting in settings.Resources)
        {
            SentCategories sent = SentCategories.By(setting);
            foreach (LogDestination destination in LogDestination.Of(setting))
            {
                if (destination.Unknown is null) destinations.Add(Describe(posture, destination, sent));
                else gap ??= new FacetGap(FacetGapKind.Partial, destination.Unknown);
            }
        }

        return new Facet(Type, destinations, gap);
    }

    private static Resource Describe(Posture posture, LogDestination destination, SentCategories sent)
    {
        Fact fact = new Fact()
            .Set("kind", destination.Kind)
            .Set("destinationId", destination.Id)
            .Set("setting", destination.Setting)
            .Set("serverLogs", sent.Has(DiagnosticCoverage.ServerLogs), sent.Unknown ?? "");
        if (destination.IsWorkspace) WorkspaceRetention.Set(fact, posture, destination.Id);
        return fact.ToResource(posture, FacetType, $"{destination.Setting}.{destination.Name}");
    }
}
