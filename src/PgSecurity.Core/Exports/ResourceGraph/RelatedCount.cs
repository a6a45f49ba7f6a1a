namespace PgSecurity.Core.Exports.ResourceGraph;

/// <summary>A count of related resources that a query joins to the servers.</summary>
/// <param name="Source">Where the resources are.</param>
/// <param name="Column">The column of the count.</param>
/// <param name="Condition">What is counted, as an expression over one of them.</param>
internal sealed record RelatedCount(RelatedSource Source, string Column, string Condition);

/// <summary>Where related resources are.</summary>
internal enum RelatedSource
{
    /// <summary>In the server's own row: <c>properties.privateEndpointConnections</c>.</summary>
    Connections,

    /// <summary>The Defender plans of the subscription, in the table <c>securityresources</c>.</summary>
    DefenderPlans,
}
