using System;
using System.Collections.Generic;
using System.Management.Automation;
using PgSecurity.Changes;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation.Guards;
using PgSecurity.Core.Remediation.Targets;
using PgSecurity.Errors;

namespace PgSecurity.Commands;

/// <summary>Sets a server parameter, or members of one that is a list.</summary>
[Cmdlet(VerbsCommon.Set, "PgServerParameter", SupportsShouldProcess = true)]
[OutputType(typeof(Change))]
public sealed class SetPgServerParameterCommand : DatabaseSettingCmdlet
{
    /// <summary>The name of the parameter.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    public string Name { get; set; } = "";

    /// <summary>The value.</summary>
    [Parameter(Position = 2)]
    [AllowEmptyString]
    public string? Value { get; set; }

    /// <summary>Members that the list must have; the others stay.</summary>
    [Parameter]
    public string[] Add { get; set; } = Array.Empty<string>();

    /// <summary>Members that the list must not have; the others stay.</summary>
    [Parameter]
    public string[] Remove { get; set; } = Array.Empty<string>();

    /// <summary>Lets each server be restarted once.</summary>
    [Parameter]
    public SwitchParameter AllowRestart { get; set; }

    private protected override IReadOnlyList<string> Facets => ParameterChange.GuardFacets(Name);

    private protected override Consents Consents => base.Consents with { Restart = AllowRestart };

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        bool isOne = Value is not null ? Add.Length + Remove.Length == 0 : Add.Length + Remove.Length > 0;
        if (!isOne) ThrowTerminatingError(ErrorRecords.ArgumentWrong("Give -Value, or -Add and -Remove.", "A value replaces the whole parameter; -Add and -Remove leave the other members.", Name));
    }

    private protected override IEnumerable<TargetChange> Changes(Posture posture)
    {
        if (Value is not null) yield return ParameterChange.Set(posture.Id, Name, Value);
        if (Add.Length > 0) yield return ParameterChange.List(posture.Id, Name, Add, add: true);
        if (Remove.Length > 0) yield return ParameterChange.List(posture.Id, Name, Remove, add: false);
    }
}
