using System;
using System.Linq;

namespace PgSecurity.Core.Postures.Derived;

/// <summary>How long a Log Analytics workspace keeps what it gets, in days. A table's own retention may differ; no resource of a posture shows it.</summary>
internal static class WorkspaceRetention
{
    /// <summary>What stands for a workspace that never deletes (<c>retentionInDays: -1</c>): a hundred years.</summary>
    private const int Unlimited = 36500;

    /// <summary>Sets <c>retentionDays</c> to the retention of a workspace, or says why it is not known.</summary>
    public static void Set(Fact fact, Posture posture, string workspaceId)
    {
        Facet workspaces = posture.FacetOf(FacetTypes.Workspaces);
        Resource? workspace = workspaces.Resources.FirstOrDefault(
            candidate => candidate.Id.Trim('/').Equals(workspaceId.Trim('/'), StringComparison.OrdinalIgnoreCase));
        if (workspace is null)
        {
            string why = workspaces.Gap?.Reason ?? "it is not among those found";
            fact.SetUnknown("retentionDays", $"the workspace {workspaceId} was not read: {why}");
            return;
        }

        ResourceField retention = ResourceField.Of(workspace, "properties.retentionInDays");
        if (retention.Number is { } days) fact.Set("retentionDays", days < 0 ? Unlimited : days);
        else fact.SetUnknown("retentionDays", retention.UnknownReason ?? $"the workspace {workspace.Name} shows no retentionInDays");
    }
}
