using System.Collections.Generic;
using System.Management.Automation;
using System.Text.Json.Nodes;
using PgSecurity.Changes;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation.Targets;

namespace PgSecurity.Commands;

/// <summary>Locks servers against being deleted, or against every change.</summary>
[Cmdlet(VerbsCommon.Set, "PgServerLock", SupportsShouldProcess = true)]
[OutputType(typeof(Change))]
public sealed class SetPgServerLockCommand : SettingCmdlet
{
    /// <summary>What the lock stands against.</summary>
    [Parameter]
    [ValidateSet("CanNotDelete", "ReadOnly")]
    public string Level { get; set; } = "CanNotDelete";

    /// <summary>The name of the lock.</summary>
    [Parameter]
    public string Name { get; set; } = "pgsecurity-do-not-delete";

    /// <summary>What the lock says to whoever meets it.</summary>
    [Parameter]
    public string Notes { get; set; } = "Deleting this server deletes its backups. Set by PgSecurity.";

    private protected override IReadOnlyList<string> Facets { get; } = new[] { FacetTypes.Locks };

    private protected override IEnumerable<TargetChange> Changes(Posture posture)
    {
        yield return ServerSettings.Put(posture.Id, FacetTypes.Locks, Name, new JsonObject { ["level"] = Level, ["notes"] = Notes });
    }
}
