using System;
using System.Collections.Generic;
using System.Management.Automation;
using PgSecurity.Binding;
using PgSecurity.Core.Controls;
using PgSecurity.Errors;
using PgSecurity.Pipeline;

namespace PgSecurity.Commands;

/// <summary>Shows the controls that servers are held against, with the values in force.</summary>
[Cmdlet(VerbsCommon.Get, "PgSecurityControl")]
[OutputType(typeof(Control))]
public sealed class GetPgSecurityControlCommand : ControlCmdlet
{
    private readonly HashSet<string> _shown = new(StringComparer.OrdinalIgnoreCase);
    private ControlCatalog _catalog = ControlCatalog.Empty;
    private IReadOnlyList<Profile> _profiles = Array.Empty<Profile>();
    private ControlSettings _settings = ControlSettings.None;

    /// <summary>Ids of controls; wildcards are allowed. Findings in the pipeline name theirs.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("ControlId")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ControlIdCompleter))]
    public string[] Control { get; set; } = Array.Empty<string>();

    private protected override IReadOnlyList<string> Ids => Control;

    private protected override string? DefaultProfile => null;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _catalog = LoadCatalog();
        _profiles = SelectedProfiles();
        _settings = Settings(_catalog, _profiles);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (ControlDefinition control in SelectControls(_catalog, _profiles, _settings, Control))
        {
            if (Stop.IsCancellationRequested) return;
            if (_shown.Add(control.Id)) Show(control);
        }
    }

    private void Show(ControlDefinition control)
    {
        try
        {
            WriteObject(CompiledControl.Compile(control, _settings).Describe());
        }
        catch (ControlFormatException wrong)
        {
            foreach (ControlError error in wrong.Errors)
            {
                WriteError(ErrorRecords.DefinitionInvalid("ControlInvalid", error));
            }
        }
    }
}
