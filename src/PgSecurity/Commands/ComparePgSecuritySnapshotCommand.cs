using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PgSecurity.Binding;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Drift;
using PgSecurity.Core.Findings;
using PgSecurity.Core.Postures.Reading;
using PgSecurity.Errors;
using PgSecurity.Pipeline;

namespace PgSecurity.Commands;

/// <summary>Compares two snapshots of the same servers and writes what moved.</summary>
[Cmdlet(VerbsData.Compare, "PgSecuritySnapshot")]
[OutputType(typeof(SecurityDrift))]
public sealed class ComparePgSecuritySnapshotCommand : ControlCmdlet
{
    /// <summary>The files of the first look; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [SupportsWildcards]
    public string[] ReferencePath { get; set; } = Array.Empty<string>();

    /// <summary>The files of the second look; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName")]
    [SupportsWildcards]
    public string[] DifferencePath { get; set; } = Array.Empty<string>();

    /// <summary>What is compared beside the servers themselves.</summary>
    [Parameter]
    [ValidateSet("Finding", "Property")]
    public string[] Include { get; set; } = { "Finding", "Property" };

    /// <summary>Ids of controls; wildcards are allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ControlIdCompleter))]
    public string[] Control { get; set; } = Array.Empty<string>();

    private protected override IReadOnlyList<string> Ids => Control;

    private protected override string? DefaultProfile => ProfileNames.Default;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        IReadOnlyList<string> before = FilePaths.Resolve(this, ReferencePath).ToList();
        IReadOnlyList<string> after = FilePaths.Resolve(this, DifferencePath).ToList();
        // A look that is not there would make every server one that came or went.
        if (before.Count == 0 || after.Count == 0) return;
        DriftScope scope = Scope();
        SnapshotComparison comparison = new(new Evaluator(scope.HasFlag(DriftScope.Findings) ? CompileSelected(Ids) : Array.Empty<CompiledControl>()), scope);
        int incomparable = 0;
        foreach (SecurityDrift drift in comparison.Compare(PostureReader.Read(before), PostureReader.Read(after), error => WriteError(ErrorRecords.InputUnreadable(error))))
        {
            if (Stop.IsCancellationRequested) return;
            if (drift.Kind == DriftKind.NotComparable) incomparable++;
            WriteObject(drift);
        }

        if (incomparable > 0)
        {
            WriteWarning($"In {incomparable} places the snapshots cannot be compared, since one of them did not see what is there: of those it is not known whether anything moved (Kind NotComparable).");
        }
    }

    private DriftScope Scope() => Include.Aggregate(DriftScope.Servers, (scope, name) =>
        scope | (string.Equals(name, "Finding", StringComparison.OrdinalIgnoreCase) ? DriftScope.Findings : DriftScope.Properties));
}
