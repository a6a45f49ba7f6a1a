using System.Collections.Generic;
using System.Threading.Tasks;
using PgSecurity.Core.Postures;

namespace PgSecurity.Azure.Collectors;

/// <summary>Diagnostic settings of the server.</summary>
internal sealed class DiagnosticSettingCollector : IFacetCollector
{
    /// <inheritdoc/>
    public string Type => FacetTypes.DiagnosticSettings;

    /// <inheritdoc/>
    public IReadOnlyList<string> Actions { get; } = new[] { "Microsoft.Insights/diagnosticSettings/read" };

    /// <inheritdoc/>
    public Task<Collected> CollectAsync(ServerCollection server) => server.Run.ListAsync(server.Id.Value + "/providers/" + Type, Type);
}
