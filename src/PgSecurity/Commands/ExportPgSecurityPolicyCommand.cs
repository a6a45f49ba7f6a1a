using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using PgSecurity.Binding;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Exports;
using PgSecurity.Core.Exports.AzurePolicy;
using PgSecurity.Errors;
using PgSecurity.Pipeline;

namespace PgSecurity.Commands;

/// <summary>Writes controls as definitions and one initiative of Azure Policy.</summary>
[Cmdlet(VerbsData.Export, "PgSecurityPolicy", DefaultParameterSetName = SubscriptionSet, SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportPgSecurityPolicyCommand : ControlCmdlet
{
    private const string SubscriptionSet = "Subscription";
    private const string ManagementGroupSet = "ManagementGroup";

    private readonly HashSet<string> _ids = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The folder to write to.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public string OutputPath { get; set; } = "";

    /// <summary>The id of the subscription that is to hold the definitions.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SubscriptionSet)]
    public Guid SubscriptionId { get; set; }

    /// <summary>The id of the management group that is to hold the definitions.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ManagementGroupSet)]
    public string ManagementGroup { get; set; } = "";

    /// <summary>The form of the files.</summary>
    [Parameter]
    [ValidateSet("Json", "Arm", "Bicep")]
    public string Format { get; set; } = nameof(PolicyFormat.Json);

    /// <summary>The beginning of the definitions' names, and the initiative's name.</summary>
    [Parameter]
    [ValidatePattern("^[A-Za-z0-9][A-Za-z0-9-]{0,31}$")]
    public string Prefix { get; set; } = "pgsecurity";

    /// <summary>Ids of controls; wildcards are allowed.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("ControlId")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ControlIdCompleter))]
    public string[] Control { get; set; } = Array.Empty<string>();

    /// <summary>Whether a folder with content is written to.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override IReadOnlyList<string> Ids => _ids.ToList();

    private protected override string? DefaultProfile => null;

    /// <inheritdoc/>
    protected override void ProcessRecord() => _ids.UnionWith(Control);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        // Controls that were piped in and are none (an empty pipeline) mean nothing, not everything.
        if (MyInvocation.ExpectingInput && _ids.Count == 0) return;
        PolicyExportOptions options = new() { Scope = Scope(), Prefix = Prefix };
        PolicyExport export = PolicyExporter.Export(Selected(), options);
        foreach (LeftOutControl control in export.LeftOut)
        {
            WriteVerbose($"{control.ControlId} is left out: {control.Reason}");
        }

        if (export.LeftOut.Count > 0)
        {
            WriteWarning($"Azure Policy cannot express {export.LeftOut.Count} of {export.LeftOut.Count + export.Policies.Count} controls; index.json and -Verbose name each, and why. PgSecurity still checks them.");
        }

        PolicyFormat format = (PolicyFormat)Enum.Parse(typeof(PolicyFormat), Format, ignoreCase: true);
        WriteObject(ExportFolder.Write(this, OutputPath, PolicyFiles.Of(export, format), Force), enumerateCollection: true);
    }

    private PolicyScope Scope()
    {
        if (ParameterSetName == SubscriptionSet) return PolicyScope.Subscription(SubscriptionId);
        try
        {
            return PolicyScope.ManagementGroup(ManagementGroup);
        }
        catch (ArgumentException cause)
        {
            ThrowTerminatingError(ErrorRecords.ArgumentUnfit("ManagementGroupInvalid", cause.Message, ManagementGroup, "Give the group's id, not its display name or ARM id."));
            throw;
        }
    }

    private IReadOnlyList<CompiledControl> Selected()
    {
        IReadOnlyList<CompiledControl> controls = CompileSelected(Ids);
        if (controls.Count == 0) ThrowTerminatingError(ErrorRecords.NothingSelected());
        return controls;
    }
}
