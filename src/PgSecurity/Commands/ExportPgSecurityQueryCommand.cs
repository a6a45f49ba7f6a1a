using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using PgSecurity.Binding;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Exports;
using PgSecurity.Core.Exports.ResourceGraph;
using PgSecurity.Errors;
using PgSecurity.Pipeline;

namespace PgSecurity.Commands;

/// <summary>Writes controls as queries of Azure Resource Graph, and a workbook that shows them.</summary>
[Cmdlet(VerbsData.Export, "PgSecurityQuery", DefaultParameterSetName = FolderSet, SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo), typeof(string))]
public sealed class ExportPgSecurityQueryCommand : ControlCmdlet
{
    private const string FolderSet = "Folder";
    private const string TextSet = "Text";

    private readonly HashSet<string> _ids = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The folder to write to.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = FolderSet)]
    public string OutputPath { get; set; } = "";

    /// <summary>Whether the one query for all controls is put out as text, in place of files.</summary>
    [Parameter(Mandatory = true, ParameterSetName = TextSet)]
    public SwitchParameter AsText { get; set; }

    /// <summary>Ids of controls; wildcards are allowed.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("ControlId")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ControlIdCompleter))]
    public string[] Control { get; set; } = Array.Empty<string>();

    /// <summary>Whether a folder with content is written to.</summary>
    [Parameter(ParameterSetName = FolderSet)]
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
        IReadOnlyList<CompiledControl> controls = CompileSelected(Ids);
        if (controls.Count == 0) ThrowTerminatingError(ErrorRecords.NothingSelected());
        QueryExport export = QueryExporter.Export(controls);
        foreach (LeftOutControl control in export.LeftOut)
        {
            WriteVerbose($"{control.ControlId} is left out: {control.Reason}");
        }

        if (export.LeftOut.Count > 0)
        {
            WriteWarning($"Azure Resource Graph cannot answer {export.LeftOut.Count} of {controls.Count} controls; {(AsText ? "" : "index.json and ")}-Verbose name{(AsText ? "s" : "")} each, and why. PgSecurity still checks them.");
        }

        if (!AsText) WriteObject(ExportFolder.Write(this, OutputPath, QueryFiles.Of(export), Force), enumerateCollection: true);
        else if (export.Whole.Length > 0) WriteObject(export.Whole);
    }
}
