using System.Collections.Generic;
using System.Management.Automation;
using PgSecurity.Changes;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation.Guards;
using PgSecurity.Core.Remediation.Targets;

namespace PgSecurity.Commands;

/// <summary>Allows and loads pgaudit and has it record classes of statements.</summary>
[Cmdlet(VerbsCommon.Set, "PgAuditLogging", SupportsShouldProcess = true)]
[OutputType(typeof(Change))]
public sealed class SetPgAuditLoggingCommand : SettingCmdlet
{
    /// <summary>The classes of statements to record; those that are recorded already stay.</summary>
    [Parameter(Position = 1)]
    [ValidateSet("read", "write", "function", "role", "ddl", "misc", "all")]
    public string[] Class { get; set; } = { "role", "ddl", "misc" };

    /// <summary>Lets each server be restarted once.</summary>
    [Parameter]
    public SwitchParameter AllowRestart { get; set; }

    private protected override Consents Consents => new() { Restart = AllowRestart };

    private protected override IEnumerable<TargetChange> Changes(Posture posture)
    {
        yield return ParameterChange.List(posture.Id, "azure.extensions", new[] { "pgaudit" }, add: true);
        yield return ParameterChange.List(posture.Id, "shared_preload_libraries", new[] { "pgaudit" }, add: true);
        yield return ParameterChange.List(posture.Id, "pgaudit.log", Class, add: true);
    }
}
