using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Management.Automation;
using PgSecurity.Azure.Inventory;
using PgSecurity.Binding;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Remediation;
using PgSecurity.Errors;
using PgSecurity.Pipeline;
using PgSecurity.Sessions;

namespace PgSecurity.Commands;

/// <summary>Says which actions the controls, and the changes, asked for need, and whether the identity has them.</summary>
[Cmdlet(VerbsDiagnostic.Test, "PgSecurityPermission")]
[OutputType(typeof(PermissionCheck))]
public sealed class TestPgSecurityPermissionCommand : ControlCmdlet
{
    private readonly List<ControlNeeds> _needs = new();

    /// <summary>Subscriptions, by id or display name, and anything with an ARM id, such as servers.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("ResourceId", "Id")]
    [ArgumentCompleter(typeof(SubscriptionCompleter))]
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
    protected override void BeginProcessing()
    {
        ControlCatalog catalog = LoadCatalog();
        IReadOnlyList<Profile> profiles = SelectedProfiles();
        ControlSettings settings = Settings(catalog, profiles);
        foreach (ControlDefinition control in SelectControls(catalog, profiles, settings, Control))
        {
            try
            {
                _needs.Add(new ControlNeeds(
                    control.Id,
                    CompiledControl.Compile(control, settings).RequiredFacets,
                    Repair ? control.Remediation.Steps : Array.Empty<RemediationStep>()));
            }
            catch (ControlFormatException wrong)
            {
                WriteError(ErrorRecords.ParametersInvalid(wrong));
            }
        }

        if (_needs.Count == 0) ThrowTerminatingError(ErrorRecords.NothingSelected());
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        Connection connection = ImplicitConnection.Require(this, Stop);
        try
        {
            // Told afterwards: only the pipeline's thread may write.
            ConcurrentQueue<(string What, Azure.Arm.ArmFault Fault)> unfound = new();
            IReadOnlyList<PermissionCheck> checks = new PermissionSurvey(connection.Session, _needs)
                .RunAsync(Scope, (what, fault) => unfound.Enqueue((what, fault)), Stop).GetAwaiter().GetResult();
            WriteObject(checks, enumerateCollection: true);
            foreach ((string what, Azure.Arm.ArmFault fault) in unfound) WriteError(ErrorRecords.ScopeUnreadable(what, fault));
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
