using System.Collections.Generic;
using System.Management.Automation;
using System.Text.Json.Nodes;
using PgSecurity.Changes;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation.Targets;

namespace PgSecurity.Commands;

/// <summary>Makes a user, group or service an Entra administrator of servers.</summary>
[Cmdlet(VerbsCommon.Add, "PgEntraAdministrator", SupportsShouldProcess = true)]
[OutputType(typeof(Change))]
public sealed class AddPgEntraAdministratorCommand : SlowSettingCmdlet
{
    /// <summary>The principal's object id in the directory.</summary>
    [Parameter(Mandatory = true)]
    public string ObjectId { get; set; } = "";

    /// <summary>The principal's name: a user's sign-in name, a group's or service's display name.</summary>
    [Parameter(Mandatory = true)]
    public string Name { get; set; } = "";

    /// <summary>The tenant that the principal is in.</summary>
    [Parameter(Mandatory = true)]
    public string TenantId { get; set; } = "";

    /// <summary>What the principal is.</summary>
    [Parameter]
    [ValidateSet("User", "Group", "ServicePrincipal")]
    public string PrincipalType { get; set; } = "Group";

    private protected override IReadOnlyList<string> Facets { get; } = new[] { FacetTypes.Administrators };

    private protected override IEnumerable<TargetChange> Changes(Posture posture)
    {
        JsonObject principal = new() { ["principalType"] = PrincipalType, ["principalName"] = Name, ["tenantId"] = TenantId };
        yield return ServerSettings.Put(posture.Id, FacetTypes.Administrators, ObjectId, principal);
    }
}
