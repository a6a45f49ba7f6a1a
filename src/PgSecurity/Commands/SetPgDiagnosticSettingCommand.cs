using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Text.Json.Nodes;
using PgSecurity.Changes;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation.Targets;

namespace PgSecurity.Commands;

/// <summary>Sends the logs of servers to a Log Analytics workspace.</summary>
[Cmdlet(VerbsCommon.Set, "PgDiagnosticSetting", SupportsShouldProcess = true)]
[OutputType(typeof(Change))]
public sealed class SetPgDiagnosticSettingCommand : SettingCmdlet
{
    /// <summary>The ARM id of the workspace.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    public string WorkspaceId { get; set; } = "";

    /// <summary>The name of the setting, where one is made.</summary>
    [Parameter]
    public string Name { get; set; } = "pgsecurity";

    /// <summary>The group of log categories.</summary>
    [Parameter]
    [ValidateSet("audit", "allLogs")]
    public string CategoryGroup { get; set; } = "audit";

    private protected override IReadOnlyList<string> Facets { get; } = new[] { FacetTypes.DiagnosticSettings };

    private protected override IEnumerable<TargetChange> Changes(Posture posture)
    {
        JsonObject setting = new()
        {
            ["workspaceId"] = WorkspaceId,
            ["logs"] = new JsonArray(new JsonObject { ["categoryGroup"] = CategoryGroup, ["enabled"] = true }),
        };

        // A second setting with the same destination would double what is sent: the first is extended.
        Resource? there = posture.FacetOf(FacetTypes.DiagnosticSettings).Resources.FirstOrDefault(other =>
            string.Equals(ResourceField.Of(other, "properties.workspaceId").Text, WorkspaceId, StringComparison.OrdinalIgnoreCase));
        yield return there is null
            ? ServerSettings.Put(posture.Id, FacetTypes.DiagnosticSettings, Name, setting)
            : new ResourcePut(posture.Id, FacetTypes.DiagnosticSettings, there.Id, there.Name, setting);
    }
}
