using System.Linq;
using System.Threading.Tasks;
using PgSecurity.Core.Postures;

namespace PgSecurity.Azure.Collectors;

/// <summary>The workspaces that the diagnostic settings send to.</summary>
internal sealed class WorkspaceCollector : NamedCollector
{
    /// <inheritdoc/>
    public override string Type => FacetTypes.Workspaces;

    /// <inheritdoc/>
    protected override async Task<NamedIds> NamesAsync(ServerCollection server)
    {
        Collected settings = await server.CollectedAsync(FacetTypes.DiagnosticSettings).ConfigureAwait(false);
        return new NamedIds(settings.Resources.Select(setting => ResourceField.Of(setting, "properties.workspaceId").Text).OfType<string>(), settings.Gap);
    }
}
