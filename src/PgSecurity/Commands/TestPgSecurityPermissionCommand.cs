using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PgSecurity.Azure.Inventory;
using PgSecurity.Binding;
using PgSecurity.Core.Controls;
using PgSecurity.Errors;
using PgSecurity.Pipeline;
using PgSecurity.Sessions;

namespace PgSecurity.Commands;

/// <summary>Says which actions the controls, and the changes, asked for need, and whether the identity has them.</summary>
[Cmdlet(VerbsDiagnostic.Test, "PgSecurityPermission")]
[OutputType(typeof(PermissionCheck))]
public sealed class TestPgSecurityPermissionCommand : ControlCmdlet
{
    /// <summary>Subscriptions or servers, by ARM id; a subscription also by its GUID.</summary>
    [Parameter(Position = 0)]
    public string[] Scope { get; set; } = Array.Empty<string>();

    /// <summary>Ids of controls; wildcards are allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ControlIdCompleter))]
    public string[] Control { get; set; } = Array.Empty<string>();

    /// <summary>Whether the actions that change servers are looked for too.</summary>
    [Parameter]
    public SwitchParameter Repair { get; set; }

    private protected override IReadOnlyList<string> Ids => Control;

    private protected override string? DefaultProfile => ProfileNames.Default;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        ControlCatalog catalog = LoadCatalog();
        IReadOnlyList<Profile> profiles = SelectedProfiles();
        ControlSettings settings = Settings(catalog, profiles);
        List<KeyValuePair<string, IReadOnlyCollection<string>>> needs = new();
        foreach (ControlDefinition control in SelectControls(catalog, profiles, settings, Control))
        {
            try
            {
                needs.Add(new KeyValuePair<string, IReadOnlyCollection<string>>(control.Id, CompiledControl.Compile(control, settings).RequiredFacets));
            }
            catch (ControlFormatException wrong)
            {
                WriteError(ErrorRecords.ParametersInvalid(wrong));
            }
        }

        if (needs.Count == 0) ThrowTerminatingError(ErrorRecords.NothingSelected());
        Connection connection = ImplicitConnection.Require(this, Stop);
        try
        {
            PermissionSurvey survey = new(connection.Session, needs, Repair);
            foreach (PermissionCheck check in survey.RunAsync(Scope, Stop).GetAwaiter().GetResult())
            {
                WriteObject(check);
            }
        }
        catch (OperationCanceledException) when (Stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        catch (Azure.Arm.ArmException failed)
        {
            ThrowTerminatingError(ErrorRecords.ScopeUnreadable("the subscriptions", failed.Fault));
        }

        connection.Requests.Show(this);
    }
}
