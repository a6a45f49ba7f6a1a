using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using PgSecurity.Core.Postures;

namespace PgSecurity.Azure.Collectors;

/// <summary>The action groups that alerts on the server call.</summary>
internal sealed class ActionGroupCollector : NamedCollector
{
    /// <inheritdoc/>
    public override string Type => FacetTypes.ActionGroups;

    /// <inheritdoc/>
    protected override async Task<NamedIds> NamesAsync(ServerCollection server)
    {
        Collected activity = await server.CollectedAsync(FacetTypes.ActivityLogAlerts).ConfigureAwait(false);
        Collected metric = await server.CollectedAsync(FacetTypes.MetricAlerts).ConfigureAwait(false);
        IEnumerable<string> ids = activity.Resources.SelectMany(alert => Bodies.Texts(alert, "properties.actions.actionGroups", "actionGroupId"))
            .Concat(metric.Resources.SelectMany(alert => Bodies.Texts(alert, "properties.actions", "actionGroupId")));
        return new NamedIds(ids, activity.Gap ?? metric.Gap);
    }
}
