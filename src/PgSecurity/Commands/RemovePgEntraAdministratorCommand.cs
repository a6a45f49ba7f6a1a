using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PgSecurity.Changes;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation.Targets;

namespace PgSecurity.Commands;

/// <summary>Removes Entra administrators of servers; the last one stays where passwords are off.</summary>
[Cmdlet(VerbsCommon.Remove, "PgEntraAdministrator", SupportsShouldProcess = true)]
[OutputType(typeof(Change))]
public sealed class RemovePgEntraAdministratorCommand : SlowSettingCmdlet
{
    /// <summary>Object ids of the principals.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    public string[] ObjectId { get; set; } = Array.Empty<string>();

    private protected override IReadOnlyList<string> Facets { get; } = new[] { FacetTypes.Administrators };

    /// <summary>The object id is the last segment of the resource's id; its name may be the principal's.</summary>
    private static string ObjectIdOf(Resource administrator) => Core.Postures.ResourceId.NameOf(administrator.Id);

    private protected override IEnumerable<TargetChange> Changes(Posture posture)
    {
        return posture.FacetOf(FacetTypes.Administrators).Resources
            .Where(administrator => ObjectId.Any(id => string.Equals(id, ObjectIdOf(administrator), StringComparison.OrdinalIgnoreCase)))
            .Select(administrator => ServerSettings.Delete(posture.Id, administrator));
    }
}
